import { describe, expect, it } from 'vitest'
import { later } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { after, requestAndApprove, prenotifiedCase } from './states.ts'
import { ana, BLOB, DAY, OTHER_HASH, RELEASE } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

/** Two people said that details may have leaked through South. */
function suspended(): MultiCaseScenario {
  const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
  return requestAndApprove(prenotifiedCase(), { verb: 'signal.leak', case: ONE, suspect })
}

const outlived = (scenario = suspended()) =>
  after(scenario, { verb: 'embargo.keep', case: ONE, reason: 'only a name got out' })

function onTheDay(): MultiCaseScenario {
  const scenario = outlived()
  scenario.now = RELEASE
  return scenario
}

type Row = readonly [what: string, given: () => MultiCaseScenario, request: PersonRequest]

const ROWS: readonly Row[] = [
  [
    'the release moves',
    outlived,
    { verb: 'release.move', case: ONE, at: later(RELEASE, 7 * DAY), reason: 'a rewrite' },
  ],
  ['the release is called off', outlived, { verb: 'release.cancel', case: ONE, reason: 'not fixed' }],
  [
    'the patches change',
    () => outlived(suspended().submitPatch(ONE, OTHER_HASH).verify(ONE)),
    { verb: 'prenotify.update', case: ONE, reason: 'a better patch' },
  ],
  ['the embargo ends for the leak', suspended, { verb: 'embargo.end', case: ONE, reason: 'leak', text: 'it is out' }],
  ['it becomes public', suspended, { verb: 'signal.public', case: ONE, link: 'https://news.example/1' }],
  ['it is published', onTheDay, { verb: 'disclose', case: ONE }],
]

describe('a recipient who is suspended', () => {
  it.each(ROWS)('gets no mail when %s, unlike the other recipient', (_what, given, request) => {
    const scenario = given()
    const before = scenario.effects.length
    requestAndApprove(scenario, request)
    const mails = scenario.mails(before).map((mail) => mail.split(' ').at(-1))
    expect(mails).not.toContain('south')
    if (request.verb !== 'disclose') expect(mails).toContain('north')
  })

  it('gets no reply that is sent to all recipients', () => {
    const scenario = outlived()
    const before = scenario.effects.length
    after(scenario, { verb: 'reply', case: ONE, to: 'recipients', text: BLOB, sha256: OTHER_HASH }, ana)
    expect(scenario.mails(before)).toEqual(['recipient-reply north'])
  })
})
