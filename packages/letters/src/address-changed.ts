import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common } from './shared/template-values.ts'

/**
 * The notice to both addresses of a reporter when mail goes to the other one from now on. Neither address has a field.
 */
export type AddressChangedFields = LetterBase & { reader: 'new' | 'former' }

const WORDS: Readonly<Record<AddressChangedFields['reader'], readonly string[]>> = {
  new: [
    'From now on our mails about this case come to this address, because a mail about it came from here and its reporter wants it so. The address that we used before has been told, and gets nothing more from us.',
    'You need to do nothing. If you did not ask for this, please reply and say so.',
  ],
  former: [
    'From now on our mails about this case go to another address that its reporter gave us. This is the last one to this address.',
    'If that was you, you need to do nothing. If you did not ask for it, please reply at once: somebody else may be reading what we write to you.',
  ],
}

/** Written by a program, but a person reads the answers. */
export const addressChanged = defineLetter({
  name: 'address-changed',
  label: 'word about their address',
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
    blocks: [...WORDS[fields.reader], 'A program wrote this mail. The answer is read by a person.'],
  })
}
