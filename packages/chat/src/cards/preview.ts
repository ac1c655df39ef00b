import type { CaseId, CaseState } from '@embargo/core'
import type { Action, Card, Preview } from '@embargo/engine'
import { cut } from '../text/safe-text.ts'
import { buildCard, notificationOf, QUOTE_MOST } from './card.ts'
import { code, faint, line, strong } from './spans.ts'

/** To the caller: all that would happen, what cannot be undone, and the button that carries exactly this. */
export function previewCard(request: {
  state: CaseState
  title: string
  preview: Preview
  warning: string
  notes?: readonly string[]
  action: Omit<Action, 'input'> & { readonly input?: Readonly<Record<string, string>> }
}): Card {
  const { state, title, preview, warning, notes = [], action } = request
  return buildCard({
    kind: 'approval',
    title: `${state.id} · ${title}`,
    fields: [
      { label: 'Shown', value: line(code(preview.digest.slice(0, 16)), faint(' names exactly what is shown here')) },
    ],
    lines: [line(strong(warning)), ...notes.map((note) => line(note))],
    quote: { label: 'What will happen', text: cut(sectionsText(preview), QUOTE_MOST) },
    actions: [{ ...action, input: { ...shownInput(state.id, preview), ...action.input } }],
    notification: notificationOf(state),
  })
}

export const sectionsText = (preview: Preview): string =>
  preview.sections
    .map((section) => `${section.title}\n${'─'.repeat(Math.min(section.title.length, 72))}\n${section.text}`)
    .join('\n\n')

const shownInput = (id: CaseId, preview: Preview): Readonly<Record<string, string>> => ({
  case: id,
  digest: preview.digest,
  blob: preview.blob,
})
