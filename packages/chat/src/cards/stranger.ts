import { PLATFORM_WORDS } from '@embargo/core'
import type { CaseState, Platform } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, plain, sentence, strong } from './spans.ts'

/**
 * Somebody who is not on the case can read its channel: the right to act and to know comes from the case's list, not
 * from being in the channel.
 */
export function strangerCard(request: {
  state: CaseState
  /** Where they are, and the platform of their account. */
  platform: Platform
  account: string
  /** The person whose account it is, if the policy knows them: somebody who was removed, or never invited. */
  person?: string | undefined
  /** The channel is closed to posts, so this is posted elsewhere. */
  closed?: boolean
}): Card {
  const { state, platform, account, person, closed = false } = request
  // Posted on every platform, so the text must not say “here”: some readers are in another channel.
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
      line('Commands are refused to them. Remove them from the channel, and think about what they may have read.'),
    ],
    notification: notificationOf(state),
  })
}
