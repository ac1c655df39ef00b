import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { withTimes } from '../text/times.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, outside, sentence } from './spans.ts'

/** The complete patch that the caller is asked about. */
export type QuotedPatch = {
  readonly branch: string
  readonly fileName: string
  readonly author: string
  readonly sha256: string
  readonly text: string
}

/** Shown to a caller whose answer is missing or could mean yes or no: the patch, and a button for each answer. */
export function confirmQuestionCard(question: {
  state: CaseState
  place: Place
  patch: QuotedPatch
  /** The text that the caller wrote. It becomes the note of a yes, or the reason of a no. */
  written?: { readonly note: string; readonly reason: string }
  /** The reason why a yes would be refused now. */
  noYes?: string
  /** The case and the hashes of the patches that were shown, which both buttons carry. */
  carried: Readonly<Record<string, string>>
}): Card {
  const { state, place, patch, written, noYes, carried } = question
  const { branch, fileName, author, sha256, text } = patch
  const common = { ...carried, branch, sure: 'yes' }
  return buildCard({
    kind: 'notice',
    title: `${state.id} · does the patch fix it?`,
    fields: [
      { label: 'Branch', value: line(code(branch)) },
      { label: 'Patch', value: line(outside(fileName, 'a file'), ' by ', sentence(author), ', sha256 ', code(sha256)) },
    ],
    lines: [
      written === undefined
        ? line('Nothing is recorded yet. Read the patch, then answer yes or no.')
        : line(
            'You wrote “',
            sentence(written.note),
            '”, which may be a no, or a note to a yes. Nothing is recorded yet.',
          ),
      ...(noYes === undefined ? [] : [line('A yes would be refused now: ', ...withTimes(noYes, sentence))]),
      line('For yes, type ', code(typedAt(place, `confirm yes ${branch} <note>`)), '.'),
      line('For no, type ', code(typedAt(place, `confirm ${branch} no <reason>`)), ', in small letters.'),
    ],
    quote: { label: 'The patch', text },
    actions: [
      {
        label: 'Yes, it is fixed',
        verb: 'confirm',
        input: { ...common, fixed: 'yes', ...(written === undefined ? {} : { note: written.note }) },
        // If a yes would be refused now, the button opens the form instead, because the reason for the refusal may be a
        // value that is missing.
        ...(noYes === undefined ? {} : { form: true }),
      },
      {
        label: 'No, changes are needed',
        verb: 'confirm',
        style: 'danger',
        input: { ...common, fixed: 'no', ...(written === undefined ? {} : { note: written.reason }) },
        ...(written === undefined ? { form: true } : {}),
      },
    ],
    notification: notificationOf(state),
  })
}
