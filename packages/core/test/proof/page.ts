import type { Before } from './kept.ts'
import { nameOf } from './prove.ts'
import type { Proved, Task } from './prove.ts'
import { BOUNDS } from './themes.ts'

export type Run = {
  readonly rules: string
  readonly secondWays: number
  readonly tasks: readonly Task[]
  readonly proved: readonly Proved[]
  /** What came of them last, with other rules. */
  readonly earlier: readonly Before[]
}

const number = (value: number): string => value.toLocaleString('en')

/** The run for people: what was visited, what was not, and what was found. */
export function inMarkdown({ rules, secondWays, tasks, proved, earlier }: Run): string {
  const whole = proved
    .filter((one) => one.whole && one.findings.length === 0)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const clean = new Set(whole.map(({ name }) => name))
  const open = tasks.map(nameOf).filter((name) => !clean.has(name))
  const before = earlier.filter((one) => open.includes(one.proved.name))
  const left = open.filter((name) => before.every((one) => one.proved.name !== name))
  const sum = (of: (one: Proved) => number): string => number(whole.reduce((total, one) => total + of(one), 0))
  const counts = (of: (pick: (one: Proved) => number) => string): string =>
    [of((one) => one.places), of((one) => one.transitions), of((one) => one.commands), of((one) => one.twins)].join(
      ' | ',
    )
  return [
    '# Every exploration of the proof',
    '',
    'Written by `npm run prove -- --markdown docs/explored.md`; [proof.md](proof.md) says what an exploration is, and what is not proven.',
    '',
    `${whole.length} of ${tasks.length} came to their end with no rule broken, no two ways that differ, and a way to the end from every place. ${SECOND[secondWays] ?? `Of ${secondWays} folded places one`} was asked from a second way. Rules and questions: \`${rules}\`.`,
    '',
    '| exploration | places | ways | commands | from a second way |',
    '|---|---|---|---|---|',
    ...whole.map((one) => `| ${one.name} | ${counts((pick) => number(pick(one)))} |`),
    `| **together** | ${counts(sum)} |`,
    '',
    ...(before.length === 0 ? [] : beforeThat(before)),
    ...(left.length === 0 ? ['Each came to its end.'] : ['Left:', '', ...left.map((name) => `- ${name}`)]),
    '',
    'The bounds of all of them:',
    '',
    ...BOUNDS.map((bound) => `- ${bound}`),
    '',
  ].join('\n')
}

/** Clean with rules of before, and not run with these. */
const beforeThat = (before: readonly Before[]): readonly string[] => [
  `${before.length} more came to their end like that with rules of before, and were not run with these:`,
  '',
  '| exploration | places | ways | commands | from a second way | rules |',
  '|---|---|---|---|---|---|',
  ...before.map(
    ({ proved: { name, places, transitions, commands, twins }, rules }) =>
      `| ${name} | ${[places, transitions, commands, twins].map(number).join(' | ')} | \`${rules}\` |`,
  ),
  '',
]

const SECOND: Readonly<Record<number, string>> = { 1: 'Each folded place' }
