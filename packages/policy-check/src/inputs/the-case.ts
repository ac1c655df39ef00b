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
  // A text that was never there: what was approved with another stays out of date.
  advisory: ({ state }) => [{ verb: 'advisory', case: CASE, component: `text ${state.version}`, impact: 'bad' }],
  // No rule depends on where the advisory can be seen; the rules checked here are those of a CVE record.
  'advisory-opened': () => [],
  'advisory-published': () => [],
  credit: ({ state }) => {
    const named = state.reports.some((report) => report.credit?.kind === 'named')
    return [
      named
        ? { verb: 'credit', case: CASE, credit: 'anonymous' }
        : { verb: 'credit', case: CASE, credit: 'named', name: 'Somebody' },
      { verb: 'credit', case: CASE, credit: 'named' },
    ]
  },
  reply: () => {
    const said = { verb: 'reply', case: CASE, text: BLOB, sha256: Sha256.parse('3'.repeat(64)) } as const
    return [said, { ...said, to: 'recipients' }]
  },
  forward: () => [
    {
      verb: 'forward',
      case: CASE,
      to: 'security@vendor.example',
      text: BLOB,
      sha256: Sha256.parse('4'.repeat(64)),
      reportIn: true,
      nameIn: true,
    },
  ],
  'not-from': ({ state }) =>
    state.reports.flatMap(({ person }) => (person === undefined ? [] : [{ verb: 'not-from', case: CASE, person }])),
  // No rule depends on where a reporter reads.
  'reporter-address': () => [],
  'channel-ok': () => [{ verb: 'channel-ok', case: CASE }],
  'channel-open': () => [{ verb: 'channel-open', case: CASE }],
  close: () => [
    { verb: 'close', case: CASE },
    { verb: 'close', case: CASE, reason: 'because' },
  ],
}
