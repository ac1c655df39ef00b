import { z } from 'zod'
import { PersonId, type Sha256 } from '../shared/ids.ts'
import { BranchName } from '../shared/words.ts'
import { Platform } from '../shared/actor.ts'
import { Duration } from './duration.ts'
import { TimeZone } from './time-zone.ts'

const address = z.email('an address looks like security@example.org').max(254)

/** RFC 5321, 4.5.3.1.1: 64 octets before the @. A case's own token takes the rest. */
const MAX_OWN_LOCAL_PART = 16

const ownAddress = address.refine(
  (text) => text.indexOf('@') <= MAX_OWN_LOCAL_PART,
  `an address that takes reports has at most ${MAX_OWN_LOCAL_PART} characters before the @, so that a case's address still fits`,
)

const bySeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject({ critical: value, high: value, moderate: value, low: value })

export const Role = z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])

export const Person = z.strictObject({
  id: PersonId,
  name: z.string().min(1).max(100),
  /** How reporters are told of this person: a first name, or the team. Absent: the project's name. */
  publicName: z.string().min(1).max(100).optional(),
  roles: z.array(Role).default(['team']),
  mail: address.optional(),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'a Slack member id starts with U or W')
    .optional(),
  osUser: z.string().min(1).max(64).optional(),
  /** Where they read: times are shown in it beside UTC. */
  zone: TimeZone.optional(),
})
export type Person = z.infer<typeof Person>

export const Project = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a project id has small letters, digits and dashes'),
  name: z.string().min(1).max(100),
  prefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,9}$/, 'a prefix has 2 to 10 capital letters and digits')
    .default('SEC'),
  address: ownAddress,
  branches: z
    .array(z.strictObject({ name: BranchName, supported: z.boolean().default(true) }))
    .min(1)
    .default([{ name: 'main', supported: true }]),
  announce: address.optional(),
  ossSecurity: address.optional(),
  contact: z.string().max(300).optional(),
})
export type Project = z.infer<typeof Project>

export const Recipient = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a recipient id has small letters, digits and dashes'),
  name: z.string().min(1).max(100),
  address,
  /** The day on which they agreed to the list's terms: standing consent. */
  consented: z.iso.date('a date looks like 2026-01-31').optional(),
  /** Written by a person who accepts that this recipient's mail is readable on its way. */
  plaintext: z.literal('accepted').optional(),
})
export type Recipient = z.infer<typeof Recipient>

export const PrenotificationList = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.string().min(1).max(100),
  recipients: z.array(Recipient).default([]),
})
export type PrenotificationList = z.infer<typeof PrenotificationList>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time looks like 14:00')
export const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof Weekday>

/** The whole policy, every value present: what `decide` reads. A written policy is laid over a profile's values first. */
export const Policy = z.strictObject({
  profile: z.enum(['solo', 'team', 'organisation']),
  projects: z.array(Project).min(1),
  people: z.array(Person).min(1),
  platforms: z.array(Platform).min(1),
  calendar: z.strictObject({
    workingDays: z.array(Weekday).min(1),
    holidays: z.array(z.iso.date()),
    /** The project's own time, for a reader whose zone nobody knows. Days are counted in UTC all the same. */
    zone: TimeZone.optional(),
  }),
  clocks: z.strictObject({
    acknowledge: z.strictObject({
      target: Duration,
      breach: Duration,
      fractions: z.array(z.number().positive().max(1)),
    }),
    /** How long a fix may take, from the rating; unrated counts as high. Never later than 14 days before the embargo's end. */
    fixReady: bySeverity(Duration),
    reporterVerification: bySeverity(Duration),
    embargoWarnings: z.array(Duration),
    updateReporter: Duration,
  }),
  embargo: z.strictObject({ standing: Duration, agreedMost: Duration }),
  prenotification: z.strictObject({ lead: bySeverity(Duration), lists: z.array(PrenotificationList) }),
  releaseWindow: z.strictObject({ days: z.array(Weekday).min(1), from: clockTime, to: clockTime }),
  /** How many people an irreversible command takes; `second-look` is the solo profile's stand-in. */
  approvals: z.strictObject({
    prenotify: z.enum(['second-person', 'second-look']),
    disclose: z.enum(['second-person', 'second-look']),
    secondLookAfter: Duration,
  }),
  /**
   * What becomes of a mail through a mailing list that fits no case. A security address that is itself a list would lose
   * its reports if they were set aside; one that is subscribed to lists sets them aside.
   */
  intake: z.strictObject({ lists: z.enum(['open', 'set-aside']) }),
  /** What a mail with embargoed detail does when its reader has no key (process, section 7). */
  plaintextToReporter: z.enum(['send', 'refuse']),
})
export type Policy = z.infer<typeof Policy>
/** The policy as it is written, before defaults fill it and durations are read. */
export type PolicySource = z.input<typeof Policy>
export type ProfileName = Policy['profile']

/** The policy in force and its hash, which every event names. */
export type PolicyInForce = { readonly policy: Policy; readonly hash: Sha256 }
