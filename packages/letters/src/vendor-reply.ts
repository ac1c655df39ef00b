import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/** `reference`: the number under which the vendor handles the report. */
export type VendorReplyFields = LetterBase & { text: string; reference?: string | undefined }

/** A free text to another vendor to whom a report was forwarded: the text as typed, wrapped and signed. */
export const vendorReply = defineLetter({
  name: 'vendor-reply',
  label: 'reply',
  needs: ({ event }) => ({ texts: event?.type === 'VendorWritten' ? [event.text] : [] }),
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): VendorReplyFields {
  const { event } = material
  if (event?.type !== 'VendorWritten') throw new CannotWrite('There is no text to send.')
  const reference = material.case.vendorReferences?.[event.to.toLowerCase()]
  return { ...base(material), text: storedText(content, event.text), reference }
}

function words(fields: VendorReplyFields): Letter {
  return letter({
    base: fields,
    about: `About the report that we forwarded${fields.reference === undefined ? '' : ` (${fields.reference})`}`,
    automatic: false,
    greeting: false,
    blocks: [...(fields.reference === undefined ? [] : [`Your reference: ${fields.reference}`]), { said: fields.text }],
  })
}
