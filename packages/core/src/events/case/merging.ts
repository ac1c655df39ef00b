import { z } from 'zod'
import { CaseId, MessageId, PersonId, ReporterId, ReportId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { PersonalIdentity, PersonalText } from '../../shared/personal.ts'
import { CreditKind } from '../../shared/words.ts'
import { MailTrust } from '../answers.ts'
import { fact } from '../fact.ts'

/** Reports that go from one case to another: merged, split off again, or divided. */
export const merging = [
  fact('ReportMoved', { report: ReportId, to: CaseId, as: ReportId }),
  /** The other side of it, with all that its reporter answered. A division leaves the report where it was, too. */
  fact('ReportJoined', {
    report: ReportId,
    by: z.enum(['merge', 'split', 'division']),
    from: CaseId,
    was: ReportId,
    reporter: ReporterId,
    identity: PersonalIdentity,
    message: MessageId,
    receivedAt: Instant,
    answerable: z.boolean(),
    asked: z.boolean(),
    person: PersonId.exactOptional(),
    through: z.literal('list').exactOptional(),
    credit: z.object({ kind: CreditKind, name: PersonalText.exactOptional() }).exactOptional(),
    willing: z.boolean().exactOptional(),
    aiUse: z.object({ used: z.boolean(), checkedByPerson: z.boolean() }).exactOptional(),
    consent: z.enum(['agreed', 'declined']).exactOptional(),
    openly: z.boolean().exactOptional(),
  }),
  /** A mail of such a report, as it was taken in where it came. */
  fact('MessageMoved', {
    message: MessageId,
    case: CaseId,
    from: z.enum(['reporter', 'unverified', 'team']),
    report: ReportId.exactOptional(),
    trust: MailTrust,
    takenAt: Instant,
  }),
  /** `end`: when the embargo ends for all of them, where one is in force. */
  fact('CasesMerged', {
    with: CaseId,
    as: z.enum(['into', 'from']),
    reports: z.array(ReportId),
    end: Instant.exactOptional(),
  }),
  fact('CaseSplit', { report: ReportId, into: CaseId, as: ReportId, reason: z.string().max(2000) }),
] as const
