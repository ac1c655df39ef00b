import type { Instant, PersonId } from '@embargo/core'

/**
 * A stretch of text. `hostile` came from outside: renderers escape it, defang its links and let it mention nobody.
 * With `at` it is a time: `text` says it in UTC; a platform that can draws it in the reader's own time, then how far away
 * it is (`in 6 days`). `alone`: only how far away.
 */
export type Span = {
  readonly text: string
  readonly style?: 'strong' | 'code' | 'faint'
  readonly hostile?: boolean
  /** Hostile, but no content of a case: what its reader just typed, or a sentence of ours that repeats it. */
  readonly everywhere?: true
  /** Our words instead of it if a policy keeps content out of chat: `the reporter` for a name. */
  readonly instead?: string
  readonly at?: { readonly instant: Instant; readonly distance?: string; readonly alone?: true }
}
export type Line = readonly Span[]

export type Field = { readonly label: string; readonly value: Line }

/** A button: pressing it is the same as typing the verb with this input; `confirm` asks first. */
export type Action = {
  readonly label: string
  readonly verb: string
  readonly input: Readonly<Record<string, string>>
  readonly style?: 'primary' | 'danger'
  readonly confirm?: string
  /** Opens the verb's form first. */
  readonly form?: boolean
  /** One choice among several with the same label: a menu with this text, on platforms that draw menus in a message. */
  readonly among?: string
}

export type Attachment = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * One card format for every platform. `notification` is what a lock screen may show: case number and severity, nothing
 * else. `fallback` is the whole card as plain text, for a reader without blocks.
 */
export type Card = {
  readonly kind:
    | 'status'
    | 'report'
    | 'change'
    | 'mail'
    | 'approval'
    | 'publication'
    | 'reminder'
    | 'refusal'
    | 'notice'
  /** What it asks for is due today, or late: the colour at its side, where a platform draws one. */
  readonly tone?: 'soon' | 'late'
  readonly title: string
  readonly lines: readonly Line[]
  readonly fields: readonly Field[]
  /**
   * Long text from outside, complete: a renderer cuts and collapses it as its platform requires, and puts the rest into
   * a file.
   */
  readonly quote?: { readonly text: string; readonly label: string }
  readonly attachments: readonly Attachment[]
  readonly actions: readonly Action[]
  /** The people who are asked: a platform mentions their accounts, and nobody else’s. */
  readonly mentions?: readonly PersonId[]
  readonly fallback: string
  readonly notification: string
}
