import type { LoggedAnswer } from '@embargo/core'

/** What people type in place of a mail's number if the answer did not come by mail. */
export const ELSEWHERE = 'elsewhere'

/** The words for answers that can be logged, grouped by the question that they answer. */
export const ANSWERS = {
  fix: ['fixed', 'not-fixed'],
  credit: ['credit-named', 'credit-pseudonym', 'credit-anonymous'],
  patch: ['patch-yes', 'patch-no'],
  ai: ['ai-no', 'ai-checked', 'ai-unchecked'],
  embargo: ['consent-yes', 'consent-no', 'proposes'],
  open: ['open-yes', 'open-no'],
  forward: ['forward-named', 'forward-unnamed', 'forward-no'],
} as const
export type AnswerWord = (typeof ANSWERS)[keyof typeof ANSWERS][number]

export const ANSWER_WORDS: readonly AnswerWord[] = Object.values(ANSWERS).flat()

export const ANSWER_LABELS: Readonly<Record<AnswerWord, string>> = {
  fixed: 'The patch fixes it',
  'not-fixed': 'The patch does not fix it',
  'credit-named': 'Credit by name',
  'credit-pseudonym': 'Credit by pseudonym',
  'credit-anonymous': 'No credit',
  'patch-yes': 'Would write the patch',
  'patch-no': 'Would not write the patch',
  'ai-no': 'No AI was used',
  'ai-checked': 'AI was used, and a person checked the report',
  'ai-unchecked': 'AI was used, and nobody checked the report',
  'consent-yes': 'Agrees to the embargo, or to the proposed date',
  'consent-no': 'Does not agree to the embargo, or to the proposed date',
  proposes: 'Proposes a date for the end of the embargo',
  'open-yes': 'Would go on in public',
  'open-no': 'Would not go on in public',
  'forward-named': 'May be forwarded to the other vendor, with the reporter’s name',
  'forward-unnamed': 'May be forwarded to the other vendor, without the reporter’s name',
  'forward-no': 'Must not be forwarded',
}

type AnswerDetail = { readonly branch?: string | undefined; readonly name?: string | undefined }

export function loggedAnswer(word: Exclude<AnswerWord, 'proposes'>, { branch, name }: AnswerDetail): LoggedAnswer {
  const credited = name === undefined ? {} : { name }
  const onBranch = branch === undefined ? {} : { branch }
  const answers: Readonly<Record<Exclude<AnswerWord, 'proposes'>, LoggedAnswer>> = {
    fixed: { about: 'verification', fixed: true, ...onBranch },
    'not-fixed': { about: 'verification', fixed: false, ...onBranch },
    'credit-named': { about: 'credit', credit: 'named', ...credited },
    'credit-pseudonym': { about: 'credit', credit: 'pseudonym', ...credited },
    'credit-anonymous': { about: 'credit', credit: 'anonymous' },
    'patch-yes': { about: 'patch-offer', willing: true },
    'patch-no': { about: 'patch-offer', willing: false },
    'ai-no': { about: 'ai-use', used: false, checkedByPerson: false },
    'ai-checked': { about: 'ai-use', used: true, checkedByPerson: true },
    'ai-unchecked': { about: 'ai-use', used: true, checkedByPerson: false },
    'consent-yes': { about: 'consent', agreed: true },
    'consent-no': { about: 'consent', agreed: false },
    'open-yes': { about: 'open', agreed: true },
    'open-no': { about: 'open', agreed: false },
    'forward-named': { about: 'forwarding', agreed: true, named: true },
    'forward-unnamed': { about: 'forwarding', agreed: true, named: false },
    'forward-no': { about: 'forwarding', agreed: false, named: false },
  }
  return answers[word]
}
