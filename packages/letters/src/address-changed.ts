import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common } from './shared/template-values.ts'

/**
 * The notice to a reporter's former and new address, when our mails begin to go to the new one. It contains neither
 * address.
 */
export type AddressChangedFields = LetterBase & { reader: 'new' | 'former' }

const WORDS: Readonly<Record<AddressChangedFields['reader'], readonly string[]>> = {
  new: [
    'From now on we send our mails about this case to this address, because we received a mail about the case from it, and the reporter asked for the change. We have told the previous address, which gets nothing more from us.',
    'You need not do anything. If you did not ask for this, please reply and say so.',
  ],
  former: [
    'From now on we send our mails about this case to another address, as its reporter asked. This is our last mail to this address.',
    'If that was you, you need not do anything. If you did not ask for it, please reply at once: somebody else may be reading what we write to you.',
  ],
}

/** The notice about the new address. A program writes it, but a person reads replies. */
export const addressChanged = defineLetter({
  name: 'address-changed',
  label: 'notice about the new address',
  facts,
  words,
  templateFields: common,
})

function facts(material: LetterMaterial): AddressChangedFields {
  return {
    ...base(material),
    reader: material.to.kind === 'former' ? 'former' : 'new',
  }
}

function words(fields: AddressChangedFields): Letter {
  return letter({
    base: fields,
    about: 'Where we write to you',
    automatic: true,
    blocks: [...WORDS[fields.reader], 'A program wrote this mail. A person reads your answer.'],
  })
}
