import { z } from 'zod'
import { ReporterId } from './ids.ts'

/**
 * A reporter's personal data inside an event. The store seals `value` under the reporter's own key. When the key is
 * erased, the data is gone and the log stays verifiable; `value` is then `null`.
 */
export function personal<T extends z.ZodType>(value: T) {
  return z.object({ $personal: ReporterId, value: value.nullable() })
}

/**
 * Name and address as the mail states them. They are never trusted, and only the people on the case see them. `login`:
 * the account that made a private report, as the host of the advisories states it.
 */
export const Identity = z.object({
  name: z.string().max(300).optional(),
  address: z.string().max(320),
  login: z.string().max(39).exactOptional(),
})
export type Identity = z.infer<typeof Identity>

export const PersonalIdentity = personal(Identity)
export type PersonalIdentity = z.infer<typeof PersonalIdentity>

export const PersonalText = personal(z.string().max(2000))
export type PersonalText = z.infer<typeof PersonalText>
