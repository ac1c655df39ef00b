import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { breakable, copyOf, reachOf } from './breakable.ts'
import { mutantsOf } from './mutants.ts'
import type { Mutant } from './mutants.ts'
import { reasonOf } from './reasons.ts'
import { inMarkdown, inWords } from './telling.ts'
import { verdicts } from './verdicts.ts'
import type { Verdict } from './verdicts.ts'

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

const TESTS = ['packages/core/src/**/*.test.ts', 'packages/core/test/**/*.test.ts']
/** They are asked with `--explore` alone: each takes minutes. */
const EXPLORES = [
  'policy-check.test.ts',
  'proof/explore.test.ts',
  'proof/time-stops.test.ts',
  'proof/breaks.test.ts',
  'proof/breaks-odd.test.ts',
]

const { values } = parseArgs({
  options: {
    /** Only files with this in their path. */
    only: { type: 'string', default: '' },
    /** Only each n-th mutant: a sample. */
    every: { type: 'string', default: '1' },
    /** Stops after so many minutes; what was tried until then is spread over all files. */
    minutes: { type: 'string', default: 'Infinity' },
    /** Asks the explorations about the survivors too. */
    explore: { type: 'boolean', default: false },
    /** Test files that fail by themselves, while somebody works on them. */
    without: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '2' },
    /** Where it is kept what came of each mutant: what was killed before, in sources that are the same, is not tried again. */
    keep: { type: 'string' },
    /** Where the totals and the survivors are written for people. */
    markdown: { type: 'string' },
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

const tests = globSync(TESTS, { cwd: ROOT })
  .filter((path) => !values.without.some((name) => path.endsWith(name)))
  .filter((path) => values.explore || !EXPLORES.some((name) => path.endsWith(name)))
  .toSorted()

const known = verdicts(values.keep)
const waiting = spread(mutants.filter((mutant) => known.of(mutant)?.is !== 'killed'))
const judged = new Map<Mutant, Verdict>()
for (const mutant of mutants) {
  const before = known.of(mutant)
  if (before?.is === 'killed') judged.set(mutant, before)
}

if (waiting.length > 0) {
  const reach = await reachOf(ROOT, files, tests)
  const end = Date.now() + Number(values.minutes) * 60_000
  await Promise.all(Array.from({ length: Number(values.workers) }, work))

  /** Each worker has a copy of the core of its own to break. */
  async function work(): Promise<void> {
    using copy = copyOf(ROOT)
    await using broken = await breakable(copy, tests, reach)
    for (let mutant = waiting.shift(); mutant !== undefined && Date.now() < end; mutant = waiting.shift()) {
      const by = await broken.seenBy(mutant)
      const verdict: Verdict = by === undefined ? { is: 'lives' } : { is: 'killed', by }
      known.keep(mutant, verdict)
      judged.set(mutant, verdict)
      const { path, line, change } = mutant
      if (verdict.is === 'lives' && !values.json)
        say(`lives (${judged.size} of ${mutants.length} tried): ${path}:${line}  ${change}`)
    }
  }
}

const tried = mutants.filter((mutant) => judged.has(mutant))
const run = {
  all: all.length,
  files: files.length,
  tried,
  survivors: tried.filter((mutant) => judged.get(mutant)?.is === 'lives'),
}
const killed = tried.length - run.survivors.length
if (values.json) {
  const living = run.survivors.map((mutant) => {
    const { text: _text, within: _within, ...said } = mutant
    return { ...said, because: reasonOf(mutant) }
  })
  say(JSON.stringify({ is: 'mutation', of: all.length, tried: tried.length, killed, survivors: living }))
} else {
  say(inWords(run))
}
if (values.markdown !== undefined) writeFileSync(values.markdown, inMarkdown(run))
process.exitCode = tried.length === 0 || killed / tried.length < AT_LEAST ? 1 : 0

/** In an order of its own, the same each time: a run that stops early has then looked everywhere. */
function spread(sorted: readonly Mutant[]): Mutant[] {
  const at = ({ path, text }: Mutant): string => createHash('sha256').update(`${path}\n${text}`).digest('hex')
  return sorted.toSorted((a, b) => (at(a) < at(b) ? -1 : 1))
}
