import { z } from 'zod'
import { Severity } from '../../shared/words.ts'

export const address = z.email('an address looks like security@example.org').max(254)

/**
 * RFC 5321, 4.5.3.1.1 allows 64 octets before the @. If our own address has 16 of them, 48 remain for the token of a
 * case.
 */
const MAX_OWN_LOCAL_PART = 16

export const webAddress = z
  .url({ protocol: /^https$/, error: 'a web address looks like https://quillmark.example' })
  .max(500)

export const ownAddress = address.refine(
  (text) => text.indexOf('@') <= MAX_OWN_LOCAL_PART,
  `an address that takes reports has at most ${MAX_OWN_LOCAL_PART} characters before the @, to leave room for the token of a case`,
)

/** A schema with one value for each severity, the most severe first. */
export const bySeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    critical: value.describe('For a critical case.'),
    high: value.describe('For a case of high severity, and for one that is not rated.'),
    moderate: value.describe('For a case of moderate severity.'),
    low: value.describe('For a case of low severity.'),
  })

export const severities = z.array(Severity)

export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time looks like 14:00')

export const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof Weekday>

export const projectId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a project id has small letters, digits and dashes')

/** A public key: the path of a file, or an armored block. Its content is checked later, when the key is read. */
export const publicKeyText = z.string().min(1).max(100_000)

/** The path of a file or folder: absolute, or relative to the policy's folder. */
export const filePath = z.string().min(1).max(400)
