// The machines of the process as Mermaid diagrams, drawn from the transition tables that the rules use.
import { EM_TRANSITIONS, FIX_TRANSITIONS, RELEASE_TRANSITIONS, RM_TRANSITIONS } from '@embargo/core'

type Arrow = { readonly from: string; readonly to: string; readonly by?: string }

const diagram = (first: string, arrows: readonly Arrow[]): readonly string[] => [
  '```mermaid',
  'stateDiagram-v2',
  `  [*] --> ${idOf(first)}`,
  ...arrows.map(({ from, to, by }) => `  ${idOf(from)} --> ${idOf(to)}${by === undefined ? '' : `: ${by}`}`),
  '```',
  '',
]

// Mermaid takes no dash in a state's name.
const idOf = (state: string): string => state.replaceAll('-', '_')

const moves = (table: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>): readonly Arrow[] =>
  Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).flatMap(([by, to]) => (to === undefined ? [] : [{ from, to, by }])),
  )

/** `docs/machines.md`, whole. */
export function machines(): string {
  const rm = Object.entries(RM_TRANSITIONS).flatMap(([from, row]) => row.map((to) => ({ from, to })))
  return [
    '# The machines',
    '',
    'Drawn by `npm run docs` from the transition tables in `packages/core`, so that they cannot drift; do not edit it by hand. What each state means stands in the [glossary](glossary.md).',
    '',
    '## Report management',
    '',
    'A reopening begins a new round, and is no arrow here. After RM of CERT/CC’s Vultron.',
    '',
    ...diagram('received', rm),
    '## Embargo management',
    '',
    'After EM of CERT/CC’s Vultron. `exited` is final for its round.',
    '',
    ...diagram('none', moves(EM_TRANSITIONS)),
    '## The fix of one branch',
    '',
    'A new hash always goes back to submitted: a verification holds for one hash.',
    '',
    ...diagram('assigned', moves(FIX_TRANSITIONS)),
    '## A security release',
    '',
    'A stream of its own beside its cases. Recipients who were told stay told: a new date moves a pre-notified release nowhere. One that only an interim advisory began has no date, and is published straight.',
    '',
    ...diagram('planned', moves(RELEASE_TRANSITIONS)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
