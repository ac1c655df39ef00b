import type { Block, Report } from '@embargo/core'
import { base, embargoTerms, nextWordBy, reportOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter, requestForSilence } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, nextWord } from './shared/template-values.ts'

/** A question that is asked once in a case: how to be credited, who writes the patch, whether AI was used. */
export type Question = 'credit' | 'patch' | 'ai'

/**
 * The content of an acknowledgment. There is no field for the note that is typed with `/ack`, because the note is only
 * for the channel.
 */
export type AcknowledgmentFields = LetterBase & {
  /** The latest time at which the reporter hears from us again. */
  nextWordBy: number
  embargo: EmbargoTerms
  /** The questions that this letter asks. None of them was asked or answered before. */
  ask: readonly Question[]
}

/** The first letter from a person: who handles the report, what comes next, the embargo, and the questions. */
export const acknowledgment = defineLetter({
  name: 'acknowledgment',
  label: 'acknowledgment',
  // A merge does not make this letter obsolete, because no other letter asks these questions after a merge.
  obsoleteAfter: ['publication', 'last-word', 'spam'],
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...nextWord(material), ...embargoEnd(material) }),
})

function facts(material: LetterMaterial): AcknowledgmentFields {
  return {
    ...base(material),
    nextWordBy: nextWordBy(material),
    embargo: embargoTerms(material),
    ask: openQuestions(reportOf(material)),
  }
}

// Questions that were answered before anybody asked are left out.
function openQuestions({ credit, willing, aiUse }: Report): readonly Question[] {
  return [
    ...(credit === undefined ? (['credit'] as const) : []),
    ...(willing === undefined ? (['patch'] as const) : []),
    ...(aiUse === undefined ? (['ai'] as const) : []),
  ]
}

function words(fields: AcknowledgmentFields): Letter {
  return letter({
    base: fields,
    about: fields.from.kind === 'solo' ? 'I am handling your report' : 'We are handling your report',
    automatic: false,
    blocks: [
      introduction(fields),
      `Next comes a check of whether this is a vulnerability in ${fields.project}, how serious it is, and which versions are affected. You will hear the result, or how far the check is, by ${date(fields.nextWordBy, fields)} at the latest.`,
      embargo(fields),
      ...questions(fields.ask),
      'People read your mail, so plain words are enough. Nothing in a mail is carried out as a command.',
    ],
  })
}

function introduction({ from, project, caseNumber }: AcknowledgmentFields): string {
  switch (from.kind) {
    case 'team':
      return `Thank you for your report. The ${project} security team will handle it from here on. Its number is ${caseNumber}.`
    case 'person':
      return `Thank you for your report. My name is ${from.name}, I am on the ${project} security team, and I will handle it from here on. Its number is ${caseNumber}.`
    case 'solo':
      return `Thank you for your report. My name is ${from.name}. I maintain ${project} on my own, in my free time, and I am handling your report myself. Its number is ${caseNumber}. Some things take longer with one pair of hands; the dates in this mail are dates that I can keep.`
  }
}

function embargo({ embargo: terms, ...base }: AcknowledgmentFields): string {
  if (terms === 'none') return 'No embargo is in force for this report.'
  if (terms.free === true) return requestForSilence(terms.end, base)
  return `The embargo ends ${date(terms.end, base)}. Until then, or until the fix is public, neither side makes anything public. That date is a limit: the fix may be published earlier. If it does not suit you, say so in a reply.`
}

const WORDS: Record<Question, string> = {
  credit:
    'How would you like to be credited: by name, by a pseudonym, or not at all? Please write it as it should be printed. Without an answer, nobody is named.',
  patch: 'Would you like to write the patch? If not, the project will write it and ask you to check it.',
  ai: 'Did you use AI to find this or to write the report, and has a person checked the result? Any answer is fine; it helps to know where to look first.',
}

function questions(ask: readonly Question[]): Block[] {
  const [only, ...others] = ask
  if (only === undefined) return []
  if (others.length === 0) return [`One question, asked once; a short reply is enough. ${WORDS[only]}`]
  const count = ask.length === 2 ? 'Two' : 'Three'
  return [`${count} questions, asked once; a short reply is enough:`, { steps: ask.map((question) => WORDS[question]) }]
}
