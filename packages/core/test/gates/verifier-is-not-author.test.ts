import { describe, expect, it } from 'vitest'
import { MessageId, ReportId } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, Scenario } from '../fixtures/scenario.ts'

describe('the author or submitter of a patch', () => {
  it('never logs the reporter’s yes on their own patch', () => {
    const scenario = new Scenario().untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-2')
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'reporter',
      report: scenario.reportId,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(
      scenario.refused(
        { verb: 'log-answer', case: CASE, message, answer: { about: 'verification', fixed: true } },
        person(ben),
      ).gate,
    ).toBe('verifier-is-not-author')
  })

  it.each([
    ['the reporter', { kind: 'reporter', report: ReportId.parse(`${CASE}/r1`) } as const],
    ['another person', { kind: 'person', person: ana } as const],
  ])('never confirms it, even if it was submitted in the name of %s', (_name, author) => {
    const scenario = new Scenario().untilPatch()
    scenario.does(
      { verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch', author },
      person(ben),
    )
    scenario.wait(15 * DAY)
    const refusal = scenario.refused({ verb: 'confirm', case: CASE, fixed: true, note: 'looks right' }, person(ben))
    expect(refusal).toMatchObject({
      gate: 'verifier-is-not-author',
      because: expect.stringContaining('another person’s name'),
    })
  })
})
