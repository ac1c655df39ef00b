import type { Card } from '@embargo/engine'
import type { Setting } from '../chat-command.ts'
import { withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'

/** Shown to the caller: what was done. The card repeats what was typed, because the platform does not show that. */
export function resultCard(request: { setting: Pick<Setting, 'case'>; title: string; lines: readonly string[] }): Card {
  const { setting, title, lines } = request
  return buildCard({
    kind: 'notice',
    title: setting.case === undefined ? title : `${setting.case.id} · ${title}`,
    lines: lines.map((each) => line(...withTimes(each, sentence))),
    notification: notificationOf(setting.case?.state),
  })
}
