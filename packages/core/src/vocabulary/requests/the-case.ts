import type { BlobId, CaseId, MessageId, PersonId, ReportId, Sha256 } from '../../shared/ids.ts'
import type { CreditKind } from '../../shared/words.ts'
import type { AdvisoryLinkRequest } from './advisory-link.ts'
import type { CourseRequest } from './course.ts'
import type { CveRequest } from './cve.ts'
import type { MergingRequest } from './merging.ts'
import type { RetroRequest } from './retro.ts'
import type { Rendering } from './rendering.ts'

/** What is done about the case beside the main line. `case` is always the case whose channel or number it was typed for. */
export type TheCaseRequest =
  | CourseRequest
  | CveRequest
  | AdvisoryLinkRequest
  | RetroRequest
  | MergingRequest
  | {
      readonly verb: 'advisory'
      readonly case: CaseId
      readonly component?: string
      readonly impact?: string
      readonly workaround?: string
    }
  | {
      readonly verb: 'log-answer.credit'
      readonly case: CaseId
      readonly report?: ReportId
      readonly credit: CreditKind
      readonly name?: string
    }
  | {
      readonly verb: 'reply'
      readonly case: CaseId
      readonly report?: ReportId
      /** Not a reporter: one of those who hold the patches, all of them one by one, or a vendor to whom a report was forwarded. */
      readonly to?: 'recipients' | { readonly recipient: string; readonly list?: string } | { readonly vendor: string }
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | {
      readonly verb: 'party.forward'
      readonly case: CaseId
      readonly report?: ReportId
      /** The other vendor's security contact. */
      readonly to: string
      readonly text: BlobId
      readonly sha256: Sha256
      /** Whether the report, as it came, and a part of its reporter's name or address are in that text. */
      readonly reportIn: boolean
      readonly nameIn: boolean
      /** Which of the report's files go too, as they came. */
      readonly files?: readonly Sha256[]
      readonly shown?: Rendering
    }
  /** A reporter is written to where this mail of theirs came from, and no longer where they were before. */
  | {
      readonly verb: 'log-answer.address'
      readonly case: CaseId
      readonly report?: ReportId
      readonly message: MessageId
      /** Where the mail came from, as the engine read it. It waits in the log as a reporter's own data, and not in the question. */
      readonly address?: string
      readonly shown?: Rendering
    }
  /** The report came in this person's name, and is not theirs. */
  | { readonly verb: 'people.not-reporter'; readonly case: CaseId; readonly person: PersonId }
  /** Somebody of the team has looked at a channel that more people could read. */
  | { readonly verb: 'settle.channel.ok'; readonly case: CaseId }
  /** Another channel in place of one that is archived or lost. */
  | { readonly verb: 'settle.channel.open'; readonly case: CaseId }
  | { readonly verb: 'close'; readonly case: CaseId; readonly reason?: string }
