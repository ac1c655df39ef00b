import type { CaseState, Report, SplitTerms } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { timeThisYear } from '../text/times.ts'
import { unsentReporterMail } from '../text/mail-backlog.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'

/** Shown to the caller before anything happens: where the report goes, what moves with it, and who is told. */
export function splitPreviewCard(request: {
  state: CaseState
  report: Report
  terms: SplitTerms
  /** The name of the receiving project. */
  project: string
  input: Readonly<Record<string, string>>
  /** The name of the missing setting, if no mail can be sent because this setting is missing. */
  relayMissing: string | undefined
}): Card {
  const { state, report, terms, project, input, relayMissing } = request
  const isElsewhere = terms.project !== state.project
  return buildCard({
    kind: 'notice',
    title: `${state.id} · split ${report.id.split('/').at(-1) ?? report.id} off?`,
    fields: [
      {
        label: 'Goes to',
        value:
          terms.home === undefined || isElsewhere
            ? line(
                `${terms.home ?? 'a new case'} of `,
                sentence(project),
                ...(isElsewhere ? [', another project'] : []),
              )
            : line(terms.home),
      },
      {
        label: 'Embargo ends',
        value: terms.end === undefined ? line('no embargo goes with it') : line(timeThisYear(terms.end), ', as here'),
      },
    ],
    lines: [
      ...(terms.elsewhere
        ? [
            line(
              'That project’s security team will see the new case. You and the coordinator of this case will be on it too.',
            ),
          ]
        : []),
      ...(terms.elsewhere && report.joined === undefined ? triageLines(state) : []),
      line(
        terms.closes
          ? `It is the only report of ${state.id}, which closes.`
          : terms.leaves
            ? `It leaves ${state.id}, which goes on without it.`
            : `It stays in ${state.id} too, because it describes two problems.`,
      ),
      line(
        report.answerable
          ? 'Its reporter is told the new number by mail, and mail cannot be called back. Nothing has happened yet.'
          : 'Its reporter cannot be answered, so no mail goes out. Nothing has happened yet.',
      ),
      ...(report.answerable ? unsentReporterMail(relayMissing).map((kept) => line(kept)) : []),
    ],
    actions: [
      { label: 'Split it off', verb: 'open.report', style: 'danger', input: { ...input, case: state.id, sure: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}

function triageLines({ disposition, severity, rm }: CaseState): readonly Line[] {
  if (disposition === undefined || (rm !== 'valid' && rm !== 'accepted')) return []
  return [line(`Its triage moves with it: ${[disposition, severity].filter((one) => one !== undefined).join(', ')}.`)]
}
