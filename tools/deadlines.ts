// Makes the list of all deadlines from their definitions.
import { settingRows } from '@embargo/config'
import { deadlines, hearersOf } from '@embargo/core'
import type { Audience, Deadline } from '@embargo/core'

/** The whole content of `docs/deadlines.md`. */
export function deadlineList(): string {
  return [
    '# Deadlines',
    '',
    'Made by `npm run docs` from `packages/core/src/deadlines`; do not edit it by hand. The times are those of the profile `team`. If a setting is named, the [policy](policy.md) can change the time; otherwise the time is the same for every team. [The process](process.md#deadlines) says what reminders do. `/cvd status clocks` lists the deadlines of a case.',
    '',
    '| deadline | what is to be done | starts when | is due | setting | who is reminded |',
    '|---|---|---|---|---|---|',
    ...deadlines.map((one) => `| ${cellsOf(one).join(' | ')} |`),
    '',
    '“By mail at once” means that each reminder to people other than the owner is also sent as a separate mail. Other reminders are mailed only in each person’s digest, unless the case is critical or attacked. A missed deadline is always mailed at once.',
    '',
  ].join('\n')
}

const cellsOf = (one: Deadline): readonly string[] => [
  `\`${one.name}\``,
  one.words,
  one.starts,
  [one.due.replaceAll(SETTING, (_, path: string) => defaultOf(path)), ...endOf(one)].join('; '),
  [...one.due.matchAll(SETTING)].map(([, path = '']) => `\`${path}\``).join(', '),
  audience(one),
]

/** The name of a setting in the text of a due time. */
const SETTING = /\{([\w.]+)\}/g

/** The value of a setting in the profile `team`. If the value differs by severity, the value for each severity. */
function defaultOf(path: string): string {
  const rows = settingRows().filter((row) => row.path === path || row.path.startsWith(`${path}.`))
  if (rows.length === 0) throw new Error(`${path} is no setting of the policy.`)
  return rows
    .map((row) => ({ key: row.path.slice(path.length + 1), time: /^`([^`]+)`/.exec(row.usual)?.[1] ?? '' }))
    .filter(({ time }) => time !== '')
    .map(({ key, time }) => (key === '' ? time : `${time} (${key})`))
    .join(', ')
}

const ENDS = {
  'channels-close': 'then Embargo archives it',
  'embargo-ends': 'then the embargo is over',
  'question-lapses': 'then the case is closed, unless it is accepted or deferred',
  'signal-counts': 'then the signal counts',
  'step-passes': 'then the next step begins',
} as const satisfies Record<NonNullable<Deadline['atEnd']>, string>

const endOf = ({ atEnd, beginsPublication }: Deadline): readonly string[] => [
  ...(atEnd === undefined ? [] : [ENDS[atEnd]]),
  ...(beginsPublication === true ? ['a publication that was approved in advance begins at that time'] : []),
]

const HEARS = { owner: 'the owner', team: 'the team', admins: 'the admins' } as const satisfies Record<Audience, string>

function audience(one: Deadline): string {
  if (one.automatic === true) return 'nobody: Embargo does it'
  const all = hearersOf(one).map((each) => HEARS[each])
  const people = one.rotation === undefined ? all.join(', then ') : 'the team, one by one'
  return [
    people,
    ...(one.mailedAtOnce === true ? ['by mail at once'] : []),
    ...(one.reporterLetter === undefined ? [] : ['the reporter too, by mail']),
  ].join('; ')
}
