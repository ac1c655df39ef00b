import { PLATFORMS } from '../../shared/actor.ts'
import type { Platform } from '../../shared/actor.ts'
import { PersonId } from '../../shared/ids.ts'

export type Account = { readonly platform: Platform; readonly account: string }

/** A key for an account across all platforms: no platform's name has a colon. */
export const keyOf = ({ platform, account }: Account): string => `${platform}:${account}`

export const isSameAccount = (one: Account, other: Account): boolean => keyOf(one) === keyOf(other)

/** The id of a person who is known by one account only. The id is made from that account, so it never changes. */
export const personOfOne = ({ platform, account }: Account): PersonId => PersonId.parse(`${platform}-${account}`)

/** The platform of an id that was made from an account; undefined for an id that somebody chose. */
export const platformOfOne = (id: PersonId): Platform | undefined =>
  PLATFORMS.find((platform) => id.startsWith(`${platform}-`))
