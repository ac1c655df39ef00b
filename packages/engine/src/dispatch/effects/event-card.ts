import { BlobId, MessageId } from '@embargo/core'
import type { Attempt, EffectOf } from '../context.ts'
import type { Card } from '../../ports/card.ts'
import { withFindings } from '../../documents/content-findings.ts'
import { mailBacklog, unsentMail } from '../../queries/mail-backlog.ts'
import { readableMail } from '../../queries/readable-mail.ts'

/** The card as the presenter draws it now; undefined if people need not see anything. */
export async function eventCard(
  context: Attempt & { readonly effect: EffectOf<'post' | 'place-card' | 'update-card' | 'tell-team'> },
): Promise<Card | undefined> {
  const { effect, recorded, state, policy, now, deps, outside } = context
  const world = effect.kind === 'tell-team' ? context.world : await withFindings(deps, context.world)
  return outside.presenter.card({
    effect,
    ...(effect.kind === 'post' ? unsentMail(deps, deps.domain.react(recorded, world, policy)) : {}),
    ...(world.case === undefined ? {} : await mailBacklog(deps, world.case.id)),
    platform: effect.platform,
    recorded,
    state,
    world,
    policy,
    at: now,
    stateOf: async (stream) => (await deps.states.load(stream)).state,
    async mail(message) {
      const id = MessageId.safeParse(message)
      const mail = id.success ? await deps.readMail(id.data) : undefined
      return mail === undefined ? undefined : readableMail(mail)
    },
    async blobText(blob) {
      const id = BlobId.safeParse(blob)
      return id.success ? deps.blobText(id.data) : undefined
    },
  })
}
