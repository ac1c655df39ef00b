import type { CaseState, Visibility, Report } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { reporterLine, reportNumber } from './addressee-line.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

/** As many as fit into one message on every platform; the others are named with the option. */
const MAX_BUTTONS = 10

/** To the caller: the mail is for one reporter, and the caller must choose which. */
export function reporterChoiceCard(request: {
  readonly state: CaseState
  readonly reports: readonly Report[]
  readonly chat: Visibility
  readonly verb: string
  /** What the buttons carry besides the report. */
  readonly input: Readonly<Record<string, string>>
  /** Nothing was written yet, so a button opens the form. */
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
