import type { BlobId, CaseId, MessageId, PersonId, ReportId, Sha256 } from '../../shared/ids.ts'
import type { CreditKind } from '../../shared/words.ts'
import type { AdvisoryLinkRequest } from './advisory-link.ts'
import type { CourseRequest } from './course.ts'
import type { CveRequest } from './cve.ts'
import type { MergingRequest } from './merging.ts'
import type { RetroRequest } from './retro.ts'
import type { Rendering } from './rendering.ts'

/** Requests about a case beside the main line. `case` is always the case for whose channel or number it was typed. */
export type CaseWorkRequest =
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
      /**
       * Instead of a reporter: one holder of the patches, all of them one by one, or a vendor to whom a report was
       * forwarded.
       */
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
      /** Whether that text contains the report as it came, and a part of its reporter's name or address. */
      readonly reportIn: boolean
      readonly nameIn: boolean
      /** The report's attachments that are forwarded, unchanged. */
      readonly files?: readonly Sha256[]
      readonly shown?: Rendering
    }
  /** A reporter is written to at the address from which this mail of theirs came, and no longer at their former one. */
  | {
      readonly verb: 'log-answer.address'
      readonly case: CaseId
      readonly report?: ReportId
      readonly message: MessageId
      /**
       * The mail's sender address, as the engine read it. The log stores it as personal data of the reporter, and not
       * in the question.
       */
      readonly address?: string
      readonly shown?: Rendering
    }
  /** The report came in this person's name and is not theirs. */
  | { readonly verb: 'people.not-reporter'; readonly case: CaseId; readonly person: PersonId }
  /** A team member has checked a channel that more people could read. */
  | { readonly verb: 'settle.channel.ok'; readonly case: CaseId }
  /** Another channel in place of one that is archived or lost. */
  | { readonly verb: 'settle.channel.open'; readonly case: CaseId }
  | { readonly verb: 'close'; readonly case: CaseId; readonly reason?: string }
