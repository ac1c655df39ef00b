import { interimNotice as write } from '@embargo/advisory'
import { fixesOf } from './advisory-record.ts'
import { interimFields } from './interim.ts'
import type { LetterRenderer } from './material.ts'

export const interimNotice: LetterRenderer = {
  letter: 'interim-notice',
  async render(material) {
    const toRecipient = material.to.kind === 'recipient'
    // A reporter has seen the patch that they were asked about; the others are not theirs to keep.
    const patches = toRecipient ? await fixesOf(material, material.case) : []
    const text = write({ ...interimFields(material), reader: toRecipient ? 'recipient' : 'reporter', patches })
    return { ...text, automatic: false }
  },
}
