import type { Actor, CaseId, Instant, Platform, Refusal, StreamId } from '@embargo/core'
import type { Card, CaseQuery, Preview } from '@embargo/engine'
import type { Suggests } from './suggestion-kind.ts'

/** An account on a platform, with its person where the policy links one. */
export type PersonActor = Extract<Actor, { kind: 'person' }>

export type Place = {
  readonly platform: Platform
  readonly channel?: string
  /** How the root command is called there; `cvd` without it. */
  readonly root?: string
  /** The terminal has no channels: there the case is named. */
  readonly case?: CaseId
  /** Only the caller reads this place: a direct message, a terminal. */
  readonly private?: boolean
}

/** What was typed (text), chosen in a form or carried by a button (named values), and where. */
export type Input = Readonly<Record<string, string>> | string

/** One command as an app hands it over. Apps translate into this and decide nothing. */
export type Invocation = {
  readonly verb: string
  readonly input: Input
  readonly actor: PersonActor
  readonly place: Place
  /** The platform's own id for this delivery: a repeated delivery carries the same one and is handled once. */
  readonly deliveryId: string
  /** The caller has already been asked (the terminal's `--yes`). It never replaces a preview of what cannot be undone. */
  readonly confirmed?: boolean
  /** What was attached to the options that take a file, taken from the platform at once: its links expire. */
  readonly files?: readonly GivenFile[]
  readonly at: Instant
}

/** A file as a person handed it over; name and type are what the sender says. */
export type GivenFile = {
  /** The option of the kind `file`, or the one that takes the same as text. */
  readonly option: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** `caller`: nobody else may see it. A form is opened; on a platform without forms its fields are asked for. */
export type Reply =
  | {
      readonly audience: 'caller' | 'channel'
      readonly card: Card
      readonly facts?: Facts
      /** Of a command that is about anything: all that it shows is of the case at hand. */
      readonly ofCase?: true
    }
  | { readonly form: Form }
  | { readonly refusal: Card; readonly reason: Refusal }

/** What a card says, as data for a script: what was done, or what would leave. */
export type Facts =
  /** `note`: something else came of it than was asked for. */
  | { readonly is: 'done'; readonly said: string; readonly note?: string; readonly repeated: boolean }
  | {
      readonly is: 'preview'
      /** Names exactly what is shown, where a second yes must cover it. */
      readonly digest?: string
      readonly warning: string
      readonly sections: Preview['sections']
    }
  /** Cases were found by this; absent for an account of nobody, which finds no case. `only`: by words, those of them. */
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
  /** Takes several values, with spaces between. */
  readonly several?: boolean
}

/** Sent in, a form is its verb again with `hidden` and the fields' values as named input. */
export type Form = {
  readonly verb: string
  readonly title: string
  readonly submit: string
  readonly hidden: Readonly<Record<string, string>>
  readonly fields: readonly FormField[]
}
