import { describe, expect, it } from 'vitest'
import { base, embargo, PLANTED, wideLines } from '../test/sample-base.ts'
import { embargoProposal } from './embargo-proposal.ts'

const proposal = {
  ...base,
  embargo,
  proposed: Date.parse('2026-09-15T14:00:00Z'),
  reason: 'The fix changes the file format, and two other projects read it.',
  answerBy: Date.parse('2026-06-17T14:00:00Z'),
}

describe('the proposal of another date', () => {
  it('says what is asked, until when, what the reader may do, and what no answer means', () => {
    const mail = embargoProposal.words(proposal)
    expect(mail.subject).toBe('[SEC-2026-0042] Another date for the end of the embargo?')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We would like to agree with you on another date. At present, the embargo
      ends Mon 24 Aug 2026, 00:00 UTC (02:00 your time).

      The date that we propose is Tue 15 Sep 2026, 14:00 UTC (16:00 your
      time).

      Why:

      The fix changes the file format, and two other projects read it.

      What agreeing means: until that date, or until the fix is public if that
      comes first, neither side makes anything public. That date is a limit:
      the fix may be published earlier.

      Until then:
      - you may continue your research, keep your notes and your write-up, and
        talk with us about all of it;
      - you may share it with a person whose help you need, if they know that
        it is secret;
      - please publish nothing about it, no hint and no exploit, and use it
        against nobody.

      A yes, a no or another date are all fine: one line in a reply is enough.
      It would help to have it by Wed 17 Jun 2026, 14:00 UTC (16:00 your
      time).

      If you do not answer, we take that neither as a yes nor as a no. Then
      the date stays as it is, and we will ask again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('proposes a new embargo if none is in force', () => {
    const { text } = embargoProposal.words({ ...proposal, embargo: 'none', reason: undefined })
    expect(text).toMatch(/No embargo is in force\s+now\./)
    expect(text).not.toContain('Why:')
  })

  it('stays within the columns', () => {
    expect(
      [proposal, { ...proposal, embargo: 'none' as const }].flatMap((one) => wideLines(embargoProposal.words(one))),
    ).toEqual([])
  })

  it('reveals no recipient, no colleague and not where an exploit was published, even if the letter’s fields contain them', () => {
    expect(JSON.stringify(embargoProposal.words({ ...proposal, ...PLANTED }))).not.toContain('PLANTED')
  })
})
