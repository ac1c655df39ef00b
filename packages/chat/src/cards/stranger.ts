import { PLATFORM_WORDS } from '@embargo/core'
import type { CaseState, Platform } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, plain, sentence, strong } from './spans.ts'

/**
 * Says that somebody who is not on the case can read its channel. Being in the channel gives nobody any rights; only
 * the case's list of people does.
 */
export function strangerCard(request: {
  state: CaseState
  /** The platform of the channel and of the stranger's account. */
  platform: Platform
  account: string
  /**
   * The person to whom the account belongs, if the policy knows them: they were removed from the case, or never
   * invited.
   */
  person?: string | undefined
  /** Set if the channel is closed to posts: the card is then posted elsewhere. */
  closed?: boolean
}): Card {
  const { state, platform, account, person, closed = false } = request
  // The card is posted on every platform, so the text must not say “here”: some readers are in another channel.
  const place = `its ${closed ? 'closed ' : ''}channel on ${PLATFORM_WORDS[platform].called}`
  return buildCard({
    kind: 'notice',
    title: `${state.id} · a stranger is in ${place}`,
    lines: [
      line(
        strong(`Somebody who is not on this case can read ${closed ? 'what was said there' : place}: `),
        sentence(account),
        plain(person === undefined ? '.' : `, who is ${person}.`),
      ),
      line('Embargo refuses their commands. Remove them from the channel, and consider what they may have read.'),
    ],
    notification: notificationOf(state),
  })
}
