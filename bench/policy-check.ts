import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { timed } from './figure.ts'
import type { Bench, Figure } from './figure.ts'

const LAUNCHER = fileURLToPath(new URL('../apps/embargo/bin/embargo.js', import.meta.url))
const WANTED_SECONDS = 25

type Profile = 'solo' | 'team' | 'organisation'

const ANA = '{ id: ana, name: Ana, roles: [admin, team], osUser: ana, slack: U0ANA0001 }'
const BEN = '{ id: ben, name: Ben, roles: [admin, team], osUser: ben, slack: U0BEN0001, discord: "123456789012345678" }'
const CLEO = '{ id: cleo, name: Cleo, roles: [team], discord: "123456789012345679" }'

/** A short policy. All values that it does not set are those of the profile. */
const policyOf = (profile: Profile, people: readonly string[], platforms = 'terminal'): string => `profile: ${profile}
projects:
  - { id: quillmark, name: Quillmark, address: security@quillmark.example, announce: announce@quillmark.example }
platforms: [${platforms}]
people: [${people.join(', ')}]
prenotification:
  lists:
    - id: distros
      name: Distributions
      recipients:
        - { id: north, name: North, address: n@north.example, consented: 2026-01-10, plaintext: accepted }
`

/** `embargo policy check` as a person runs it, for each profile and for a team on two platforms. */
export const policyCheckBench: Bench = {
  name: 'policy-check',
  measure: async () => [
    await figureOf('the profile solo', policyOf('solo', [ANA])),
    await figureOf('the profile team', policyOf('team', [ANA, BEN])),
    await figureOf('the profile organisation', policyOf('organisation', [ANA, BEN])),
    await figureOf('a team of three on two platforms', policyOf('team', [ANA, BEN, CLEO], 'slack, discord')),
  ],
}

async function figureOf(what: string, policy: string): Promise<Figure> {
  let output = ''
  const seconds = Math.round((await timed(async () => void (output = await check(policy)))) / 100) / 10
  const { states, transitions } = JSON.parse(output) as { readonly states: number; readonly transitions: number }
  return {
    work: `policy check of ${what}: ${states} states, ${transitions} transitions, on ${availableParallelism()} cores`,
    value: seconds,
    unit: 's',
    runs: 1,
    target: `under ${WANTED_SECONDS} on 2 cores`,
    met: seconds < WANTED_SECONDS,
  }
}

async function check(policy: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  try {
    const file = join(folder, 'policy.yaml')
    writeFileSync(file, policy)
    const child = spawn(process.execPath, [LAUNCHER, 'policy', 'check', '--json'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], EMBARGO_DATA: folder, EMBARGO_POLICY: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
    if (child.exitCode !== 0)
      throw new Error(`The check found a mistake in a policy of the bench: ${output.slice(0, 500)}`)
    return output
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
