import { isSameReporter } from '@embargo/core'
import type { CaseId, CaseState, MergeTerms } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { counted } from '../text/dates.ts'
import { timeThisYear } from '../text/times.ts'
import { unsentReporterMail } from '../text/mail-backlog.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, sentence } from './spans.ts'

/** To the caller: what a merge does to secrecy and to people outside, before anything happens. */
export function mergePreviewCard(request: {
  from: CaseState
  into: CaseState
  terms: MergeTerms
  /** As it was typed, so that the button means the same wherever it is pressed. */
  typed: { readonly verb: string; readonly case: CaseId; readonly of: CaseId }
  /** The channel of the earlier case shows text, and that of the later case does not. */
  staysOut: boolean
  /** The names of both projects, if they differ. */
  projects?: { readonly from: string; readonly into: string }
  /** The missing setting without which no mail can leave. */
  relayMissing: string | undefined
}): Card {
  const { from, into, terms, typed, staysOut, projects, relayMissing } = request
  const { end, agreed, binds, free, outside } = terms
  // Attacks are observed, so no date can be agreed on any more.
  const isFixed = free === true && from.em.is !== 'exited'
  return buildCard({
    kind: 'notice',
    title: `${from.id} · merge it into ${into.id}?`,
    fields: [
      {
        label: 'Embargo ends',
        value:
          end === undefined
            ? line('no embargo is in force for them')
            : agreed === undefined
              ? line(timeThisYear(end), isFixed ? `, as in ${into.id}` : ', the earlier end')
              : line(
                  timeThisYear(end),
                  ', which a reporter named and nobody agreed to; ',
                  timeThisYear(agreed),
                  ' is agreed',
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
                ': it would come after that end, so move it',
              ),
            },
          ]),
    ],
    lines: [
      ...(projects === undefined
        ? []
        : [
            line(
              'It goes from ',
              sentence(projects.from),
              ' to ',
              sentence(projects.into),
              ', another project. Its security team sees the reports. Who coordinates this case is on that one then, and so are you.',
            ),
          ]),
      line(`Reports, consents and credits go to ${into.id}. ${from.id} closes, and its embargo ends as merged.`),
      ...(free === true
        ? [
            line(
              isFixed
                ? `The embargo of ${from.id} ends sooner, and attacks are observed, so no date is changed: its reporters are asked to keep the secret, and not bound.`
                : `The embargo of ${from.id} was over: its reporters are asked to keep it, and bound once they say yes.`,
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
        // Like every button that confirms a preview: the terminal asks for it, and `--yes` presses it.
        input: { case: typed.case, of: typed.of, end: end === undefined ? 'none' : String(end), sure: 'yes' },
      },
    ],
    notification: notificationOf(from),
  })
}

function toldOf({ reports: coming }: CaseState, { reports }: CaseState): string {
  const isOwn = coming.some((one) => reports.some((other) => isSameReporter(one, other)))
  if (isOwn && coming.length === 1 && reports.length === 1)
    return 'Both reports are from one address: the reporter is told that they go on as one, and gets each mail once.'
  return `Every reporter is told that another person reported the same, and nothing about them.${isOwn ? ' Who sent both is told that they go on as one.' : ''}`
}

/**
 * An unrated case counts as the most severe. Rated first, its content may be shown; unrated, it stays out of chat for
 * good after the merge.
 */
const staysOutLines = (from: CaseState, into: CaseState): readonly Line[] => [
  line(
    `What its reports say is kept out of chat, and stays out in ${into.id}: read it in the terminal, with `,
    code(`embargo ${into.id} read`),
    '.',
  ),
  ...(from.severity === undefined
    ? [line(`Nobody has rated ${from.id}, so it counts as the worst. Rate it first where it is not.`)]
    : []),
]
