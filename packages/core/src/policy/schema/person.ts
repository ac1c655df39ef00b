import { z } from 'zod'
import type { Platform } from '../../shared/actor.ts'
import { PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { TimeZone } from '../time-zone.ts'
import { address, publicKeyText } from './shapes.ts'

export const Role = z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])

/** Somebody who works on cases, with all their accounts. Rules that need two people count persons, not accounts. */
export const Person = z.strictObject({
  id: PersonId.describe('A short name, used in the policy and in commands.'),
  name: z.string().min(1).max(100).describe('The name that the team sees.'),
  publicName: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('The name that reporters see, such as a first name. Without it, they see the project’s name.'),
  roles: z
    .array(Role)
    .default(['team'])
    .describe(
      'The person’s roles. A `maintainer` is invited case by case; an `observer` only reads and runs no commands.',
    ),
  mail: address
    .optional()
    .describe('The address for escalations. If a report comes from it, the person is barred from that case.'),
  key: publicKeyText
    .optional()
    .describe(
      'The person’s OpenPGP public key: a file beside the policy, or the armored block. Ask the person to confirm its fingerprint first, because mail that is signed with this key counts as theirs.',
    ),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'a Slack member id starts with U or W')
    .optional()
    .describe('The Slack member id.'),
  discord: z
    .string()
    .regex(/^\d{17,20}$/, 'a Discord user id has 17 to 20 digits, in quotes')
    .optional()
    .describe('The Discord user id. Write it in quotes: as a number it would lose its last digits.'),
  osUser: z.string().min(1).max(64).optional().describe('The person’s user name on the machine, for the terminal.'),
  away: z
    .array(
      z.strictObject({
        from: z.iso.date('a day looks like 2026-07-14').describe('The first day.'),
        back: z.iso.date('a day looks like 2026-07-14').describe('The day on which they are back.'),
      }),
    )
    .optional()
    .describe('Known absences, during which the next in line does this person’s tasks.'),
  zone: TimeZone.optional().describe(
    'The person’s time zone, as an IANA name such as Europe/Berlin. It is used for the dates that they type and the times in mails to them.',
  ),
})
/** A person as the policy lists them, together with facts that do not come from the policy. */
export type Person = z.infer<typeof Person> & {
  /** The ids under which this person acted before their accounts were linked. */
  readonly also?: readonly PersonId[]
  /**
   * Set if the policy does not list the person. Such a person is known by only one account, as a member of a platform's
   * group.
   */
  readonly known?: 'group'
  /** Platforms on which they linked an account that the policy does not list. */
  readonly linked?: readonly Platform[]
  /** For a person who is locked out: their former accounts and address. They now have no role, account or address. */
  readonly lockedOut?: {
    readonly accounts: readonly { readonly platform: Platform; readonly account: string }[]
    readonly mail?: string
    readonly since: Instant
  }
  /** Other persons who are certainly not this person, because an admin has confirmed that. */
  readonly apartFrom?: readonly PersonId[]
}
