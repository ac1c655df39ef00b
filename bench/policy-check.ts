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
const WANTED_SECONDS = 60

/** Nothing but who there is and who is told: every other value is the profile's. */
const policyOf = (profile: 'solo' | 'team'): string => `profile: ${profile}
projects:
  - id: quillmark
    name: Quillmark
    address: security@quillmark.example
    announce: announce@quillmark.example
platforms: [terminal]
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ana }
${profile === 'solo' ? '' : '  - { id: ben, name: Ben, roles: [admin, team], osUser: ben }\n'}prenotification:
  lists:
    - id: distros
      name: Distributions
      recipients:
        - { id: north, name: North, address: n@north.example, consented: 2026-01-10, plaintext: accepted }
`

/** `embargo policy check` as a person types it, for whoever is alone and for a team. */
export const policyCheckBench: Bench = {
  name: 'policy-check',
  measure: async () => [await figureOf('solo'), await figureOf('team')],
}

async function figureOf(profile: 'solo' | 'team'): Promise<Figure> {
  let said = ''
  const seconds = Math.round((await timed(async () => void (said = await check(policyOf(profile))))) / 100) / 10
  const { places, transitions } = JSON.parse(said) as { readonly places: number; readonly transitions: number }
  return {
    work: `policy check of the profile ${profile}: ${places} places, ${transitions} ways, on ${availableParallelism()} cores`,
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
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
    if (child.exitCode !== 0) throw new Error(`A default policy is said to be wrong: ${said.slice(0, 500)}`)
    return said
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
