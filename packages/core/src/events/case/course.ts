import { z } from 'zod'
import { BlobId, CaseId, MessageId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests that most cases do not need, for example to ask a reporter a question, or to defer or reopen the case. */
export type CourseRequest =
  /** Asks a reporter one question. If they do not answer, the case closes, unless it is accepted or deferred. */
  | {
      readonly verb: 'reply.question'
      readonly case: CaseId
      readonly report?: ReportId
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | { readonly verb: 'triage.not-now'; readonly case: CaseId; readonly reason: string }
  /** Reopens a closed case, or continues a deferred case. */
  | { readonly verb: 'reopen'; readonly case: CaseId; readonly reason: string }
  /** Tells the reporters about the progress of the case. */
  | { readonly verb: 'reply.progress'; readonly case: CaseId; readonly report?: ReportId }
  /**
   * Asks a reporter to send again a mail that nobody here can open: `message`, or the last such mail if `message` is
   * absent.
   */
  | { readonly verb: 'reply.resend'; readonly case: CaseId; readonly message?: MessageId }
  /** Records which other party the case waits for. Without `party`, records that the case no longer waits. */
  | { readonly verb: 'party.wait'; readonly case: CaseId; readonly party?: string }
  /**
   * Records the number under which another vendor handles a forwarded report. `to` is needed if the report was
   * forwarded to several vendors.
   */
  | { readonly verb: 'party.reference'; readonly case: CaseId; readonly reference: string; readonly to?: string }
  | {
      readonly verb: 'advisory.as'
      readonly case: CaseId
      readonly publication: 'release' | 'advisory' | 'none'
      readonly reason?: string
    }

/**
 * The longest reference number of another vendor, in characters. The subject of our mails to the vendor contains the
 * number.
 */
export const REFERENCE_MAX = 60

/** The set of roles that may make each request. */
export const courseRoles = {
  'reply.question': 'coordinate',
  'triage.not-now': 'coordinate',
  reopen: 'coordinate',
  'reply.progress': 'coordinate',
  'reply.resend': 'coordinate',
  'party.wait': 'coordinate',
  'party.reference': 'coordinate',
  'advisory.as': 'coordinate',
} satisfies Record<CourseRequest['verb'], RoleSet>

/** How two cases are related, seen from the case that records the relation. */
export const LinkKind = z.enum(['follows', 'followed-by', 'split-from', 'split-into', 'merged-from'])
export type LinkKind = z.infer<typeof LinkKind>

/** Events that most cases do not have, for example about questions, pauses and reopening. */
export const course = [
  fact('InfoRequested', { report: ReportId, text: BlobId, sha256: Sha256, dueAt: Instant }, 'both'),
  fact('InfoReceived', { report: ReportId, message: MessageId }, 'both'),
  /** The reporter's time for the answer is over, and no answer came. */
  fact('InfoMissed', { report: ReportId, askedAt: Instant }, 'both'),
  /**
   * The reporter is told about the progress of the case. `reason` says why there was no progress, if somebody gave a
   * reason.
   */
  fact('ReporterUpdated', { report: ReportId, reason: z.string().max(2000).exactOptional() }, 'message'),
  /** The reporter is asked to send this mail again, because nobody here can open it. */
  fact('ResendRequested', { report: ReportId, message: MessageId }, 'message'),
  fact('CaseReopened', { as: z.enum(['received', 'valid']), reason: z.string().max(2000) }, 'both'),
  /** A person decided that the mail that came after closing gets no answer. */
  fact('LateMailSetAside', { reason: z.string().max(2000) }, 'both'),
  /** `mail`: the mail in this case that was the reason to open the other case, if there is one. */
  fact('CaseLinked', { case: CaseId, as: LinkKind, mail: MessageId.exactOptional() }, 'both'),
  fact('WaitingOnParty', { party: z.string().max(200) }, 'both'),
  fact('PartyAnswered', {}, 'both'),
  /**
   * The number that another vendor uses for a forwarded report. `to`: the address to which the report was forwarded.
   */
  fact('VendorReferenceRecorded', { to: z.string().max(320), reference: z.string().max(REFERENCE_MAX) }, 'message'),
  fact(
    'PublicationChosen',
    {
      publication: z.enum(['release', 'advisory', 'none']),
      reason: z.string().max(2000).exactOptional(),
    },
    'both',
  ),
] as const
export type CourseEvent = z.infer<(typeof course)[number]>
