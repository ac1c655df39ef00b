import { askedElsewhere, contextOf, isoInstant, mayGoOnAlone, questionOf, requiredApprover } from '@embargo/core'
import type { Approval, RequiredApprover, PendingCommand } from '@embargo/core'
import type { Action, Field } from '@embargo/engine'
import { refuse, send } from '../../answers.ts'
import { openApprovals } from '../../cards/waiting-command.ts'
import { cannotBeUndone } from '../../cards/irreversible.ts'
import { previewCard, previewFacts } from '../../cards/preview.ts'
import type { CaseCall } from '../../chat-command.ts'
import { nameOf } from '../../people/names.ts'
import type { Reply } from '../../types.ts'
import { previewOf, refusalOf } from './preview.ts'
import { proceedLabel, nextStepWords } from './approval-words.ts'
import { previewExtent, previewRef } from './preview-options.ts'
import type { PreviewValues } from './preview-options.ts'

export type AskTwo = {
  readonly request: PendingCommand
  readonly seat: RequiredApprover['mode']
  /** The card's title. */
  readonly title: string
  /** What the command decides, apart from the mails that it sends. */
  readonly fields?: readonly Field[]
  /** Notes such as `Nothing has been sent yet.` Instants in them are in ISO format. */
  readonly notes: readonly string[]
  readonly style: 'primary' | 'danger'
  /** The command's own values. The preview's main button carries them, because it runs the command again. */
  readonly input?: Readonly<Record<string, string>>
  /** Buttons besides the preview's main button. */
  readonly others?: readonly Action[]
}

/**
 * The warning that a request in this case voids the pending request for the same command in another case of the
 * release.
 */
function voidedByIt(call: CaseCall<unknown>, request: PendingCommand): readonly string[] {
  const { actor, at } = call.invocation
  const context = contextOf(call.engine.policy.policy, call.case.world, { actor }, request, at)
  const cases = context === undefined ? [] : askedElsewhere(context).map(({ stream }) => stream)
  return cases.map((id) => `The same request is pending in ${id}. If you ask here, that request becomes void.`)
}

/** Says from when the caller may proceed alone, if they ask now and nobody answers. */
function aloneLater(call: CaseCall<unknown>, request: PendingCommand): readonly string[] {
  const { actor, at } = call.invocation
  const context = contextOf(call.engine.policy.policy, call.case.world, { actor }, request, at)
  const { aloneFrom } = context === undefined ? {} : requiredApprover(context)
  return aloneFrom === undefined
    ? []
    : [`Without an answer you may go on alone from ${isoInstant(aloneFrom)}, if you ask now.`]
}

/**
 * What a preview shows if a request with exactly the same texts is already pending: a note, so that people do not ask
 * again, and a button for the answer if the caller may answer.
 */
function ofWaiting(call: CaseCall<unknown>, waiting: Approval) {
  const { id } = call.case
  const { at } = call.invocation
  const { by, mode, aloneFrom, notBefore } = waiting
  const asker = nameOf(call.engine.policy.policy, by)
  const alone = mayGoOnAlone(waiting, at)
  const may = refusalOf(call, { verb: 'approve', case: id, approval: waiting.id, typedCase: id }) === undefined
  const own = mode !== 'second-look' && by === call.invocation.actor.person
  const answer: Action = {
    label: own ? 'Go on alone' : 'Look and approve',
    verb: 'approve',
    style: 'primary',
    input: { case: id, approval: waiting.id },
  }
  const till =
    aloneFrom === undefined ? '' : ` ${asker} may go on alone${alone ? '' : ` from ${isoInstant(aloneFrom)}`}.`
  const note =
    mode === 'second-look'
      ? `This is waiting for a second look at ${isoInstant(notBefore)} or later.`
      : `This is already waiting for a second person.${till}`
  return { note, actions: may ? [answer] : [] }
}

/**
 * Runs a command that needs two people: a preview, the caller's confirmation, then the request for the second person's
 * approval.
 */
export async function requestApproval(call: CaseCall<PreviewValues>, question: AskTwo): Promise<Reply> {
  const { request, seat, title, fields = [], notes, style, input, others = [] } = question
  const shown = previewRef(call.values)
  if (shown !== undefined) return send(call, { ...request, shown }, nextStepWords(seat))
  const preview = await previewOf(call, request)
  if ('gate' in preview) return refuse(call, preview, request)
  const warning = cannotBeUndone(request.verb, {
    state: call.case.state,
    policy: call.engine.policy.policy,
    world: call.case.world,
  })
  const waiting = openApprovals(call.case.state).find(
    (one) => one.digest === preview.digest && questionOf(JSON.parse(one.asked)) === questionOf(request),
  )
  const of = waiting === undefined ? undefined : ofWaiting(call, waiting)
  const card = previewCard({
    state: call.case.state,
    title,
    preview,
    ...previewExtent(call),
    warning,
    fields,
    notes: [...notes, ...voidedByIt(call, request), ...(of === undefined ? aloneLater(call, request) : [of.note])],
    toRead: of !== undefined,
    others: of?.actions ?? others,
    action: { label: proceedLabel(seat), verb: call.command.verb, style, ...(input === undefined ? {} : { input }) },
  })
  return { audience: 'caller', card, facts: previewFacts(preview, warning) }
}
