import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { breakable } from './breakable.ts'
import { mutantsOf } from './mutants.ts'
import type { Mutant } from './mutants.ts'

/**
 * `npm run mutate`: changes the rules of the core one place at a time and asks whether a test sees it. Outside of CI: it
 * runs the core's tests once for each mutant.
 */

const ROOT = join(import.meta.dirname, '..', '..')
/** Below this the tests say too little about the rules. */
const AT_LEAST = 0.85

/** Gates, transition tables, and clocks. */
const RULES = [
  'packages/core/src/policy/gates/*.ts',
  'packages/core/src/*/transitions.ts',
  'packages/core/src/report/disposition.ts',
  'packages/core/src/policy/clocks/*.ts',
  'packages/core/src/policy/calendar.ts',
]

/**
 * Asked in this order, until one sees the mutant: most are seen in seconds, and only what the others let live is worth
 * the long ones. The explorations are asked with `--explore` alone.
 */
const LONG = ['every-command', 'told-once', 'histories'].map((name) => `${name}.test.ts`)
const TESTS = ['packages/core/src/**/*.test.ts', 'packages/core/test/**/*.test.ts']
const EXPLORES = ['policy-check.test.ts', 'proof/explore.test.ts', 'proof/breaks.test.ts']

const { values } = parseArgs({
  options: {
    /** Only files with this in their path. */
    only: { type: 'string', default: '' },
    /** Only each n-th mutant: a sample. */
    every: { type: 'string', default: '1' },
    /** Asks the explorations about the survivors too. */
    explore: { type: 'boolean', default: false },
    /** Test files that fail by themselves, while somebody works on them. */
    without: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const files = globSync(RULES, { cwd: ROOT })
  .filter((path) => !path.endsWith('.test.ts') && path.includes(values.only))
  .toSorted()
const all = files.flatMap((path) => mutantsOf(path, readFileSync(join(ROOT, path), 'utf8')))
const mutants = all.filter((_, index) => index % Number(values.every) === 0)
if (mutants.length === 0) throw new Error('There is nothing to mutate: look at --only and --every.')

const tests = globSync(TESTS, { cwd: ROOT }).filter((path) => !values.without.some((name) => path.endsWith(name)))
const among = (path: string, names: readonly string[]): boolean => names.some((name) => path.endsWith(name))
const stages = [
  tests.filter((path) => !among(path, [...LONG, ...EXPLORES])),
  tests.filter((path) => among(path, LONG)),
  tests.filter((path) => values.explore && among(path, EXPLORES)),
].filter((stage) => stage.length > 0)

const waiting = [...mutants]
const survivors: Mutant[] = []
let tried = 0
await Promise.all(Array.from({ length: Number(values.workers) }, work))

const killed = mutants.length - survivors.length
const share = killed / mutants.length
if (values.json) {
  const living = survivors.map(({ text: _text, ...mutant }) => mutant)
  say(JSON.stringify({ is: 'mutation', of: all.length, tried: mutants.length, killed, survivors: living }))
} else {
  say(
    `${killed} of ${mutants.length} mutants killed (${(100 * share).toFixed(1)} %), of ${all.length} in ${files.length} files.`,
  )
}
process.exitCode = share < AT_LEAST ? 1 : 0

/** Each worker has a copy of the core of its own to break. */
async function work(): Promise<void> {
  using copy = breakable(ROOT)
  await copy.passesWhole(stages)
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const path = join(copy.folder, mutant.path)
    const original = readFileSync(path, 'utf8')
    writeFileSync(path, mutant.text)
    const lives = await copy.passes(stages, mutant.path)
    writeFileSync(path, original)
    tried += 1
    if (!lives) continue
    survivors.push(mutant)
    const { line, from, to } = mutant
    if (!values.json) say(`lives (${tried} of ${mutants.length} tried): ${mutant.path}:${line}  ${from}  →  ${to}`)
  }
}
