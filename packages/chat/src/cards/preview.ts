import type { CaseState } from '@embargo/core'
import type { Action, Card, Field, Preview } from '@embargo/engine'
import { partsOf } from '../text/parts.ts'
import type { Facts } from '../types.ts'
import { withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain, strong } from './spans.ts'

/** A chat message holds this much text beside the rest of the card; what is longer comes in parts, none is left out. */
const PART_MOST = 6000

export type PreviewRequest = {
  readonly state: CaseState
  readonly title: string
  readonly preview: Pick<Preview, 'digest' | 'blob' | 'sections'>
  readonly warning: string
  readonly fields?: readonly Field[]
  /** Instants in them are ISO. */
  readonly notes?: readonly string[]
  /** Counted from 1. */
  readonly part: number
  /** A terminal scrolls: there it comes whole. */
  readonly whole: boolean
  /** Only to be read: its action shows the next part, and does nothing. */
  readonly toRead?: boolean
  readonly action: Omit<Action, 'input'> & { readonly input?: Readonly<Record<string, string>> }
}

/** To the caller: all that would happen, what cannot be undone, and the button that carries exactly this. */
export function previewCard(request: PreviewRequest): Card {
  const { state, title, preview, warning, fields = [], notes = [], part, whole, toRead = false, action } = request
  const parts = partsOf(sectionsText(preview), whole ? Number.POSITIVE_INFINITY : PART_MOST)
  const at = Math.min(Math.max(part, 1), parts.length)
  const input = { case: state.id, ...action.input }
  const more: Action = { label: 'Show more', verb: action.verb, input: { ...input, part: String(at + 1) } }
  return buildCard({
    kind: 'approval',
    title: `${state.id} · ${title}`,
    fields: [
      ...fields,
      { label: 'Shown', value: line(code(preview.digest.slice(0, 16)), faint(' names exactly what is shown here')) },
    ],
    lines: [
      line(strong(warning)),
      ...notes.map((note) => line(...withTimes(note, plain))),
      ...(at < parts.length ? [line(strong('There is more to read before you go on.'))] : []),
    ],
    quote: {
      label: parts.length === 1 ? 'What will happen' : `What will happen, part ${at} of ${parts.length}`,
      text: parts[at - 1] ?? '',
    },
    actions: [
      ...(at < parts.length ? [more] : []),
      ...(toRead ? [] : [{ ...action, input: { ...input, digest: preview.digest, blob: preview.blob } }]),
    ],
    notification: notificationOf(state),
  })
}

/** The same for a script. */
export const previewFacts = ({ digest, sections }: Preview, warning: string): Facts => ({
  is: 'preview',
  digest,
  warning,
  sections: sections.filter(({ mail }) => mail !== undefined),
})

const sectionsText = (preview: Pick<Preview, 'sections'>): string =>
  preview.sections
    .map((section) => `${section.title}\n${'─'.repeat(Math.min(section.title.length, 72))}\n${section.text}`)
    .join('\n\n')
