import { closesOnNoReply } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'
import { common, time } from './shared/template-values.ts'

/** The letter with one question. `text` is the question as the team wrote it. */
export type QuestionFields = LetterBase & {
  text: string
  answerBy: number
  /** When the question was first asked. If this is set, the letter is a reminder. */
  askedAt?: number | undefined
  /**
   * Whether the case closes if nobody answers. It closes only if nobody has decided yet whether the report is valid.
   */
  closesInSilence: boolean
}

/** Asks the one question. It also says why we need the answer, by when, and what happens without an answer. */
export const question = defineLetter({
  name: 'question',
  label: 'question',
  obsoleteAfter: ['publication', 'closing'],
  needs: ({ case: { needsInfo: question } }) => ({ texts: question === undefined ? [] : [question.text] }),
  facts,
  words,
  templateFields: (material, content) => {
    const question = material.case.needsInfo
    return {
      ...common(material),
      question: question === undefined ? '' : storedText(content, question.text),
      askedAt: time(question?.askedAt),
      answerBy: time(question?.dueAt),
    }
  },
})

function facts(material: LetterMaterial, content: StoredContent): QuestionFields {
  const { case: theCase, event } = material
  const question = theCase.needsInfo
  if (question === undefined) throw new NothingToSay('The question was answered or withdrawn before the mail left.')
  return {
    ...base(material),
    text: storedText(content, question.text),
    answerBy: question.dueAt,
    askedAt: event?.type === 'InfoRequested' ? undefined : question.askedAt,
    closesInSilence: closesOnNoReply(theCase),
  }
}

function words(fields: QuestionFields): Letter {
  const { text, answerBy, askedAt, closesInSilence } = fields
  const again = askedAt !== undefined
  return letter({
    base: fields,
    about: again ? 'Our question is still open' : 'A question about your report',
    automatic: again,
    blocks: [
      again
        ? `On ${date(askedAt, fields)} we asked you this, and have no answer yet:`
        : 'To go on with your report, we need to know one thing:',
      { said: text },
      'We ask because we cannot settle it from what we have. A short answer is enough, and "I do not know" is an answer too.',
      `Please reply to this mail by ${date(answerBy, fields)}.`,
      closesInSilence
        ? 'Without an answer by then, the report is closed: not because it is wrong, but because we cannot go on. A later reply is read by a person, and the report can be opened again.'
        : 'Without an answer by then, we go on as well as we can without it. A later reply is still read.',
      again ? 'A program wrote this mail. A person reads your answer.' : undefined,
    ],
  })
}
