import type {
  ApprovedDocument,
  ApprovedMail,
  BlobId,
  Command,
  EffectId,
  MessageId,
  PersonRequest,
  Refusal,
  Sha256,
  StreamId,
  ShownCommand,
} from '@embargo/core'
import type { UnsentMail } from '../ports/presenter.ts'

export type CommandResult =
  | {
      readonly ok: true
      readonly stream: StreamId
      readonly note?: string
      /**
       * Set if something was recorded although there is a note. Without `done`, the note says why nothing was recorded.
       */
      readonly done?: true
      /**
       * Set if the command requests mail but no mail can be sent, so nobody is notified yet. In the answer to a
       * repeated command, the list of addressees is empty.
       */
      readonly unsentMail?: UnsentMail
      readonly repeated: boolean
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly repeated: boolean }

/** Changes that a command makes besides appending its events. Only intake and dispatcher use this. */
export type CommandExtras = {
  /** The stored mail that the command records. The engine adds the id of the case that the command is about. */
  readonly mail?: { readonly message: MessageId; readonly reporter?: string }
  readonly settles?: { readonly effect: EffectId; readonly as: 'done' | 'failed' | 'parked'; readonly evidence: string }
}

/**
 * A command in progress. The digest was made from the original request, before the engine filled in anything, such as
 * the number of a new case.
 */
export type PendingCommand = { readonly command: Command; readonly digest: Sha256; readonly extras: CommandExtras }

/** Before a person confirms one of these commands, a preview shows what the command would send. */
export type IrreversibleRequest = Extract<PersonRequest, { verb: ShownCommand['verb'] | 'approve' }>

/**
 * What an irreversible command would do, completely rendered: every mail with every addressee. The digest identifies
 * exactly this content.
 */
export type Preview = {
  readonly digest: Sha256
  readonly blob: BlobId
  readonly sections: readonly {
    readonly title: string
    readonly text: string
    /**
     * The separate parts of the mail, which the section's `text` shows together. If the mail cannot be sent, `to` is
     * absent, and the section's `text` says why.
     */
    readonly mail?: {
      readonly to?: string
      /** The mail goes to a reporter. The policy decides how much a channel may show about a reporter. */
      readonly ofReporter?: true
      /** The mail could be read in transit, although a report that this mail is about came encrypted. */
      readonly readable?: true
      readonly subject: string
      readonly text: string
      readonly attachments: readonly { readonly name: string; readonly sha256: string }[]
    }
  }[]
  /** The digest of each mail. Before the mail is sent, it is compared with its digest. */
  readonly mails: readonly ApprovedMail[]
  /** The digest of each document. Before the document is published, it is compared with its digest. */
  readonly documents: readonly ApprovedDocument[]
  /** Sentences that a person should read before they approve. The warnings are not part of what is approved. */
  readonly warnings?: readonly string[]
}
