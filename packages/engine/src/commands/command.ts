import type {
  ApprovedMail,
  BlobId,
  Command,
  EffectId,
  MessageId,
  PersonRequest,
  Refusal,
  Sha256,
  StreamId,
  TwoPersonVerb,
} from '@embargo/core'
import type { UnsentMail } from '../ports/presenter.ts'

export type CommandResult =
  | {
      readonly ok: true
      readonly stream: StreamId
      readonly note?: string
      /** Beside a note: something was recorded all the same. */
      readonly done?: true
      /** It asks for mail, and none leaves: nobody is told by it yet. A repetition does not know for whom it was. */
      readonly unsentMail?: UnsentMail
      readonly repeated: boolean
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly repeated: boolean }

/** What a command changes beside its own events; only intake and dispatcher say this. */
export type CommandExtras = {
  /** The stored mail that the command takes in. The engine adds the stream. */
  readonly mail?: { readonly message: MessageId; readonly reporter?: string }
  readonly settles?: { readonly effect: EffectId; readonly as: 'done' | 'failed' | 'parked'; readonly evidence: string }
}

/** A command on its way; the digest is of what was asked, before anything was filled in. */
export type PendingCommand = { readonly command: Command; readonly digest: Sha256; readonly extras: CommandExtras }

/** The commands that show what would leave before they are meant. */
export type IrreversibleRequest = Extract<PersonRequest, { verb: TwoPersonVerb | 'approve' }>

/** What an irreversible command would do, rendered whole: every mail, every addressee. The digest names exactly this. */
export type Preview = {
  readonly digest: Sha256
  readonly blob: BlobId
  readonly sections: readonly {
    readonly title: string
    readonly text: string
    /** The parts of the mail that `text` shows whole; `to` is absent where nobody can be sent it. */
    readonly mail?: {
      readonly to?: string
      /** It answers somebody’s report: how much of them a channel shows is the policy’s to say. */
      readonly ofReporter?: true
      readonly subject: string
      readonly text: string
      readonly attachments: readonly { readonly name: string; readonly sha256: string }[]
    }
  }[]
  /** The digest of each mail, checked again when it leaves. */
  readonly mails: readonly ApprovedMail[]
}
