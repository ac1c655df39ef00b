import type { Instant, PersonId } from '@embargo/core'

/**
 * A stretch of text. `hostile`: the text came from outside, so renderers must escape it, make its links unclickable and
 * let it mention nobody. With `at`, the text is a time in UTC. Some platforms show the reader's local time instead,
 * followed by the distance (`in 6 days`). With `alone`, they show only the distance.
 */
export type Span = {
  readonly text: string
  readonly style?: 'strong' | 'code' | 'faint'
  readonly hostile?: boolean
  /**
   * Set if a hostile text is not content of a case, for example because the reader has just typed it. Such a text is
   * shown even if a policy keeps content out of chat.
   */
  readonly everywhere?: true
  /**
   * The words that replace the text if a policy keeps content out of chat, such as `the reporter` instead of a name.
   */
  readonly instead?: string
  readonly at?: { readonly instant: Instant; readonly distance?: string; readonly alone?: true }
}
export type Line = readonly Span[]

export type Field = { readonly label: string; readonly value: Line }

/**
 * A button. Pressing it is the same as typing the verb with this input. `confirm`: the question that the person must
 * answer before the button acts.
 */
export type Action = {
  readonly label: string
  readonly verb: string
  readonly input: Readonly<Record<string, string>>
  readonly style?: 'primary' | 'danger'
  readonly confirm?: string
  /** Pressing the button opens the verb's form first. */
  readonly form?: boolean
  /**
   * The question of a menu, such as `Which one?`. On platforms with menus in messages, actions with the same question
   * form one menu.
   */
  readonly among?: string
}

export type Attachment = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * The one format of cards for every platform. `notification` is what a lock screen may show: only case number and
 * severity. `fallback` is the whole card as plain text, for clients that cannot draw cards.
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
  /**
   * `soon`: what the card asks for is due within a day. `late`: it is overdue, or the case is in trouble. Platforms
   * that can draw a colour beside the card show the tone as a colour.
   */
  readonly tone?: 'soon' | 'late'
  readonly title: string
  readonly lines: readonly Line[]
  readonly fields: readonly Field[]
  /**
   * Long text, complete, for example a mail from outside. A renderer cuts and collapses the text as its platform
   * requires, and puts the rest into a file. `verbatim` marks a text of ours that people paste elsewhere. The terminal
   * prints a verbatim text as it is. A chat platform would change links and addresses in the text, so there the text is
   * also attached as a file.
   */
  readonly quote?: { readonly text: string; readonly label: string; readonly verbatim?: true }
  readonly attachments: readonly Attachment[]
  readonly actions: readonly Action[]
  /** The people whom the card asks for something. The platform mentions the accounts of these people, and no others. */
  readonly mentions?: readonly PersonId[]
  readonly fallback: string
  readonly notification: string
}
