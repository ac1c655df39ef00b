import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { recipientClosed } from './recipient-closed.ts'

describe('the note that a case closed without a release', () => {
  it('says why, and what to do with the patches', () => {
    const text = recipientClosed.words({
      caseNumber: 'SEC-2026-0042',
      project: 'Quillmark',
      reason: 'It needs a file that only the owner can write, so no border is crossed.',
      contact: 'security@quillmark.example',
    })
    expect(text.text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
    expect(`${text.subject}\n\n${text.text}`).toMatchInlineSnapshot(`
      "[SEC-2026-0042] closed without a release

      You have patches from us for SEC-2026-0042 in Quillmark, and kept them
      to yourself because we asked you to. The case is closed: we will publish
      no release for it, and the embargo on it has ended.

      The reason:

      It needs a file that only the owner can write, so no border is crossed.

      Please delete the patches and build nothing from them: none of them will
      be released. Please keep our earlier mails about it to yourselves; apart
      from that, you are no longer bound.

      If you disagree, or have to tell somebody about it, please write to us
      first: security@quillmark.example, or reply to this mail. Thank you for
      keeping it secret.
      "
    `)
  })

  it('names nothing but the number in its subject', () => {
    const text = recipientClosed.words({
      caseNumber: 'SEC-2026-0042',
      project: 'Quillmark',
      reason: 'one\r\nBcc: everybody@example.org',
      contact: 'security@quillmark.example',
    })
    expect(text.subject).toBe('[SEC-2026-0042] closed without a release')
  })
})
