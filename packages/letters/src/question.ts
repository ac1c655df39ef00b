import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** What the letter with one question says. `text` is the question as the team wrote it. */
export type QuestionFields = LetterBase & {
  text: string
  answerBy: number
  /** When it was asked first; the letter is then a reminder. */
  askedAt?: number | undefined
  /** Silence closes only a case whose validity is open. */
  closesInSilence: boolean
}

/** The one question, why it is needed, by when, and what happens then. */
export function question(fields: QuestionFields): Letter {
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
      again ? 'A program wrote this mail. The answer is read by a person.' : undefined,
    ],
  })
}
