import { EffectId } from '@embargo/core'
import type { Person, Policy } from '@embargo/core'
import { safeError } from '../shared/safe-error.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { KeyVault } from '../ports/key-vault.ts'
import type { Log } from '../ports/time.ts'
import type { KeyedMutex } from '../shared/keyed-mutex.ts'

/** The one channel for messages that belong in no case's channel. */
export const TEAM_CHANNEL = 'embargo-intake'

/** The length of the keyed hash in the id of the effect that opens the channel, in bytes. */
const MARK_BYTES = 16

type TeamChannelDeps = {
  readonly policy: Policy
  readonly log: Log
  readonly keys: Pick<KeyVault, 'mac'>
  /** Several messages may need the channel at the same time, and only one of them may open it. */
  readonly mutex: KeyedMutex
}

/** The effect that opens the team's channel. Its id contains a mark that only the master key can make. */
export function teamChannelEffect({ platform }: Pick<ChatPlatform, 'platform'>, keys: Pick<KeyVault, 'mac'>): EffectId {
  const mark = Buffer.from(keys.mac('intake-channel', platform).slice(0, MARK_BYTES)).toString('hex')
  return EffectId.parse(`intake/channel/${platform}/${mark}`)
}

/** Whether a person belongs in the team's channel. */
export const isTeamChannelMember = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.includes('admin') || roles.includes('team')

/**
 * The team's channel on a platform, which is opened if it is missing. It is recognised by a mark that only the master
 * key can make, so nobody can pass off another channel as the team's.
 */
export async function openTeamChannel(platform: ChatPlatform, deps: TeamChannelDeps): Promise<string> {
  const { policy, log, keys, mutex } = deps
  const effect = teamChannelEffect(platform, keys)
  const { channel } = await mutex(effect, () =>
    platform.openChannel({
      effect,
      name: TEAM_CHANNEL,
      lookUp: true,
      // If outsiders can read a case's channel, core holds back posts in it. Nothing holds back posts in the team's
      // channel, so if outsiders can read the team's channel, another channel is opened for the team.
      unlessOpen: true,
    }),
  )
  const people = policy.people.filter(isTeamChannelMember)
  // If an account cannot be invited, the message is posted for the others all the same.
  await platform.invite({ channel, people: people.map(({ id }) => id) }).catch((error: unknown) => {
    log.warn('somebody of the team could not be invited to the intake channel', safeError(error))
  })
  return channel
}
