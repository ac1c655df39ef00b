import { PLATFORM_WORDS } from '@embargo/core'
import type { CaseState, Platform } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, plain, sentence, strong } from './spans.ts'

/** The right to act and to know comes from the case's list, not from being in the channel. */
export function strangerCard(request: {
  state: CaseState
  /** Where they are, and what their account is one of. */
  platform: Platform
  account: string
  /** Whose account it is, where the policy knows them: somebody who was removed, or never invited. */
  person?: string | undefined
  /** Nothing more is said in the channel, and this is said elsewhere. */
  closed?: boolean
}): Card {
  const { state, platform, account, person, closed = false } = request
  // Posted on every platform, so the text must not say “here”: some readers are in another channel.
  const where = `its ${closed ? 'closed ' : ''}channel on ${PLATFORM_WORDS[platform].called}`
  return buildCard({
    kind: 'notice',
    title: `${state.id} · a stranger is in ${where}`,
    lines: [
      line(
        strong(`Somebody who is not on this case can read ${closed ? 'what was said there' : where}: `),
        sentence(account),
        plain(person === undefined ? '.' : `, who is ${person}.`),
      ),
      line('Commands are refused to them. Remove them from the channel, and think about what they may have read.'),
    ],
    notification: notificationOf(state),
  })
}
