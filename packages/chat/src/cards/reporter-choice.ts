import type { CaseState, Visibility, Report } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { reporterLine, reportNumber } from './addressee-line.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

/** As many buttons as fit into one message on every platform. For the other reporters, the option must be typed. */
const MAX_BUTTONS = 10

/** Shown to the caller, who must choose which reporter the mail is for. */
export function reporterChoiceCard(request: {
  readonly state: CaseState
  readonly reports: readonly Report[]
  readonly chat: Visibility
  readonly verb: string
  /** The values that the buttons carry besides the number of the report. */
  readonly input: Readonly<Record<string, string>>
  /** Set if nothing was written yet: a button then opens the form. */
  readonly form: boolean
}): Card {
  const { state, reports, chat, verb, input, form } = request
  const listed = reports.slice(0, MAX_BUTTONS)
  return buildCard({
    kind: 'notice',
    title: `${state.id} · which reporter?`,
    lines: [
      line('This case has several reporters. Nothing has been sent yet: choose who this is for.'),
      ...reports.map((report) => line(strong(reportNumber(report)), ' · ', ...reporterLine(report, chat))),
      ...(listed.length === reports.length ? [] : [line('For another one, write --report and its number.')]),
    ],
    actions: listed.map((report) => ({
      label: reportNumber(report),
      verb,
      input: { case: state.id, ...input, report: report.id },
      ...(form ? { form: true as const } : {}),
    })),
    notification: notificationOf(state),
  })
}
