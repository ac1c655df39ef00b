import { z } from 'zod'
import { ReporterId } from './ids.ts'

/**
 * A reporter's personal data inside an event. The store seals `value` under that reporter's own key. Erasing the key
 * erases the data and leaves the log verifiable; `value` is then read as `null`.
 */
export function personal<T extends z.ZodType>(value: T) {
  return z.object({ $personal: ReporterId, value: value.nullable() })
}

/**
 * Name and address as the mail gave them. They are never trusted, and only shown to the people on the case. `login`:
 * the account that made a private report at the host of the advisories, as the host itself states it.
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
