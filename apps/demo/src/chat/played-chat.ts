import type { Player } from '../cast.ts'

/** A message in a channel, or a card for one person alone, as people see it. Live: it follows edits. */
export type ShownMessage = {
  readonly id: string
  readonly isPinned: boolean
  text(): string
  /** What it said before and says now, oldest first. */
  versions(): readonly string[]
}

/** A channel of the case. */
export type PlayedChannel = {
  readonly id: string
  readonly name: string
  /** The names of those who can read it, our own app's among them. */
  people(): readonly string[]
}

/** What a person got to see in answer: a card for them alone, or a form. */
export type Answer = {
  readonly card: ShownMessage | undefined
  readonly form: { readonly title: string } | undefined
  readonly text: string
  /** What each card for them alone says that came in answer. Live: an answer may come twice. */
  all(): readonly string[]
}

/** What somebody writes, by the labels of the fields. */
export type Written = Readonly<Record<string, string>>

export type Typed = {
  /** As it is typed there. */
  readonly shown: string
  /** The fields left for the form; on some platforms the command itself has fields. */
  readonly left: Written
  readonly answer: Promise<Answer>
}

/** What people can do on a chat platform, and see there: the same for each, so that one play plays on any. */
export type PlayedChat = {
  readonly platform: 'slack' | 'discord'
  /** As people call it. */
  readonly called: string
  channels(): readonly PlayedChannel[]
  messagesIn(channel: string): readonly ShownMessage[]
  /** The first truthy value of `look`, asked now and after each change. */
  until<T>(look: () => T | undefined | false, wanted: string): Promise<T>
  /** Types a command, such as `/cvd triage valid`; `form` is what is written in its form, by the labels of the fields. */
  types(who: Player, typed: string, channel: string, form?: Written): Typed
  presses(who: Player, on: ShownMessage, button: string): Promise<Answer>
  /** The title of the form before somebody. */
  formBefore(who: Player): string | undefined
  /** Fills in the form before somebody, by the labels of its fields, and sends it in. */
  fillsIn(who: Player, values: Written): Promise<Answer>
  /** What phones showed on their lock screens. */
  notifications(): readonly string[]
}

/** The platform's own message that the app did not answer, after which people try again. */
export class Warned extends Error {
  override readonly name = 'Warned'
}

/** How long anything may take before the play says that it does not happen. */
export const PATIENCE_MS = 10_000
