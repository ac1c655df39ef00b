import type { Card } from '@embargo/engine'
import { outsidersCard } from '../src/index.ts'
import { ana } from './policy.ts'
import { START } from './small-house.ts'

/** A group with a guest, who is called as they like, and a bot in it. */
export function guestsInGroup(name: string): Card {
  const guest = { platform: 'slack', account: 'U0GUEST', name, is: 'guest', since: START } as const
  const bot = { ...guest, account: 'U0ROBOT', name: '', is: 'bot' } as const
  return outsidersCard({ platform: 'slack', role: 'team', outsiders: [guest, bot], since: START, admins: [ana] })
}
