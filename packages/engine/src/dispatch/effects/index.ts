import { assertNever } from '@embargo/core'
import type { Effect } from '@embargo/core'
import type { Attempt, Performed } from '../context.ts'
import { archiveChannel } from './archive-channel.ts'
import { invite } from './invite.ts'
import { keepTalk } from './keep-talk.ts'
import { openChannel } from './open-channel.ts'
import { placeCard } from './place-card.ts'
import { post } from './post.ts'
import { remove } from './remove.ts'
import { sendMail } from './send-mail.ts'
import { tellTeam } from './tell-team.ts'
import { updateCard } from './update-card.ts'

/** Performs one effect of any kind. A new kind is a file beside this one and a line here. */
export function perform(context: Attempt, effect: Effect): Promise<Performed> {
  switch (effect.kind) {
    case 'open-channel':
      return openChannel.perform({ ...context, effect })
    case 'archive-channel':
      return archiveChannel.perform({ ...context, effect })
    case 'keep-talk':
      return keepTalk.perform({ ...context, effect })
    case 'tell-team':
      return tellTeam.perform({ ...context, effect })
    case 'invite':
      return invite.perform({ ...context, effect })
    case 'remove':
      return remove.perform({ ...context, effect })
    case 'post':
      return post.perform({ ...context, effect })
    case 'place-card':
      return placeCard.perform({ ...context, effect })
    case 'update-card':
      return updateCard.perform({ ...context, effect })
    case 'send-mail':
      return sendMail.perform({ ...context, effect })
    default:
      return assertNever(effect)
  }
}
