import { describe, expect, it } from 'vitest'
import { base, embargo, PLANTED, wideLines } from '../test/sample-base.ts'
import { leakCorrected } from './leak-corrected.ts'

describe('the notice that there was no leak', () => {
  it('corrects what they were told, and says what applies now', () => {
    const releaseAt = Date.UTC(2026, 5, 23, 14)
    expect(leakCorrected.words({ ...base, embargo, releaseAt }).text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that details of SEC-2026-0042 in Quillmark may have got
      out. We have looked again, and that was wrong. As far as we know, the
      vulnerability is still secret.

      The embargo holds as before: until we publish, or until Mon 24 Aug 2026,
      00:00 UTC (02:00 your time) at the latest. The release is planned for
      Tue 23 Jun 2026, 14:00 UTC (16:00 your time). You no longer have to be
      ready at short notice.

      If you have published anything or told anybody since, please reply and
      tell us what and where, so that we can act on it. It was our mistake,
      and we blame nobody for relying on our mail.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(leakCorrected.words({ ...base, embargo: 'none' }).text.replaceAll(/\s+/g, ' ')).toContain(
      'Please keep what you have to yourselves until we publish. You no longer have to be ready at short notice.',
    )
  })

  it('stays within the columns', () => {
    expect(wideLines(leakCorrected.words({ ...base, embargo, releaseAt: base.now }))).toEqual([])
  })

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(JSON.stringify(leakCorrected.words({ ...base, ...PLANTED, embargo }))).not.toContain('PLANTED')
  })
})
