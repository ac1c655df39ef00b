import type { Platform } from '../../shared/actor.ts'
import type { BlobId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { LetterName, Addressee } from '../letter.ts'

type Transcript = { readonly blob: BlobId; readonly sha256: Sha256; readonly lines: number }

/** How an effect ended. `in-doubt`: it may or may not have happened and must not be repeated without a person. */
export type Outcome =
  | { readonly is: 'channel-opened'; readonly platform: Platform; readonly channel: string; readonly name: string }
  /** `from`: the first message of its transcript, or when it was read where there was none. */
  | {
      readonly is: 'channel-archived'
      readonly platform: Platform
      readonly channel: string
      readonly transcript?: Transcript
      readonly from?: Instant
    }
  /** `from`: its first message, or when it was read where there was none. */
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
  /** It was overtaken, or nobody needs it, before it left: it does not leave any more. */
  | { readonly is: 'mail-withdrawn'; readonly letter: LetterName; readonly to: Addressee; readonly because: string }
  | {
      readonly is: 'parked'
      readonly doubt: boolean
      readonly because: string
      readonly letter?: LetterName
      readonly to?: Addressee
    }
  /** Nothing to record in the log: the outbox row keeps the evidence. */
  | { readonly is: 'done' }
