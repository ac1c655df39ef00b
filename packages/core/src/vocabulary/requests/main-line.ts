import type { Remediator } from '../../events/answers.ts'
import type { BlobId, CaseId, MessageId, PersonId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Disposition, Severity } from '../../shared/words.ts'
import type { Rendering } from './rendering.ts'
import type { LoggedAnswer } from './logged-answer.ts'

/** The main line of the process, from acknowledgment to disclosure. `case` is always the case whose channel or number it was typed for. */
export type MainLineRequest =
  | { readonly verb: 'ack'; readonly case: CaseId; readonly note?: string }
  | {
      readonly verb: 'triage'
      readonly case: CaseId
      readonly disposition: Disposition
      readonly severity?: Severity
      readonly cvss3?: string
      readonly cvss4?: string
      readonly cwe?: string
      readonly reason?: string
      /** Whose problem it is, and how they are told; where it was fixed before. */
      readonly vendor?: string
      readonly contact?: string
      readonly fixedIn?: string
    }
  | {
      readonly verb: 'triage.affects'
      readonly case: CaseId
      readonly branch: string
      readonly affected: boolean
      readonly range?: string
      readonly fixedVersion?: string
    }
  | {
      readonly verb: 'assign-patch'
      readonly case: CaseId
      readonly to: PersonId | 'reporter'
      readonly branches: readonly string[]
    }
  | {
      readonly verb: 'patch'
      readonly case: CaseId
      readonly branch?: string
      readonly sha256: Sha256
      readonly blob: BlobId
      readonly fileName: string
      /** Who wrote it, when it is not who submits it. */
      readonly author?: Remediator
      /** Where it can be seen besides. Nothing is fetched from there: the hash is that of the bytes that came. */
      readonly link?: string
    }
  | {
      readonly verb: 'confirm'
      readonly case: CaseId
      readonly branch?: string
      readonly fixed: boolean
      readonly note?: string
      /** How the hashes begin of the patches that were shown: no other is meant. */
      readonly sha256?: readonly string[]
    }
  | {
      readonly verb: 'log-answer'
      readonly case: CaseId
      readonly message: MessageId
      readonly answer: LoggedAnswer
      /** The mail asks something else besides: it waits for a reply. */
      readonly more?: true
    }
  | { readonly verb: 'prenotify'; readonly case: CaseId; readonly at?: Instant; readonly shown?: Rendering }
  | {
      readonly verb: 'disclose'
      readonly case: CaseId
      /** Approved ahead, it begins at that instant. */
      readonly from?: Instant
      /** Why nothing is fixed: then no fixed release is published. */
      readonly unfixed?: string
      readonly shown?: Rendering
    }
