import { vendorReply as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const vendorReply: LetterRenderer = {
  letter: 'vendor-reply',
  async render(material) {
    const { event } = material
    if (event?.type !== 'VendorWritten') throw new CannotPerform('There is no text to send.')
    return write({ ...base(material), text: await material.text(event.text) })
  },
}
