import { PLATFORM_WORDS } from '@embargo/core'
import type { OutsiderKind } from '@embargo/core'
import type { Card, OutsidersNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence, strong } from './spans.ts'

const IS: Readonly<Record<OutsiderKind, string>> = {
  guest: 'a guest',
  'other-organisation': 'of another organisation',
  bot: 'a bot',
  deactivated: 'deactivated',
  'not-admitted': 'not admitted to the server yet',
}

/** Says which accounts in a platform's group do not get the role that the group gives, and why. */
export function outsidersCard({ platform, role, outsiders, admins }: OutsidersNews): Card {
  const place = PLATFORM_WORDS[platform].called
  return buildCard({
    kind: 'notice',
    title: `The ${place} group for ${role} has accounts that are not full members`,
    lines: [
      line(strong('The group gives them no role, and they see no case:')),
      ...outsiders.map(({ account, name, is }) =>
        line(sentence(name === '' ? account : `${name} (${account})`), `: ${IS[is]}.`),
      ),
      line(
        'To let somebody work on cases, list them in the policy with their account. Remove the others from the group.',
      ),
    ],
    mentions: admins,
    notification: notificationOf(undefined),
  })
}
