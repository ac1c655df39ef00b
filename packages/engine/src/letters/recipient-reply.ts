import { embargoInForce } from '@embargo/core'
import { recipientReply as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const recipientReply: LetterRenderer = {
  letter: 'recipient-reply',
  async render(material) {
    const { event, cases } = material
    if (event?.type !== 'RecipientsWritten') throw new CannotPerform('There is no text to send.')
    return write({
      ...base(material),
      cases: cases.map(({ id }) => id),
      text: await material.text(event.text),
      embargoed: cases.some((one) => embargoInForce(one.em)),
    })
  },
}
