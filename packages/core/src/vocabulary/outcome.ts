import type { DocumentStepId } from '../events/step-id.ts'
import type { Platform } from '../shared/actor.ts'
import type { BlobId, CaseId, Sha256 } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { CveId } from '../shared/words.ts'
import type { LetterName, Addressee } from './letter.ts'

type Transcript = { readonly blob: BlobId; readonly sha256: Sha256; readonly lines: number }

/** How an effect ended. `parked`: a person must decide. With `doubt`, nobody knows whether the effect happened. */
export type Outcome =
  | { readonly is: 'channel-opened'; readonly platform: Platform; readonly channel: string; readonly name: string }
  /** `from`: the time of the transcript's first message or, if there was none, the time when the channel was read. */
  | {
      readonly is: 'channel-archived'
      readonly platform: Platform
      readonly channel: string
      readonly transcript?: Transcript
      readonly from?: Instant
    }
  /** `from`: the time of the transcript's first message or, if there was none, the time when the channel was read. */
  | {
      readonly is: 'talk-kept'
      readonly platform: Platform
      readonly channel: string
      readonly transcript: Transcript
      readonly from: Instant
    }
  | {
      readonly is: 'card-placed'
      readonly platform: Platform
      readonly slot: string
      readonly channel: string
      readonly message: string
    }
  | { readonly is: 'mail-accepted'; readonly letter: LetterName; readonly to: Addressee; readonly messageId: string }
  | { readonly is: 'mail-failed'; readonly letter: LetterName; readonly to: Addressee; readonly because: string }
  /** `test`: the id is from a test instance. */
  | { readonly is: 'cve-reserved'; readonly cve: CveId; readonly test?: true }
  /** Another CNA assigned this id. */
  | { readonly is: 'cve-assigned'; readonly cve: CveId }
  | { readonly is: 'cve-refused'; readonly because: string }
  /** The mail was outdated or no longer needed before it left, so it is not sent. */
  | { readonly is: 'mail-withdrawn'; readonly letter: LetterName; readonly to: Addressee; readonly because: string }
  | {
      readonly is: 'parked'
      readonly doubt: boolean
      readonly because: string
      readonly letter?: LetterName
      readonly to?: Addressee
      readonly step?: DocumentStepId
      readonly case?: CaseId
    }
  /** `link`: where people can see the delivered document. */
  | {
      readonly is: 'delivered'
      readonly step: DocumentStepId
      readonly case: CaseId
      readonly link?: string
      /** The evidence, if there is no link. */
      readonly evidence?: string
      /**
       * Identifies the content that is now at the target, so that a correction does not overwrite what somebody else
       * changed there.
       */
      readonly mark?: string
    }
  /** The effect is done. The log records nothing, because the effect's row in the database keeps the evidence. */
  | { readonly is: 'done' }
