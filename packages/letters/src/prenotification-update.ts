import type { PrenotificationFields } from '@embargo/documents'
import { noticeFacts, noticeWords } from './prenotification.ts'
import { patchTexts } from './shared/advisory-record.ts'
import { defineLetter } from './shared/define-letter.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/**
 * Sends new patches and texts to a recipient who has old ones. The mail is the complete notice again, so nobody has to
 * compare two mails.
 */
export const prenotificationUpdate = defineLetter({
  name: 'prenotification-update',
  label: 'changed notice',
  needs: ({ cases }) => ({ texts: patchTexts(cases) }),
  facts,
  words: noticeWords,
})

function facts(material: LetterMaterial, content: StoredContent): PrenotificationFields {
  return { ...noticeFacts(material, content), replaces: { reason: material.because } }
}
