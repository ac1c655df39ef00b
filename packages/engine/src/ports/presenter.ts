import type {
  Addressee,
  CaseState,
  Effect,
  Instant,
  DelayedMention,
  LetterName,
  Platform,
  PolicyInForce,
  RecordedEvent,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { Card } from './card.ts'

/**
 * Mails that were requested but cannot be sent. `setting` is the setting that is missing, and `to` has the kinds of the
 * addressees.
 */
export type UnsentMail = { readonly setting: string; readonly to: readonly Addressee['kind'][] }

/**
 * The mails of a case that are kept until a relay is set. `setting` is the setting for the relay, and `letters` has the
 * name of the letter in each mail.
 */
export type MailBacklog = { readonly setting: string; readonly letters: readonly LetterName[] }

/** What a card may need besides the state. Only the case's own people may see this. */
export type CardMaterial = {
  readonly effect: Extract<Effect, { kind: 'post' | 'place-card' | 'update-card' | 'tell-team' }>
  readonly platform: Platform
  readonly recorded: RecordedEvent
  readonly state: State
  readonly world: World
  readonly policy: PolicyInForce
  readonly at: Instant
  /** Returns the current state of another stream, because a report may have been in another case before. */
  readonly stateOf: (stream: StreamId) => Promise<State | undefined>
  readonly mail: (message: string) => Promise<ReadableMail | undefined>
  readonly blobText: (blob: string) => Promise<string | undefined>
  /** The mails that the event requests but that cannot be sent. */
  readonly unsentMail?: UnsentMail
  /** The mails of the case that wait until a relay is set. */
  readonly mailBacklog?: MailBacklog
}

/** A mail of the case, parsed for reading. */
export type ReadableMail = {
  readonly from: string
  /** The address that the mail claims to come from, without a name. */
  readonly address?: string
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly attachments: readonly {
    readonly name: string
    /** The type of the file in words, judged by its content. */
    readonly type: string
    readonly bytes: number
    readonly sha256: string
  }[]
  /** The names of the patches in the mail. */
  readonly patches?: readonly string[]
}

/** Implemented by chat: turns an event into a card, or returns no card if people need not see the event. */
export type Presenter = {
  card(material: CardMaterial): Promise<Card | undefined>
  /** The pinned card of a case at an instant. It does not depend on which event came last. */
  pinned(material: PinnedMaterial): Promise<Card | undefined>
  /**
   * The card that mentions a person at the start of their working hours, because they were asked something outside
   * these hours.
   */
  call(material: PinnedMaterial & { readonly call: DelayedMention }): Promise<Card>
}

export type PinnedMaterial = Pick<CardMaterial, 'platform' | 'world' | 'policy' | 'at' | 'stateOf' | 'mailBacklog'> & {
  readonly state: CaseState
}
