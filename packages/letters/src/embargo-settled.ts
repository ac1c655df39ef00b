import { base, embargoTerms } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf } from './shared/template-values.ts'

/**
 * What was settled about the embargo or about a proposed date for its end. `for-another`: the team accepted another
 * reporter's date, not the reader's. `decided`: the team decided, because the reader did not answer. `opened`: the
 * embargo has ended, because the team and the reporter agreed to work on the fix in public.
 */
export type Settlement = 'agreed' | 'decided' | 'for-another' | 'not-agreed' | 'opened'

export type EmbargoSettledFields = LetterBase & {
  settled: Settlement
  embargo: EmbargoTerms
  /** The team's reason for refusing, in a line. */
  reason?: string | undefined
}

/** The outcome in a few words, for the subject. */
export const SETTLEMENT_WORDS: Readonly<Record<Settlement, string>> = {
  agreed: 'The date is agreed',
  decided: 'We decided on a date',
  'for-another': 'Does this date suit you?',
  'not-agreed': 'About the date',
  opened: 'We go on in public',
}

/**
 * Tells the reporter the team's answer to a proposed date, or that the embargo has ended and the fix is worked on in
 * public.
 */
export const embargoSettled = defineLetter({
  name: 'embargo-settled',
  label: 'notice about the embargo',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    settled: SETTLEMENT_WORDS[settlementOf(material)],
    reason: eventOf(material, 'EmbargoRejected')?.reason ?? '',
    ...embargoEnd(material),
  }),
})

function facts(material: LetterMaterial): EmbargoSettledFields {
  const { event } = material
  const both = { ...base(material), settled: settlementOf(material), embargo: embargoTerms(material) }
  if (event?.type === 'EmbargoAccepted') return { ...both, embargo: { end: event.end } }
  if (event?.type === 'EmbargoRejected') return { ...both, reason: event.reason }
  if (event?.type === 'EmbargoExited') return both
  throw new CannotWrite('Nothing about the embargo was settled.')
}

/** The outcome for the reader. Only a reader who accepted the date is told that it is agreed. */
function settlementOf({ event, to, report, case: { reports } }: LetterMaterial): Settlement {
  if (event?.type === 'EmbargoRejected') return 'not-agreed'
  if (event?.type !== 'EmbargoAccepted') return 'opened'
  // Without a report, the accepted date is the team's own proposal. The reader did not answer it, so the team decided.
  if (event.report === undefined) return 'decided'
  if (to.kind === 'report' && to.report === event.report) return 'agreed'
  const namedBy = reports.find(({ id }) => id === event.report)?.reporter
  return report !== undefined && report.reporter === namedBy ? 'agreed' : 'for-another'
}

function words(fields: EmbargoSettledFields): Letter {
  return letter({ base: fields, about: SETTLEMENT_WORDS[fields.settled], automatic: false, blocks: blocks(fields) })
}

function blocks(fields: EmbargoSettledFields) {
  switch (fields.settled) {
    case 'agreed':
      return [
        `Thank you, that is agreed. ${endSentence(fields)} That date is a limit: the fix may be published earlier.`,
        'Until then, or until the fix is public, neither side makes anything public. If the date no longer suits you, a reply is enough.',
      ]
    case 'decided':
      return [
        `You have not answered our question about the date that we proposed, so our team decided on it. ${endSentence(fields)} That date is a limit: the fix may be published earlier.`,
        'Until then, or until the fix is public, please keep this between us. If that does not suit you, reply and say so, or name another date.',
      ]
    case 'for-another':
      return [
        `Another reporter of the same problem asked for a date, and we accepted it. ${endSentence(fields)} That date is a limit: the fix may be published earlier.`,
        'You have not said yes to that date, so we ask you: does it suit you? A yes, a no or another date are all fine: one line in a reply is enough.',
        'Until that date, or until the fix is public, please keep this between us.',
      ]
    case 'not-agreed':
      return [
        'We could not agree to the date that was proposed.',
        fields.reason === undefined ? undefined : 'Why:',
        fields.reason === undefined ? undefined : { said: fields.reason },
        `${endSentence(fields)} Nothing else changes. If that does not suit you, please name a date that does, and we will talk about it.`,
      ]
    case 'opened':
      return [
        'As we agreed, we now work on the fix in public: the embargo has ended, and you are free to speak and to publish.',
        'If you can, hold back working exploits until people have had time to update; that is a wish, not a condition.',
        'The fix and our own advisory will follow. We will tell you when they are published.',
      ]
  }
}

function endSentence({ embargo, ...base }: EmbargoSettledFields): string {
  if (embargo === 'none') return 'No embargo is in force.'
  return embargo.named === true
    ? `Until we agree on a date, the earliest proposed date counts: ${date(embargo.end, base)}.`
    : `The embargo ends ${date(embargo.end, base)}.`
}
