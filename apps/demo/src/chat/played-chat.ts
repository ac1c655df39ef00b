import type { Player } from '../cast.ts'

/**
 * A message in a channel, or a card for one person alone, as people see it. `text` returns the current text, so it
 * changes when the message is edited.
 */
export type ShownMessage = {
  readonly id: string
  readonly isPinned: boolean
  text(): string
  /** All texts that the message has had, from the oldest to the current one. */
  versions(): readonly string[]
}

/** A channel of the case. */
export type PlayedChannel = {
  readonly id: string
  readonly name: string
  /** The names of those who can read the channel, including our own app. */
  people(): readonly string[]
}

/** What a person sees as an answer: a card for them alone, or a form. */
export type Answer = {
  readonly card: ShownMessage | undefined
  readonly form: { readonly title: string } | undefined
  readonly text: string
  /**
   * The texts of all private cards that were sent as answers so far. If the same card was sent twice by mistake, it
   * is in the list twice on Discord, and once on Slack.
   */
  all(): readonly string[]
}

/** What somebody types into the fields of a form, by their labels. */
export type FormEntries = Readonly<Record<string, string>>

export type TypedCommand = {
  /** The command as it is typed on this platform. */
  readonly shown: string
  /** The fields that the form still asks for. On Discord, the other fields are typed as options of the command. */
  readonly left: FormEntries
  readonly answer: Promise<Answer>
}

/** What people can do and see on a chat platform. It is the same for each platform, so that one play works on all. */
export type PlayedChat = {
  readonly platform: 'slack' | 'discord'
  /** The platform's name. */
  readonly called: string
  channels(): readonly PlayedChannel[]
  messagesIn(channel: string): readonly ShownMessage[]
  /** Calls `look` now and after each change, and resolves with its first truthy value. */
  until<T>(look: () => T | undefined | false, wanted: string): Promise<T>
  /** Types a command, such as `/cvd triage valid`, and fills in `form` if the command opens a form. */
  types(player: Player, typed: string, channel: string, form?: FormEntries): TypedCommand
  presses(player: Player, on: ShownMessage, button: string): Promise<Answer>
  /** The title of the form that is open for somebody. */
  formBefore(player: Player): string | undefined
  /** Fills in the open form and submits it. */
  fillsIn(player: Player, values: FormEntries): Promise<Answer>
  /** Notifications on lock screens. */
  notifications(): readonly string[]
}

/** Thrown when the platform shows that the app did not answer. People then try again. */
export class NoResponseWarning extends Error {
  override readonly name = 'NoResponseWarning'
}

/** How long the play waits for anything before it fails. */
export const PATIENCE_MS = 10_000
