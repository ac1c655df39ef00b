import { describe, expect, it } from 'vitest'
import { base, embargo, PLANTED, wideLines } from '../test/sample-base.ts'
import { leakNotice } from './leak-notice.ts'

describe('the notice of a leak', () => {
  it('asks the others to be ready, and names nobody', () => {
    expect(leakNotice.words({ ...base, embargo }).text).toMatchInlineSnapshot(`
      "Hello,

      We have reason to think that details of SEC-2026-0042 in Quillmark
      reached somebody whom we had not told.

      The embargo still holds until we publish, or until Mon 24 Aug 2026,
      00:00 UTC (02:00 your time) at the latest. We are now deciding whether
      it ends earlier, and will tell you at once if it does. Please be ready
      to publish at short notice.

      If you saw any of it in public, or know who has it, tell us: a reply is
      enough. Nobody will be blamed for telling.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('stays within the columns', () => {
    expect(wideLines(leakNotice.words({ ...base, embargo }))).toEqual([])
  })

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(JSON.stringify(leakNotice.words({ ...base, ...PLANTED, embargo }))).not.toContain('PLANTED')
  })
})
