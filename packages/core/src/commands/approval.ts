import { ApprovalId } from '../shared/ids.ts'
import type { Context } from '../gates/gate.ts'
import { isReleaseWide } from '../gates/seat-in-release.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import { listAnd } from '../text/name-list.ts'
import type { PersonRequest, Rendering } from '../vocabulary/command.ts'
import type { Append, Decision } from '../vocabulary/decision.ts'
import type { RequiredApprover, TwoPersonRule } from './approvals/two-person-rule.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'

/**
 * The request as the JSON text that the approval stores. What was shown is left out, because the approval stores that
 * separately.
 */
export const asText = (request: PersonRequest): string => {
  const { shown: _shown, ...rest } = 'shown' in request ? request : { ...request, shown: undefined }
  return JSON.stringify(rest)
}

/**
 * Requests approval of exactly what was shown. A second person gives the approval. In the solo profile, the same person
 * gives it after a delay.
 */
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
    return senseless('The preview has changed since it was shown.', you('look at the current preview', verb))
  const question = asText(request)
  const isSame = state.approvals.some((one) => one.status === 'open' && one.asked === question && one.digest === digest)
  if (isSame) {
    return nothingToDo('This waits for approval already.')
  }
  const { mode, aloneFrom, yesFrom, notBefore = context.at }: RequiredApprover = second.approver(context)
  const decision = onCase(context, [
    ...voidedBy(VOID_CAUSES.newerQuestion, state, { request }),
    {
      type: 'ApprovalRequested',
      approval: ApprovalId.parse(`${state.id}/a${state.approvals.length + 1}`),
      mode,
      asked: question,
      notBefore,
      ...(aloneFrom === undefined ? {} : { aloneFrom }),
      ...(yesFrom === undefined ? {} : { yesFrom }),
      digest,
      shown: shown.blob,
      by: person.id,
    },
  ])
  if (!decision.ok) return decision
  const elsewhere = askedElsewhere(context)
  const over = elsewhere.map(({ stream }) => stream)
  const note = `The same request in ${listAnd(over)} is void: this one replaces it.`
  return { ...decision, appends: [...decision.appends, ...elsewhere], ...(over.length === 0 ? {} : { note }) }
}

/**
 * Voids an open approval request for the same command in another case of the release, because what was shown there is
 * out of date.
 */
export function askedElsewhere(context: Context): readonly Append[] {
  const { request, state } = context
  if (!isReleaseWide(request.verb)) return []
  return siblingCases(context).flatMap((sister): readonly Append[] => {
    const events = voidedBy(VOID_CAUSES.questionElsewhere, sister, { request, of: state.id })
    return events.length === 0 ? [] : [{ stream: sister.id, events }]
  })
}
