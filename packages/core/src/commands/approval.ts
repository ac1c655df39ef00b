import { ApprovalId } from '../shared/ids.ts'
import type { Context } from '../gates/gate.ts'
import { isReleaseWide } from '../gates/seat-in-release.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import { listAnd } from '../text/name-list.ts'
import type { PersonRequest, Rendering } from '../vocabulary/command.ts'
import type { Append, Decision } from '../vocabulary/decision.ts'
import type { RequiredApprover, TwoPersonRule } from './approvals/two-person-rule.ts'
import { onCase, senseless, you } from './handler.ts'

/** The request as the approval stores it: without what was shown, which the approval holds separately. */
export const asText = (request: PersonRequest): string => {
  const { shown: _shown, ...rest } = 'shown' in request ? request : { ...request, shown: undefined }
  return JSON.stringify(rest)
}

/** Asks a second person (or, in the solo profile, the same one an hour later) about exactly what was shown. */
export function askForApproval<R extends PersonRequest & { readonly shown?: Rendering }>(
  context: Context<R>,
  second: Pick<TwoPersonRule<R>, 'complete' | 'approver'>,
): Decision {
  const { state, person, request } = context
  const { shown, verb } = request
  if (shown === undefined || person === undefined) {
    return senseless('Nothing was shown yet.', you('look at the preview first', verb))
  }
  const { digest, now = digest } = shown
  if (now !== digest)
    return senseless('What would be sent has changed since it was shown.', you('look at the present preview', verb))
  const asked = asText(request)
  const open = state.approvals.filter(
    (one) => one.status === 'open' && questionOf(JSON.parse(one.asked)) === questionOf(request),
  )
  if (open.some((one) => one.asked === asked && one.digest === digest)) {
    return onCase(context, [], 'This waits for approval already.')
  }
  const { mode, aloneFrom, yesFrom, notBefore = context.at }: RequiredApprover = second.approver(context)
  const superseded = open.map(
    (one) => ({ type: 'ApprovalVoided', approval: one.id, because: 'a newer question took its place' }) as const,
  )
  const asking = onCase(context, [
    ...superseded,
    {
      type: 'ApprovalRequested',
      approval: ApprovalId.parse(`${state.id}/a${state.approvals.length + 1}`),
      mode,
      asked,
      notBefore,
      ...(aloneFrom === undefined ? {} : { aloneFrom }),
      ...(yesFrom === undefined ? {} : { yesFrom }),
      digest,
      shown: shown.blob,
      by: person.id,
    },
  ])
  if (!asking.ok) return asking
  const elsewhere = askedElsewhere(context)
  const over = elsewhere.map(({ stream }) => stream)
  const note = `The same question of ${listAnd(over)} is void: this one takes its place.`
  return { ...asking, appends: [...asking.appends, ...elsewhere], ...(over.length === 0 ? {} : { note }) }
}

/** Voids the same question if it was asked in another case of the release: what that one showed is out of date. */
export function askedElsewhere(context: Context): readonly Append[] {
  const { request, state } = context
  if (!isReleaseWide(request.verb)) return []
  return siblingCases(context).flatMap((sister): readonly Append[] => {
    const open = sister.approvals.filter(
      ({ status, asked }) => status === 'open' && questionOf(JSON.parse(asked)) === questionOf(request),
    )
    const because = `it is asked in ${state.id} now`
    return open.length === 0
      ? []
      : [
          {
            stream: sister.id,
            events: open.map(({ id }) => ({ type: 'ApprovalVoided', approval: id, because }) as const),
          },
        ]
  })
}

/** The kind of a question. A newer question replaces an older one of the same kind, and no other. */
export function questionOf(request: unknown): string {
  const { verb, rule, branch, what, suspect, report }: Readonly<Record<string, unknown>> = Object(request)
  return JSON.stringify([verb, rule, branch, what, suspect, report])
}
