import type { CaseState } from '@embargo/core'
import type { Action, Card, Field, Preview } from '@embargo/engine'
import { partLabel, partOf } from '../text/parts.ts'
import type { Part } from '../text/parts.ts'
import type { Facts } from '../types.ts'
import { withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, outside, plain, strong } from './spans.ts'
import { readableWarning } from './stored-preview.ts'

export const SHOW_MORE = 'Show more'

export type PreviewRequest = Part & {
  readonly state: CaseState
  readonly title: string
  readonly preview: Pick<Preview, 'digest' | 'blob' | 'sections' | 'warnings'>
  readonly warning: string
  readonly fields?: readonly Field[]
  /** Notes to the caller. Instants in them are in ISO format. */
  readonly notes?: readonly string[]
  /** Set if the card is only for reading: its button shows the next part and runs nothing. */
  readonly toRead?: boolean
  readonly action: Omit<Action, 'input'> & { readonly input?: Readonly<Record<string, string>> }
  /** Set if the command can be confirmed only after every part was shown. */
  readonly wholeFirst?: boolean
  /** More buttons, besides the button of `action`. */
  readonly others?: readonly Action[]
}

/** Shown above a button that continues although the caller has not yet seen the rest of the preview. */
export const MORE_TO_READ = line(strong('There is more to read before you go on.'))

/**
 * Shows the caller everything that would happen, and warns of what cannot be undone. The button carries exactly this
 * content.
 */
export function previewCard(request: PreviewRequest): Card {
  const { state, title, preview, warning, fields = [], notes = [], toRead = false, wholeFirst = false } = request
  const { action, others = [] } = request
  const readable = readableWarning(preview.sections)
  const shown = partOf(sectionsText(preview), request)
  const isMore = shown.at < shown.of
  const input = { case: state.id, ...action.input }
  const more: Action = { label: SHOW_MORE, verb: action.verb, input: { ...input, part: String(shown.at + 1) } }
  return buildCard({
    kind: 'approval',
    title: `${state.id} · ${title}`,
    fields: [
      ...fields,
      { label: 'Shown', value: line(code(preview.digest.slice(0, 16)), faint(' names exactly what is shown here')) },
    ],
    lines: [
      line(strong(warning)),
      ...(readable === undefined ? [] : [line(readable)]),
      ...(preview.warnings ?? []).map((one) => line(outside(one))),
      ...notes.map((note) => line(...withTimes(note, plain))),
      ...(isMore ? [MORE_TO_READ] : []),
    ],
    quote: { label: partLabel('What will happen', shown), text: shown.text },
    actions: [
      ...(isMore ? [more] : []),
      ...(toRead || (wholeFirst && isMore)
        ? []
        : [{ ...action, input: { ...input, digest: preview.digest, blob: preview.blob } }]),
      ...others,
    ],
    notification: notificationOf(state),
  })
}

/** The preview as data for a script. */
export const previewFacts = ({ digest, sections, warnings = [] }: Preview, warning: string): Facts => ({
  is: 'preview',
  digest,
  warning: [warning, readableWarning(sections) ?? '', ...warnings].join(' ').trim(),
  sections: sections.filter(({ mail }) => mail !== undefined),
})

const sectionsText = (preview: Pick<Preview, 'sections'>): string =>
  preview.sections
    .map((section) => `${section.title}\n${'─'.repeat(Math.min(section.title.length, 72))}\n${section.text}`)
    .join('\n\n')
