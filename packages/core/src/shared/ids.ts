import { z } from 'zod'

/** `<PREFIX>-<year>-<at least 4 digits>`, for example SEC-2026-0042. The number says nothing about the product. */
export const CaseId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,9}-\d{4}-\d{4,}$/, 'a case number looks like SEC-2026-0042')
  .brand('CaseId')
export type CaseId = z.infer<typeof CaseId>

/** The prefix of practice case numbers, so every card, line and subject shows that the case is only practice. */
export const PRACTICE_PREFIX = 'PRACTICE'

/** Placeholder for the number of a new case in a request, until the engine assigns the number. */
export const NO_NUMBER = CaseId.parse('NEW-0000-0000')

/** `REL-<prefix>-<date>` for a planned release; `REL-<case>-<n>` for the release of a case that is published alone. */
export const ReleaseId = z
  .string()
  .regex(/^REL-[A-Z0-9-]+$/, 'a release looks like REL-SEC-2026-0042-1')
  .brand('ReleaseId')
export type ReleaseId = z.infer<typeof ReleaseId>

/** The one stream for events that concern people and belong to no case, such as absences and linked accounts. */
export const PeopleStream = z.literal('PEOPLE')
export type PeopleStream = z.infer<typeof PeopleStream>

export const PEOPLE: PeopleStream = 'PEOPLE'

export const StreamId = z.union([CaseId, ReleaseId, PeopleStream])
export type StreamId = z.infer<typeof StreamId>

/**
 * The id of a person. The policy's `people` gives the id. If the policy does not list the person, the id is made from
 * one account of theirs. Two-person rules count persons by this id.
 */
export const PersonId = z.string().min(1).max(128).brand('PersonId')
export type PersonId = z.infer<typeof PersonId>

/** One report within a case: `<case>/r<n>`. */
export const ReportId = z.string().min(1).max(64).brand('ReportId')
export type ReportId = z.infer<typeof ReportId>

/** Identifies the key with which a reporter's identity is sealed. Each report has one such key. */
export const ReporterId = z.string().min(1).max(64).brand('ReporterId')
export type ReporterId = z.infer<typeof ReporterId>

/** A stored mail that was received or sent. */
export const MessageId = z.string().min(1).max(256).brand('MessageId')
export type MessageId = z.infer<typeof MessageId>

/** Sealed bytes in the blob store: a patch, or what an approval showed. */
export const BlobId = z.string().min(1).max(128).brand('BlobId')
export type BlobId = z.infer<typeof BlobId>

/**
 * Identifies a command: the platform's delivery id, the id of the stored mail, `stream:clock:round:fraction` of a
 * deadline, or the id and outcome of an effect.
 */
export const CommandId = z.string().min(1).max(512).brand('CommandId')
export type CommandId = z.infer<typeof CommandId>

/** `commandId:n`, where n counts everything that the command appended. */
export const EventId = z.string().min(1).max(520).brand('EventId')
export type EventId = z.infer<typeof EventId>

/**
 * `eventId/kind/target`. Identifies something that must be sent outside once, and is the idempotency key for external
 * services.
 */
export const EffectId = z.string().min(1).max(800).brand('EffectId')
export type EffectId = z.infer<typeof EffectId>

/** `<case>/a<n>`: one approval request. */
export const ApprovalId = z.string().min(1).max(64).brand('ApprovalId')
export type ApprovalId = z.infer<typeof ApprovalId>

/** A lower-case hexadecimal SHA-256 of a patch, of a policy, or of what an approval showed. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits')
  .brand('Sha256')
export type Sha256 = z.infer<typeof Sha256>
