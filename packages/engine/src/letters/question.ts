import { closesBySilence } from '@embargo/core'
import { question as write } from '@embargo/letters'
import { NotNeeded } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const question: LetterRenderer = {
  letter: 'question',
  async render(material) {
    const { case: theCase, event } = material
    const asked = theCase.needsInfo
    if (asked === undefined) throw new NotNeeded('The question was answered or withdrawn before the mail left.')
    return write({
      ...base(material),
      text: await material.text(asked.text),
      answerBy: asked.dueAt,
      askedAt: event?.type === 'InfoRequested' ? undefined : asked.askedAt,
      closesInSilence: closesBySilence(theCase),
    })
  },
}
