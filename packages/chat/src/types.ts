import type { Actor, CaseId, Instant, Platform, Refusal, StreamId } from '@embargo/core'
import type { Card, CaseQuery, Preview } from '@embargo/engine'
import type { Suggests } from './suggestion-kind.ts'

/** An account on a platform, with its person if the policy links one. */
export type PersonActor = Extract<Actor, { kind: 'person' }>

export type Place = {
  readonly platform: Platform
  readonly channel?: string
  /** The root command's name there; `cvd` if absent. */
  readonly root?: string
  /** The terminal has no channels, so the case is named there. */
  readonly case?: CaseId
  /** Only the caller reads this place: a direct message, a terminal. */
  readonly private?: boolean
}

/** What was typed (text), chosen in a form or carried by a button (named values), and where. */
export type Input = Readonly<Record<string, string>> | string

/** One command as an app passes it on. Apps translate into this and decide nothing. */
export type Invocation = {
  readonly verb: string
  readonly input: Input
  readonly actor: PersonActor
  readonly place: Place
  /** The platform's own id for this delivery: a repeated delivery carries the same one and is handled once. */
  readonly deliveryId: string
  /**
   * The caller has confirmed already (the terminal's `--yes`). It never replaces a preview of something that cannot be
   * undone.
   */
  readonly confirmed?: boolean
  /** Files attached to options that take one, fetched from the platform at once because its links expire. */
  readonly files?: readonly GivenFile[]
  readonly at: Instant
}

/** A file as a person attached it; name and type are the sender's claims. */
export type GivenFile = {
  /** The option of the kind `file`, or the one that takes the same as text. */
  readonly option: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** `caller`: nobody else may see it. A form is opened; a platform without forms asks for its fields. */
export type Reply =
  | {
      readonly audience: 'caller' | 'channel'
      readonly card: Card
      readonly facts?: Facts
      /** For a command that may be about anything: all that it shows belongs to the given case. */
      readonly ofCase?: true
    }
  | { readonly form: Form }
  | { readonly refusal: Card; readonly reason: Refusal }

/** A card as data for a script: what was done, or what would be sent. */
export type Facts =
  /** `note`: the result differs from what was asked for. */
  | { readonly is: 'done'; readonly said: string; readonly note?: string; readonly repeated: boolean }
  | {
      readonly is: 'preview'
      /** The digest of what is shown, if a second person must approve exactly that. */
      readonly digest?: string
      readonly warning: string
      readonly sections: Preview['sections']
    }
  /**
   * The query that found the cases; absent for an account that belongs to nobody, which finds none.
   * `only`: the cases that also match the words.
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
  /** The longest text, in UTF-16 units; for a file, bytes. */
  readonly most?: number
  readonly suggests?: Suggests
  /** Accepts several values, separated by spaces. */
  readonly several?: boolean
}

/** Submitting a form runs its verb again, with `hidden` and the fields' values as named input. */
export type Form = {
  readonly verb: string
  readonly title: string
  readonly submit: string
  readonly hidden: Readonly<Record<string, string>>
  readonly fields: readonly FormField[]
}
