import { isSameReporter } from '@embargo/core'
import type { CaseId, CaseState, MergeTerms } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { counted } from '../text/dates.ts'
import { timeThisYear } from '../text/times.ts'
import { unsentReporterMail } from '../text/mail-backlog.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, sentence } from './spans.ts'

/** Shown to the caller before anything happens: what a merge means for secrecy and for people outside. */
export function mergePreviewCard(request: {
  from: CaseState
  into: CaseState
  terms: MergeTerms
  /** The command as it was typed, so that the button means the same wherever it is pressed. */
  typed: { readonly verb: string; readonly case: CaseId; readonly of: CaseId }
  /** Whether the later case's channel hides text that the earlier case's channel would show. */
  staysOut: boolean
  /** The names of both projects, if they differ. */
  projects?: { readonly from: string; readonly into: string }
  /** The name of the missing setting, if no mail can be sent because this setting is missing. */
  relayMissing: string | undefined
}): Card {
  const { from, into, terms, typed, staysOut, projects, relayMissing } = request
  const { end, agreed, binds, free, outside } = terms
  // `free` has one of two reasons: the embargo of `from` is over, or it would end before the embargo of `into`, whose
  // end cannot be changed any more. `isFixed` stands for the second reason.
  const isFixed = free === true && from.em.is !== 'exited'
  return buildCard({
    kind: 'notice',
    title: `${from.id} · merge it into ${into.id}?`,
    fields: [
      {
        label: 'Embargo ends',
        value:
          end === undefined
            ? line('no embargo is in force for these reports')
            : agreed === undefined
              ? line(timeThisYear(end), isFixed ? `, as in ${into.id}` : ', the earlier end')
              : line(
                  timeThisYear(end),
                  ', which a reporter asked for and nobody has agreed to. The agreed end is ',
                  timeThisYear(agreed),
                ),
      },
      { label: 'Binds', value: line(counted(binds.length, 'report')) },
      ...(outside === undefined
        ? []
        : [
            {
              label: 'Release outside',
              value: line(
                `${outside.release}, `,
                timeThisYear(outside.at),
                ': move it, because it would come after the embargo ends',
              ),
            },
          ]),
    ],
    lines: [
      ...(projects === undefined
        ? []
        : [
            line(
              'The reports go from ',
              sentence(projects.from),
              ' to ',
              sentence(projects.into),
              ', another project. Its security team will see them. You and the coordinator of this case will be on that case too.',
            ),
          ]),
      line(`Reports, consents and credits go to ${into.id}. ${from.id} closes, and its own embargo ends.`),
      ...(free === true
        ? [
            line(
              isFixed
                ? `The embargo of ${from.id} would end before the embargo of ${into.id}. Because attacks were seen, no date can change: the reporters of ${from.id} are asked to keep the secret, but are not bound.`
                : `The embargo of ${from.id} is over: its reporters are asked to keep the secret, and are bound once they say yes.`,
            ),
          ]
        : []),
      line(toldOf(from, into)),
      ...unsentReporterMail(relayMissing).map((kept) => line(kept)),
      ...(staysOut ? staysOutLines(from, into) : []),
      line('Mail cannot be called back; the reports can be split again. Nothing has happened yet.'),
    ],
    actions: [
      {
        label: 'Merge',
        verb: typed.verb,
        style: 'danger',
        // `sure` says that the caller confirmed the merge. In the terminal, the caller confirms by answering a
        // question, or with `--yes`.
        input: { case: typed.case, of: typed.of, end: end === undefined ? 'none' : String(end), sure: 'yes' },
      },
    ],
    notification: notificationOf(from),
  })
}

function toldOf({ reports: coming }: CaseState, { reports }: CaseState): string {
  const isOwn = coming.some((one) => reports.some((other) => isSameReporter(one, other)))
  if (isOwn && coming.length === 1 && reports.length === 1)
    return 'Both reports are from one address: the reporter is told that the two reports go on as one, and gets each mail once.'
  return `Every reporter is told that another person reported the same, but not who.${isOwn ? ' A reporter who sent both is told that the two reports go on as one.' : ''}`
}

/**
 * An unrated case counts as the most severe. If it is merged unrated, its content stays out of chat permanently. If it
 * is rated before the merge, chat can perhaps show its content.
 */
const staysOutLines = (from: CaseState, into: CaseState): readonly Line[] => [
  line(
    `The content of the reports of ${from.id} is kept out of chat, and stays out in ${into.id}: read it in the terminal, with `,
    code(`embargo ${into.id} read`),
    '.',
  ),
  ...(from.severity === undefined
    ? [line(`Nobody has rated ${from.id}, so it counts as critical. If it is less severe, rate it before the merge.`)]
    : []),
]
