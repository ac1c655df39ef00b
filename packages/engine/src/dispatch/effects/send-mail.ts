import { isExcluded, personOf } from '@embargo/core'
import type { EffectHandler } from '../context.ts'
import { CannotPerform, NotNeeded } from '../effect-errors.ts'
import { requireDisclosable } from '../../letters/disclosure-guard.ts'
import { readOutgoingMail } from '../../letters/envelope.ts'
import { hasNewAddress, renderMail } from '../../letters/render-mail.ts'
import { supersession } from '../../letters/supersession.ts'
import { practiceMail } from '../practice-mail.ts'

/**
 * A mail is rendered for its first attempt. Later attempts send the same bytes if the mail may have been sent already,
 * or if it was approved and its `doubt` is `park`. If not, or if the reporter's address has changed, the mail is
 * rendered again.
 */
export const sendMail: EffectHandler<'send-mail'> = {
  kind: 'send-mail',
  repeatsForDays: true,
  notNeeded: ({ letter, to }, because) => ({ is: 'mail-withdrawn', letter, to, because }),
  refused: ({ letter, to }, because) => ({ is: 'mail-failed', letter, to, because }),
  reportOf: ({ to }) => (to.kind === 'report' ? to.report : undefined),
  // If a person must decide about the mail, its letter and addressee are recorded. They show what must happen next if
  // the person says that the mail was sent.
  parked: ({ letter, to }) => ({ letter, to }),
  async perform(context) {
    const { effect, outside, deps, world, policy, rendered, mayHaveGone, begin } = context
    const practises = effect.capability === 'practice'
    if (world.case?.practice === true && !practises)
      throw new CannotPerform('A mail of a practice case is not given to a relay.')
    const mailOut = practises ? practiceMail(context) : outside.mailOut
    if (mailOut === undefined)
      throw new CannotPerform('This process has no mail relay, but got a mail to send. Please report this as a bug.')
    const own = policy.policy.projects.find(({ id }) => id === world.case?.project)?.address
    if (own === undefined) throw new CannotPerform('The policy has no project for this case any more.')
    // The mail may be sent long after it was requested. A person who has been removed since then gets no mail.
    if (
      world.case !== undefined &&
      effect.to.kind === 'person' &&
      isExcluded(policy.policy, world.case, effect.to.person)
    )
      throw new NotNeeded('Its reader is not on the case any more.')
    if (effect.to.kind === 'person' && personOf(policy.policy, effect.to.person)?.lockedOut !== undefined)
      throw new NotNeeded('Its reader is locked out.')
    const { letter, to } = effect
    const because = mayHaveGone ? undefined : await supersession(context)
    if (because !== undefined) return { outcome: { is: 'mail-withdrawn', letter, to, because }, evidence: because }
    requireDisclosable(effect, world)
    // A mail with `doubt: 'park'` was approved, so each further attempt sends the bytes that the first attempt
    // rendered.
    const keeps = mayHaveGone || effect.doubt === 'park'
    const kept = rendered === undefined || !keeps || hasNewAddress(context, rendered) ? undefined : rendered
    const raw = kept ?? (await renderMail(context))
    const mail = readOutgoingMail(deps, { effect, own, raw })
    await begin(kept === undefined ? raw : undefined)
    const { response } = await mailOut.send(mail)
    return { outcome: { is: 'mail-accepted', letter, to, messageId: mail.messageId }, evidence: response }
  },
}
