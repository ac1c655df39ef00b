import { describe, expect, it } from 'vitest'
import { base, embargo, PLANTED, wideLines } from '../test/sample-base.ts'
import { embargoSettled } from './embargo-settled.ts'

describe('the answer to a proposed date', () => {
  it('has a few lines', () => {
    expect(embargoSettled.words({ ...base, settled: 'agreed', embargo }).text).toMatchInlineSnapshot(`
      "Hello,

      Thank you, that is agreed. The embargo ends Mon 24 Aug 2026, 00:00 UTC
      (02:00 your time). That date is a limit: the fix may be published
      earlier.

      Until then, or until the fix is public, neither side makes anything
      public. If the date no longer suits you, a reply is enough.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(embargoSettled.words({ ...base, settled: 'not-agreed', embargo, reason: 'We cannot test it by then.' }).text)
      .toMatchInlineSnapshot(`
        "Hello,

        We could not agree to the date that was proposed.

        Why:

        We cannot test it by then.

        The embargo ends Mon 24 Aug 2026, 00:00 UTC (02:00 your time). Nothing
        else changes. If that does not suit you, please name a date that does,
        and we will talk about it.

        -- 
        Ana, for the Quillmark security team
        security@quillmark.example
        "
      `)
    expect(embargoSettled.words({ ...base, settled: 'opened', embargo: 'none' }).text).toMatchInlineSnapshot(`
      "Hello,

      As we agreed, we now work on the fix in public: the embargo has ended,
      and you are free to speak and to publish.

      If you can, hold back working exploits until people have had time to
      update; that is a wish, not a condition.

      The fix and our own advisory will follow. We will tell you when they are
      published.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says that the earliest proposed date counts until there is an agreement', () => {
    const { text } = embargoSettled.words({ ...base, settled: 'not-agreed', embargo: { end: base.now, named: true } })
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('Until we agree on a date, the earliest proposed date counts:')
  })

  it('stays within the columns', () => {
    expect(
      (['agreed', 'decided', 'for-another', 'not-agreed', 'opened'] as const).flatMap((settled) =>
        wideLines(embargoSettled.words({ ...base, settled, embargo })),
      ),
    ).toEqual([])
  })

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(JSON.stringify(embargoSettled.words({ ...base, ...PLANTED, settled: 'agreed', embargo }))).not.toContain(
      'PLANTED',
    )
  })
})
