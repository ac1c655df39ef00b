import { reply as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const reply: LetterRenderer = {
  letter: 'reply',
  async render(material) {
    const { event } = material
    if (event?.type !== 'MessageSentOut') throw new CannotPerform('There is no text to send.')
    return write({ ...base(material), text: await material.text(event.text) })
  },
}
