import { Sha256 } from '@embargo/core'
import type { MainLineRequest, Remediator } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { endsOf } from './embargo.ts'
import { BLOB, datesOf, MAILS, previewFor, stalePreviewFor } from '../view.ts'
import type { View } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** A hash that no patch of the case has had: rules only ask whether two are the same. */
const newPatch = ({ state }: View): Sha256 => Sha256.parse(state.version.toString(16).padStart(64, '0'))

const branches = ({ project }: View): readonly string[] => project.branches.map((one) => one.name)

/**
 * Inputs of the main line. The severities represent what rules distinguish: the lead and deadlines of a high one, and
 * those of a low one.
 */
export const MAIN_LINE: InputsOf<MainLineRequest> = {
  ack: () => [{ verb: 'ack', case: CASE }],
  triage: () => [
    ...(['high', 'low'] as const).map(
      (severity) => ({ verb: 'triage', case: CASE, disposition: 'valid', severity }) as const,
    ),
    { verb: 'triage', case: CASE, disposition: 'valid' },
    ...(['invalid', 'spam', 'info-only', 'duplicate', 'defense-in-depth'] as const).map(
      (disposition) => ({ verb: 'triage', case: CASE, disposition, reason: 'because' }) as const,
    ),
    { verb: 'triage', case: CASE, disposition: 'invalid' },
  ],
  'triage.affects': (view) =>
    branches(view).flatMap((branch) =>
      [true, false].map((affected) => ({ verb: 'triage.affects', case: CASE, branch, affected }) as const),
    ),
  'assign-patch': (view) =>
    [...view.people, 'reporter' as const].flatMap((to) =>
      branches(view).map((branch) => ({ verb: 'assign-patch', case: CASE, to, branches: [branch] }) as const),
    ),
  patch: (view) =>
    branches(view).flatMap((branch) =>
      [undefined, ...authors(view)].map(
        (author) =>
          ({
            verb: 'patch',
            case: CASE,
            branch,
            sha256: newPatch(view),
            blob: BLOB,
            fileName: 'fix.patch',
            ...(author === undefined ? {} : { author }),
          }) as const,
      ),
    ),
  confirm: (view) =>
    branches(view).flatMap((branch) => [
      { verb: 'confirm', case: CASE, branch, fixed: true },
      { verb: 'confirm', case: CASE, branch, fixed: true, note: 'because' },
      { verb: 'confirm', case: CASE, branch, fixed: false, note: 'because' },
    ]),
  'log-answer': (view) =>
    view.scenario.reporter === 'reachable' || view.scenario.reporter === 'unreachable'
      ? [
          ...branches(view).flatMap((branch) => [
            {
              verb: 'log-answer',
              case: CASE,
              message: MAILS.fresh,
              answer: { about: 'verification', branch, fixed: true },
            } as const,
            {
              verb: 'log-answer',
              case: CASE,
              message: MAILS.fresh,
              answer: { about: 'verification', branch, fixed: false },
            } as const,
            {
              verb: 'log-answer',
              case: CASE,
              message: MAILS.early,
              answer: { about: 'verification', branch, fixed: true },
            } as const,
            {
              verb: 'log-answer',
              case: CASE,
              message: MAILS.unproven,
              answer: { about: 'verification', branch, fixed: true },
            } as const,
          ]),
          { verb: 'log-answer', case: CASE, message: MAILS.fresh, answer: { about: 'patch-offer', willing: true } },
          ...[true, false].map(
            (agreed) =>
              ({ verb: 'log-answer', case: CASE, message: MAILS.fresh, answer: { about: 'consent', agreed } }) as const,
          ),
          ...Object.values(endsOf(view)).map(
            (end) =>
              ({
                verb: 'log-answer',
                case: CASE,
                message: MAILS.fresh,
                answer: { about: 'embargo-date', end },
              }) as const,
          ),
          { verb: 'log-answer', case: CASE, message: MAILS.fresh, answer: { about: 'open', agreed: true } },
          {
            verb: 'log-answer',
            case: CASE,
            message: MAILS.fresh,
            answer: { about: 'forwarding', agreed: true, named: false },
          },
          { verb: 'log-answer', case: CASE, message: MAILS.fresh, answer: { about: 'credit', credit: 'anonymous' } },
        ]
      : [],
  prenotify: (view) => {
    const { legal, others } = datesOf(view)
    const bare = { verb: 'prenotify', case: CASE } as const
    const plannedDateKey = legal === undefined ? [] : [legal].map((at) => ({ ...bare, at }))
    return [
      bare,
      // Before the legal one: if a rule accepts them, the two may have the same key, and this is the one to explore.
      ...others.map((at) => ({ ...bare, at, shown: previewFor(view, { ...bare, at }) })),
      ...plannedDateKey.flatMap((one) => [
        one,
        { ...one, shown: previewFor(view, one) },
        { ...one, shown: stalePreviewFor(view, one) },
      ]),
    ]
  },
  disclose: (view) => {
    const bare = { verb: 'disclose', case: CASE } as const
    const unfixed = { ...bare, unfixed: 'because' }
    return [
      ...[bare, unfixed].flatMap((one) => [one, { ...one, shown: previewFor(view, one) }]),
      { ...bare, shown: stalePreviewFor(view, bare) },
    ]
  },
}

/** Others in whose name a patch can be submitted. */
function authors({ people, report }: View): readonly Remediator[] {
  const named: readonly Remediator[] = people.map((person) => ({ kind: 'person', person }))
  return report === undefined ? named : [...named, { kind: 'reporter', report }]
}
