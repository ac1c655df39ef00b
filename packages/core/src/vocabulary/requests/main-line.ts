import type { Remediator } from '../../events/answers.ts'
import type { BlobId, CaseId, MessageId, PersonId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Disposition, Severity } from '../../shared/words.ts'
import type { Rendering } from './rendering.ts'
import type { LoggedAnswer } from './logged-answer.ts'

/**
 * The main line of the process, from acknowledgment to disclosure. `case` is always the case for whose channel or
 * number it was typed.
 */
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
      /** Whose software it is, and how they are told; or where it was fixed before. */
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
      /** Its author, if that is not the person who submits it. */
      readonly author?: Remediator
      /** A second place to see it. Nothing is fetched from there: the hash is of the bytes that were submitted. */
      readonly link?: string
      /** The version of its branch that has it. */
      readonly fixedVersion?: string
      /** What the public texts are written from. */
      readonly advisory?: { readonly component: string; readonly impact: string; readonly workaround?: string }
    }
  | {
      readonly verb: 'confirm'
      readonly case: CaseId
      readonly branch?: string
      readonly fixed: boolean
      readonly note?: string
      /** The first digits of the hashes of the patches that were shown, so that no other patch is meant. */
      readonly sha256?: readonly string[]
    }
  | {
      readonly verb: 'log-answer'
      readonly case: CaseId
      readonly message: MessageId
      readonly answer: LoggedAnswer
      /** The mail also asks something else, so it waits for a reply. */
      readonly more?: true
    }
  | { readonly verb: 'prenotify'; readonly case: CaseId; readonly at?: Instant; readonly shown?: Rendering }
  | {
      readonly verb: 'disclose'
      readonly case: CaseId
      /** The instant at which it begins, if it is approved in advance. */
      readonly from?: Instant
      /** Why there is no fix; then no fixed release is published. */
      readonly unfixed?: string
      readonly shown?: Rendering
    }
