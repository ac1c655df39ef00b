import { PLATFORM_WORDS } from '@embargo/core'
import type { Card, TeamChannelNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence, strong } from './spans.ts'

/** Says what outsiders may have read in the team's channel, so that the team can judge a possible leak. */
const READ =
  'Consider what they may have read there: case numbers, how many reports are held, and problems that somebody must fix.'

/** Tells the team that people from outside the team can read the team's own channel. */
export function intakeChannelCard(news: TeamChannelNews): Card {
  const place = PLATFORM_WORDS[news.platform].called
  const notification = notificationOf(undefined)
  if (news.what === 'open')
    return buildCard({
      kind: 'notice',
      title: `People outside the team can read embargo-intake on ${place}`,
      lines: [
        line(strong('Somebody changed who may see it: it is public or shared, or a whole role is let in.')),
        line(
          'Close it to everybody but the team, or delete it: Embargo opens a new one when something must be posted.',
        ),
        line(READ),
      ],
      notification,
    })
  const { account, stays } = news
  return buildCard({
    kind: 'notice',
    title: `Somebody who is not on the team ${stays === undefined ? 'was' : 'is'} in embargo-intake on ${place}`,
    lines: [
      line(strong('Their account: '), sentence(account), '.'),
      ...(stays === undefined
        ? [
            line('Embargo removes them, and says so here if it cannot.'),
            line('To let somebody read there, give them the role of an admin or of the team.'),
          ]
        : [line(strong('Embargo could not remove them: do it by hand. ')), line(sentence(stays))]),
      line(READ),
    ],
    notification,
  })
}
