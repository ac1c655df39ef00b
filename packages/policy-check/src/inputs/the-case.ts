import { Sha256 } from '@embargo/core'
import type { TheCaseRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { BLOB } from '../view.ts'
import { COURSE } from './course.ts'
import { CVE } from './cve.ts'
import { MERGING } from './merging.ts'
import { RETRO } from './retro.ts'
import type { InputsOf } from './inputs-by-verb.ts'

export const THE_CASE: InputsOf<TheCaseRequest> = {
  ...COURSE,
  ...CVE,
  ...MERGING,
  ...RETRO,
  // A text that never existed before: an approval of another text stays out of date.
  advisory: ({ state }) => [{ verb: 'advisory', case: CASE, component: `text ${state.version}`, impact: 'bad' }],
  // No rule depends on where the advisory can be seen; the rules checked here are those of a CVE record.
  'done.advisory-opened': () => [],
  'done.advisory-published': () => [],
  'log-answer.credit': ({ state }) => {
    const named = state.reports.some((report) => report.credit?.kind === 'named')
    return [
      named
        ? { verb: 'log-answer.credit', case: CASE, credit: 'anonymous' }
        : { verb: 'log-answer.credit', case: CASE, credit: 'named', name: 'Somebody' },
      { verb: 'log-answer.credit', case: CASE, credit: 'named' },
    ]
  },
  reply: () => {
    const said = { verb: 'reply', case: CASE, text: BLOB, sha256: Sha256.parse('3'.repeat(64)) } as const
    return [said, { ...said, to: 'recipients' }]
  },
  'party.forward': () => [
    {
      verb: 'party.forward',
      case: CASE,
      to: 'security@vendor.example',
      text: BLOB,
      sha256: Sha256.parse('4'.repeat(64)),
      reportIn: true,
      nameIn: true,
    },
  ],
  'people.not-reporter': ({ state }) =>
    state.reports.flatMap(({ person }) =>
      person === undefined ? [] : [{ verb: 'people.not-reporter', case: CASE, person }],
    ),
  // No rule depends on where a reporter reads.
  'log-answer.address': () => [],
  'settle.channel.ok': () => [{ verb: 'settle.channel.ok', case: CASE }],
  'settle.channel.open': () => [{ verb: 'settle.channel.open', case: CASE }],
  close: () => [
    { verb: 'close', case: CASE },
    { verb: 'close', case: CASE, reason: 'because' },
  ],
}
