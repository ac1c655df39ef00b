import { PLATFORMS } from '../../shared/actor.ts'
import type { Platform } from '../../shared/actor.ts'
import { PersonId } from '../../shared/ids.ts'

export type Account = { readonly platform: Platform; readonly account: string }

/** A key for an account on any platform. It is unambiguous, because platform names contain no colon. */
export const keyOf = ({ platform, account }: Account): string => `${platform}:${account}`

export const isSameAccount = (one: Account, other: Account): boolean => keyOf(one) === keyOf(other)

/** The id of a person who is known by one account only. The id is made from that account, so it never changes. */
export const personOfOne = ({ platform, account }: Account): PersonId => PersonId.parse(`${platform}-${account}`)

/** The platform of an id that was made from an account. Undefined for an id that the policy gives. */
export const platformOfOne = (id: PersonId): Platform | undefined =>
  PLATFORMS.find((platform) => id.startsWith(`${platform}-`))
