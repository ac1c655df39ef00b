import { interimNotice as write } from '@embargo/documents'
import { publicLists } from '@embargo/core'
import { fixesOf } from './advisory-record.ts'
import { interimFields } from './interim.ts'
import type { LetterRenderer } from './material.ts'

export const interimNotice: LetterRenderer = {
  letter: 'interim-notice',
  async render(material) {
    const toRecipient = material.to.kind === 'recipient'
    // A reporter has seen the patch that they were asked about; the others are not theirs to keep.
    const patches = toRecipient ? await fixesOf(material, material.case) : []
    const reader = toRecipient ? 'recipient' : 'reporter'
    const listed = publicLists(material.project).length > 0
    const text = write({ ...interimFields(material), reader, listed, patches })
    return { ...text, automatic: false }
  },
}
