import { assertNever } from '@embargo/core'
import type { Effect, EffectKind, Outcome, Platform, ReportId } from '@embargo/core'
import type { Attempt, EarlyOutcome, EffectHandler, EffectOf, EffectResult } from '../context.ts'
import { archiveChannel } from './archive-channel.ts'
import { deliver } from './deliver.ts'
import { invite } from './invite.ts'
import { keepTalk } from './keep-talk.ts'
import { openChannel } from './open-channel.ts'
import { placeCard } from './place-card.ts'
import { post } from './post.ts'
import { rejectCve } from './reject-cve.ts'
import { remove } from './remove.ts'
import { requestCve } from './request-cve.ts'
import { reserveCve } from './reserve-cve.ts'
import { sendMail } from './send-mail.ts'
import { tellTeam } from './tell-team.ts'
import { updateCard } from './update-card.ts'

/** An effect together with everything that the handler of its kind says about it. */
export type BoundEffect = {
  perform(context: Attempt): Promise<EffectResult>
  readonly caseChannelOn: Platform | undefined
  readonly waitsForNextChannel: boolean
  readonly opensChannel: boolean
  readonly asksPersonAtOnce: boolean
  readonly announces: boolean
  readonly repeatsForDays: boolean
  readonly doubt: Effect['doubt']
  /** Whether a permanent refusal is recorded as an outcome. If so, no person is asked about it. */
  readonly recordsRefusal: boolean
  readonly report: ReportId | undefined
  notNeeded(because: string): Outcome
  refused(because: string): Outcome | undefined
  beforeParking(rendered: Uint8Array | undefined): EarlyOutcome | undefined
  parked(): Pick<Extract<Outcome, { is: 'parked' }>, 'letter' | 'to' | 'step' | 'case'>
}

const bind = <K extends EffectKind>(handler: EffectHandler<K>, effect: EffectOf<K>): BoundEffect => ({
  perform: (context) => handler.perform({ ...context, effect }),
  caseChannelOn: handler.caseChannelOn?.(effect),
  waitsForNextChannel: handler.waitsForNextChannel ?? false,
  opensChannel: handler.opensChannel ?? false,
  asksPersonAtOnce: handler.asksPersonAtOnce ?? false,
  announces: handler.announces ?? false,
  repeatsForDays: handler.repeatsForDays ?? false,
  doubt: effect.doubt,
  recordsRefusal: handler.refused !== undefined,
  report: handler.reportOf?.(effect),
  notNeeded: (because) => handler.notNeeded?.(effect, because) ?? { is: 'done' },
  refused: (because) => handler.refused?.(effect, because),
  beforeParking: (rendered) => handler.beforeParking?.(effect, rendered),
  parked: () => handler.parked?.(effect) ?? {},
})

/** An effect of any kind with its handler. To add a kind, add a file to this folder and a line here. */
export function bindEffect(effect: Effect): BoundEffect {
  switch (effect.kind) {
    case 'open-channel':
      return bind(openChannel, effect)
    case 'archive-channel':
      return bind(archiveChannel, effect)
    case 'keep-talk':
      return bind(keepTalk, effect)
    case 'tell-team':
      return bind(tellTeam, effect)
    case 'invite':
      return bind(invite, effect)
    case 'remove':
      return bind(remove, effect)
    case 'post':
      return bind(post, effect)
    case 'place-card':
      return bind(placeCard, effect)
    case 'update-card':
      return bind(updateCard, effect)
    case 'send-mail':
      return bind(sendMail, effect)
    case 'deliver':
      return bind(deliver, effect)
    case 'reserve-cve':
      return bind(reserveCve, effect)
    case 'request-cve':
      return bind(requestCve, effect)
    case 'reject-cve':
      return bind(rejectCve, effect)
    default:
      return assertNever(effect)
  }
}
