import { publicLists } from '@embargo/core'
import { interimNotice as write } from '@embargo/documents'
import type { InterimNoticeFields } from '@embargo/documents'
import { interimFacts } from './interim.ts'
import { fixesOf, patchTexts } from './shared/advisory-record.ts'
import { defineLetter } from './shared/define-letter.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/** The interim advisory for reporters and recipients, who kept the secret. Recipients get it with the patches. */
export const interimNotice = defineLetter({
  name: 'interim-notice',
  label: 'interim advisory with the patches',
  obsoleteAfter: ['publication'],
  needs: ({ to, case: theCase }) => ({ texts: to.kind === 'recipient' ? patchTexts([theCase]) : [] }),
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): InterimNoticeFields {
  const toRecipient = material.to.kind === 'recipient'
  return {
    ...interimFacts(material),
    reader: toRecipient ? 'recipient' : 'reporter',
    listed: publicLists(material.project).length > 0,
    // Only recipients get the patches. A reporter may see only the patch that they were asked to check, and already has
    // that patch.
    patches: toRecipient ? fixesOf(material.case, content) : [],
  }
}

function words(fields: InterimNoticeFields): Letter {
  return { ...write(fields), automatic: false }
}
