import type { DomainVerdict, MailChecks } from '../events/mail-checks.ts'
import type { MailFrom, MailTrust, QuarantineReason, RecipientName } from '../events/answers.ts'
import type { Platform } from '../shared/actor.ts'
import type { CaseId, EffectId, MessageId, PersonId, ReporterId, ReportId, StreamId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Identity } from '../shared/personal.ts'
import type { EarlierKey, PublicKey } from '../shared/public-key.ts'
import type { ChannelLoss } from '../events/case/channels.ts'
import type { BounceKind } from '../events/case/outside.ts'
import type { Addressee, LetterName } from './letter.ts'
import type { Outcome } from './outcome.ts'

/** `exposed`: people who are not on the case can read the channel. */
export type ChannelNews = ChannelLoss | 'renamed' | 'unarchived' | 'exposed'

/** Requests from outside: mail, deadlines, outcomes of effects. */
export type SystemRequest =
  | {
      readonly verb: 'open-case'
      /**
       * The number of the new case. The engine assigns it before it sends the request, and never uses a number twice.
       */
      readonly case: CaseId
      readonly project: string
      readonly message: MessageId
      readonly receivedAt: Instant
      readonly reporter: ReporterId
      /**
       * Absent if the mail could not be read. The mail is then quarantined in the new case, for the reason in
       * `unreadable`.
       */
      readonly identity?: Identity
      readonly unreadable?: QuarantineReason
      /** Set if the sender's address belongs to a team member, who is then the reporter. */
      readonly person?: PersonId
      readonly trust: MailTrust
      readonly checks?: MailChecks
      /** The sender's key, if one came with the mail. */
      readonly key?: PublicKey
      /** The key that is known from an earlier case with the same mail address. */
      readonly earlierKey?: EarlierKey
      readonly automatic: boolean
      readonly through?: 'list'
      /** The private advisory at the host of the project's repository, if the report was made there. */
      readonly advisory?: string
      /** Identifies the content that the advisory had when this program read it. */
      readonly advisoryRevision?: string
      /** The latest cases that the same address opened before, the newest first. */
      readonly earlier?: readonly CaseId[]
      /** Set if the address has already got the maximum number of receipts for a day. */
      readonly receipt?: 'left-out'
      /** The person who admitted the mail after the intake limit held it back. */
      readonly letInBy?: PersonId
      /** Set for a practice report. It came to an address that only the program's own command line knows. */
      readonly practice?: true
    }
  | {
      readonly verb: 'take-in-message'
      readonly case: CaseId
      readonly message: MessageId
      readonly from: MailFrom
      readonly report?: ReportId
      /** The mail was sent to the reply address that we gave to this recipient of pre-notifications. */
      readonly recipient?: RecipientName
      /**
       * The address of another vendor or of the CNA, if the mail was sent to the reply address that we gave to them.
       */
      readonly vendor?: string
      readonly trust: MailTrust
      readonly checks?: MailChecks
      /** The sender's key, if one came with the mail. */
      readonly key?: PublicKey
      /** The key that is known from an earlier case with the same mail address. */
      readonly earlierKey?: EarlierKey
      readonly automatic: boolean
      /** Set if the mail claims to be a bounce of a public letter. Names that letter. */
      readonly returned?: LetterName
    }
  /** The verdict of a later check on the domain of a mail's sender. The DNS did not answer when the mail came. */
  | {
      readonly verb: 'record-domain'
      readonly case: CaseId
      readonly message: MessageId
      readonly trust: MailTrust
      readonly domain: DomainVerdict
      /**
       * The reporter's key, if one came with the mail. Except for the first mail of a report, no key is recorded before
       * the sender's domain was checked.
       */
      readonly key?: PublicKey
      /** The key that is known from an earlier case with the same mail address. */
      readonly earlierKey?: EarlierKey
    }
  /** A key that was found for a reporter who had no known key. */
  | { readonly verb: 'record-key'; readonly case: CaseId; readonly report: ReportId; readonly key: PublicKey }
  | {
      readonly verb: 'quarantine-message'
      readonly case: CaseId
      readonly message: MessageId
      readonly because: QuarantineReason
    }
  /**
   * A mail of ours bounced, or our own relay has not accepted it for some time. `of`: the case or release that sent the
   * mail. `message`: the bounce. If the relay has not accepted the mail, there is no bounce, and `kind` is `delayed`.
   */
  | {
      readonly verb: 'record-bounce'
      readonly case: CaseId
      readonly of: StreamId
      readonly effect: EffectId
      readonly letter: LetterName
      readonly to: Addressee
      readonly kind: BounceKind
      readonly status: string
      readonly message?: MessageId
    }
  /** Somebody who is not on the case is in its channel. With `left`: that person is no longer there. */
  | {
      readonly verb: 'notice-stranger'
      readonly case: CaseId
      readonly platform: Platform
      readonly channel: string
      readonly account: string
      readonly left?: true
    }
  /** Somebody on the case is not in its channel. With `back`: that person is there again. */
  | {
      readonly verb: 'notice-person'
      readonly case: CaseId
      readonly platform: Platform
      readonly channel: string
      readonly person: PersonId
      readonly back?: true
    }
  /** Something that happened to a channel on its platform, or that we noticed there. */
  | {
      readonly verb: 'notice-channel'
      readonly case: CaseId
      readonly platform: Platform
      readonly channel: string
      readonly what: ChannelNews
      /** The channel's present name. */
      readonly name?: string
      /** Set if an effect noticed this when it tried to post in the channel. The effect now waits for a new channel. */
      readonly waits?: true
    }
  | {
      readonly verb: 'fire-clock'
      readonly stream: StreamId
      readonly clock: string
      readonly round: number
      readonly fraction: number
      /**
       * Set if the program was not running when this moment of the deadline came, and for a long time afterwards.
       * Nobody could answer in that time.
       */
      readonly missed?: true
    }
  | { readonly verb: 'record-outcome'; readonly stream: StreamId; readonly effect: EffectId; readonly outcome: Outcome }
