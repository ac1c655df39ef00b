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

type Profile = 'solo' | 'team' | 'organisation'

/** A project, with what it settles otherwise. */
type Project = { readonly name: string; readonly settles?: string }

const QUILLMARK: Project = { name: 'Quillmark' }
/** One of them decides in its own time: what opens and shuts no way is explored once for all. */
const THREE: readonly Project[] = [
  QUILLMARK,
  { name: 'Inkwell', settles: '{ clocks: { decideValidity: 2 working days } }' },
  { name: 'Papermill' },
]
/** One of them has a rule of its own, which is explored for it alone. */
const TWO: readonly Project[] = [QUILLMARK, { name: 'Inkwell', settles: '{ publicCommits: unmarked }' }]

const written = ({ name, settles }: Project): string => `  - id: ${name.toLowerCase()}
    name: ${name}
    address: security@${name.toLowerCase()}.example
    prefix: ${name.slice(0, 3).toUpperCase()}
    announce: announce@${name.toLowerCase()}.example
${settles === undefined ? '' : `    policy: ${settles}\n`}`

/** Nothing but who there is and who is told: every other value is the profile's, or what a project settles. */
const policyOf = (profile: Profile, projects: readonly Project[] = [QUILLMARK]): string => `profile: ${profile}
projects:
${projects.map(written).join('')}platforms: [terminal]
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ana }
${profile === 'solo' ? '' : '  - { id: ben, name: Ben, roles: [admin, team], osUser: ben }\n'}prenotification:
  lists:
    - id: distros
      name: Distributions
      recipients:
        - { id: north, name: North, address: n@north.example, consented: 2026-01-10, plaintext: accepted }
`

/** `embargo policy check` as a person types it, for each profile; for a team with three projects; and for two that differ, which has no bound. */
export const policyCheckBench: Bench = {
  name: 'policy-check',
  measure: async () => [
    await figureOf('the profile solo', policyOf('solo'), WANTED_SECONDS),
    await figureOf('the profile team', policyOf('team'), WANTED_SECONDS),
    await figureOf('the profile organisation', policyOf('organisation'), WANTED_SECONDS),
    await figureOf(
      'a team with three projects, one of which has its own time',
      policyOf('team', THREE),
      WANTED_SECONDS,
    ),
    await figureOf('a team with two projects, one of which has a rule of its own', policyOf('team', TWO)),
  ],
}

async function figureOf(what: string, policy: string, wanted?: number): Promise<Figure> {
  let said = ''
  const seconds = Math.round((await timed(async () => void (said = await check(policy)))) / 100) / 10
  const { states, transitions } = JSON.parse(said) as { readonly states: number; readonly transitions: number }
  return {
    work: `policy check of ${what}: ${states} states, ${transitions} transitions, on ${availableParallelism()} cores`,
    value: seconds,
    unit: 's',
    runs: 1,
    ...(wanted === undefined ? {} : { target: `under ${wanted} on 2 cores`, met: seconds < wanted }),
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
    if (child.exitCode !== 0) throw new Error(`A policy of the bench is said to be wrong: ${said.slice(0, 500)}`)
    return said
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
