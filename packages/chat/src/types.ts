import type { Actor, CaseId, Instant, Platform, Refusal, StreamId } from '@embargo/core'
import type { Card, CaseQuery, Preview, RecordFormat, ReleaseText } from '@embargo/engine'
import type { NamedFile } from './text/zip.ts'
import type { Suggests } from './suggestion-kind.ts'

/** An account on a platform, with its person if the policy links one. */
export type PersonActor = Extract<Actor, { kind: 'person' }>

export type Place = {
  readonly platform: Platform
  readonly channel?: string
  /** The root command's name on this platform; `cvd` if absent. */
  readonly root?: string
  /** The case that was named in the terminal, which has no channels. */
  readonly case?: CaseId
  /** True if only the caller can read this place, which is then a direct message or a terminal. */
  readonly private?: boolean
}

/** The input of a command: typed text, or named values from a form or a button. */
export type Input = Readonly<Record<string, string>> | string

/** One command as an app passes it to the router. Apps only translate, and must not decide anything. */
export type Invocation = {
  readonly verb: string
  readonly input: Input
  readonly actor: PersonActor
  readonly place: Place
  /** The platform's own id for this delivery. A repeated delivery has the same id, so it is handled once. */
  readonly deliveryId: string
  /**
   * True if the caller has already confirmed with the terminal's `--yes`. Even then, the preview of something that
   * cannot be undone must be shown.
   */
  readonly confirmed?: boolean
  /** The attached files. The app fetches them from the platform at once, because the platform's links expire. */
  readonly files?: readonly GivenFile[]
  readonly at: Instant
}

/** A file that a person attached. Its name and type are the sender's claims. */
export type GivenFile = {
  /** The option of the kind `file`, or the text option that the file may fill. */
  readonly option: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/**
 * The answer to a command. With `audience: 'caller'`, nobody else may see the card. A `form` is opened by the app; a
 * platform without forms asks for the form's fields in text.
 */
export type Reply =
  | {
      readonly audience: 'caller' | 'channel'
      readonly card: Card
      readonly facts?: Facts
      /** Files for the caller alone. An app shows them to nobody else. */
      readonly files?: readonly NamedFile[]
      /** Set if everything on the card belongs to one case, although the command itself may concern any case. */
      readonly ofCase?: true
    }
  | { readonly form: Form }
  | { readonly refusal: Card; readonly reason: Refusal }

/** The content of a card as data for a script: what was done, or what would be sent. */
export type Facts =
  /** `note` is set if the result differs from what was asked for. */
  | { readonly is: 'done'; readonly said: string; readonly note?: string; readonly repeated: boolean }
  | {
      readonly is: 'preview'
      /** The digest of what is shown, if a second person must approve exactly that. */
      readonly digest?: string
      readonly warning: string
      readonly sections: Preview['sections']
    }
  /** A document, exactly as it is written to a file. */
  | {
      readonly is: 'document'
      readonly format: RecordFormat | ReleaseText
      readonly draft: boolean
      readonly text: string
    }
  /**
   * `query` is the query that found the cases. It is absent if the account belongs to nobody, because such an account
   * finds no cases. `only`: the cases that also match the searched words.
   */
  | { readonly is: 'cases'; readonly query?: CaseQuery; readonly only?: readonly StreamId[] }

export type FieldKind = 'text' | 'long-text' | 'choice' | 'date-time' | 'file'
export type Choice = { readonly value: string; readonly label: string }

export type FormField = {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly choices?: readonly Choice[]
  readonly optional?: boolean
  readonly value?: string
  readonly hint?: string
  /** The maximum length of a text, in UTF-16 units; for a file, in bytes. */
  readonly most?: number
  readonly suggests?: Suggests
  /** Accepts several values, separated by spaces. */
  readonly several?: boolean
}

/** Submitting a form runs the command `verb` with the values of `hidden` and of the fields as named input. */
export type Form = {
  readonly verb: string
  readonly title: string
  readonly submit: string
  readonly hidden: Readonly<Record<string, string>>
  readonly fields: readonly FormField[]
}
