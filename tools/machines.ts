// The state machines of the process as Mermaid diagrams, drawn from the transition tables that the rules use.
import { EM_TRANSITIONS, FIX_TRANSITIONS, RELEASE_TRANSITIONS, RM_TRANSITIONS } from '@embargo/core'
import { mayComeTrue } from '../packages/policy-check/test/invariants/vultron.ts'
import type { Letter } from '../packages/policy-check/test/invariants/vultron.ts'

type Arrow = { readonly from: string; readonly to: string; readonly by?: string }

const diagram = (first: string, arrows: readonly Arrow[]): readonly string[] => [
  '```mermaid',
  'stateDiagram-v2',
  `  [*] --> ${idOf(first)}`,
  ...arrows.map(({ from, to, by }) => `  ${idOf(from)} --> ${idOf(to)}${by === undefined ? '' : `: ${by}`}`),
  '```',
  '',
]

// Mermaid allows no dash in a state's name.
const idOf = (state: string): string => state.replaceAll('-', '_')

const moves = (table: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>): readonly Arrow[] =>
  Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).flatMap(([by, to]) => (to === undefined ? [] : [{ from, to, by }])),
  )

const VENDOR: readonly Letter[] = ['V', 'F', 'D']
const WORLD: readonly Letter[] = ['P', 'X', 'A']
const LETTERS: readonly Letter[] = [...VENDOR, ...WORLD]

/** The letters of a case state, such as `Vfdpxa`. A capital letter means that the fact has come true. */
const written = (letters: readonly Letter[], come: ReadonlySet<Letter>): string =>
  letters.map((letter) => (come.has(letter) ? letter : letter.toLowerCase())).join('')

type CaseStep = { readonly letters: ReadonlySet<Letter>; readonly next: readonly Letter[] }

/**
 * Every case state that can be reached from `from` if only the letters in `moving` become true. Each state comes with
 * the letters that may become true next.
 */
function caseStates(moving: readonly Letter[], from: ReadonlySet<Letter> = new Set()): readonly CaseStep[] {
  const found = new Map<string, CaseStep>()
  const waiting = [from]
  for (let letters = waiting.shift(); letters !== undefined; letters = waiting.shift()) {
    const name = written(LETTERS, letters)
    if (found.has(name)) continue
    const next = moving.filter((letter) => mayComeTrue(letter, letters))
    found.set(name, { letters, next })
    for (const letter of next) waiting.push(new Set([...letters, letter]))
  }
  return [...found.values()]
}

const caseArrows = (moving: readonly Letter[], from?: ReadonlySet<Letter>): readonly Arrow[] =>
  caseStates(moving, from).flatMap(({ letters, next }) =>
    next.map((letter) => ({
      from: written(moving, letters),
      to: written(moving, new Set([...letters, letter])),
      by: letter,
    })),
  )

const caseTable = (): readonly string[] => [
  '| state | what can come true next |',
  '|---|---|',
  ...caseStates(LETTERS).map(
    ({ letters, next }) =>
      `| \`${written(LETTERS, letters)}\` | ${next.length === 0 ? 'nothing more' : next.join(', ')} |`,
  ),
  '',
]

/** The whole content of `docs/machines.md`. */
export function machines(): string {
  const rm = Object.entries(RM_TRANSITIONS).flatMap(([from, row]) => row.map((to) => ({ from, to })))
  return [
    '# The machines',
    '',
    'Drawn by `npm run docs` from the transition tables of `packages/core` and of its proof, so that the drawings always agree with the code; do not edit them by hand.',
    '',
    '## Report management',
    '',
    'Reopening a case makes it `received` or `valid` again; the drawing does not show this. The machine follows RM of CERT/CC’s Vultron.',
    '',
    ...diagram('received', rm),
    '## Embargo management',
    '',
    'The machine follows EM of CERT/CC’s Vultron. `exited` is final until the case is reopened, a wrong signal is corrected, or a new embargo is proposed after the old one expired.',
    '',
    ...diagram('none', moves(EM_TRANSITIONS)),
    '## The state of a case',
    '',
    'The machine shows what the vendor and the world know and have done. It follows CS of CERT/CC’s Vultron. A capital letter means that the fact has come true: **V** the vendor is aware, **F** a fix is ready, **D** it is deployed, **P** the vulnerability is public, **X** an exploit is public, **A** attacks are observed. If a fix is withdrawn or a signal is corrected, the fact counts as never having come true.',
    '',
    'The path of the vendor:',
    '',
    ...diagram(written(VENDOR, new Set()), caseArrows(VENDOR)),
    'The drawing shows what the world knows after the vendor has become aware. Attacks may be seen at any time. If an exploit becomes public, the vulnerability is recorded as public before anything else:',
    '',
    ...diagram(written(WORLD, new Set()), caseArrows(WORLD, new Set(['V']))),
    'The table has every reachable state of the vendor and the world together. If the vulnerability becomes public, the vendor is recorded as aware before anything else. The [proof](../packages/policy-check/PROOF.md) compares every explored history with this table:',
    '',
    ...caseTable(),
    '## The fix of one branch',
    '',
    'A new hash always leads back to `submitted`, because a verification is valid for one hash only.',
    '',
    ...diagram('assigned', moves(FIX_TRANSITIONS)),
    '## A security release',
    '',
    'A release has its own stream of events, apart from those of its cases. A pre-notified release stays pre-notified when its date changes, because its recipients have been told about it. A release that began with an interim advisory has no date, and is published directly.',
    '',
    ...diagram('planned', moves(RELEASE_TRANSITIONS)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
