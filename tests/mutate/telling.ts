import type { Mutant } from './mutants.ts'
import { reasonOf } from './reasons.ts'

/** What a run came to. */
export type Run = {
  /** Every mutant there is, tried or not. */
  readonly all: number
  readonly files: number
  readonly tried: readonly Mutant[]
  readonly survivors: readonly Mutant[]
}

const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`

export function inWords({ all, files, tried, survivors }: Run): string {
  const killed = tried.length - survivors.length
  const without = survivors.filter((mutant) => reasonOf(mutant) === undefined).length
  const head = `${killed} of ${tried.length} mutants killed (${percent(killed, tried.length)}), of ${all} in ${files} files.`
  return without === 0 ? head : `${head} Of those that live ${without} have no reason in tests/mutate/reasons.ts.`
}

const AREAS: readonly (readonly [string, (path: string) => boolean])[] = [
  ['gates', (path) => path.includes('/gates/')],
  ['clocks', (path) => path.includes('/clocks/')],
  ['working-day calendar', (path) => path.endsWith('/calendar.ts')],
  ['transition tables', (path) => path.endsWith('/transitions.ts') || path.endsWith('/disposition.ts')],
]

/** The page `docs/mutation.md`. */
export function inMarkdown(run: Run): string {
  const { tried, survivors } = run
  const rows = AREAS.map(([area, has]) => {
    const of = tried.filter(({ path }) => has(path)).length
    const live = survivors.filter(({ path }) => has(path)).length
    return `| ${area} | ${of} | ${of - live} | ${percent(of - live, of)} |`
  })
  const files = [...new Set(survivors.map(({ path }) => path))]
  return `${[
    '# Mutants of the rules',
    "Written by `npm run mutate -- --markdown docs/mutation.md`: change the reasons in `tests/mutate/reasons.ts`, not here.\n\nEvery place of the core's rules is changed on purpose, one at a time: a comparison the other way, an edge moved, a condition turned round, a number raised, a list emptied, a move of a transition table lost. The tests of the core are asked whether they see it. The explorations of `npm run prove` are not asked. Sentences that are said to people are left out: tables of sentences test them.",
    '## What came of it',
    inWords(run),
    ['| rules | mutants | killed | |', '|---|---|---|---|', ...rows].join('\n'),
    '## Those that live, and why they may',
    ...files.map((path) => ofFile(path, survivors)),
  ].join('\n\n')}\n`
}

function ofFile(path: string, survivors: readonly Mutant[]): string {
  const rows = survivors
    .filter((mutant) => mutant.path === path)
    .map((mutant) => {
      const { line, code, change } = mutant
      return `| ${line} | ${inCode(code)} | ${inCode(change)} | ${reasonOf(mutant) ?? '**no reason is written**'} |`
    })
  return `### ${path}\n\n${['| line | reads | changed | why it may live |', '|---|---|---|---|', ...rows].join('\n')}`
}

const inCode = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``
