import type { Addressee, LetterName } from './command.ts'
import type { Platform } from '../shared/actor.ts'
import type { CaseId, EffectId, EventId, PersonId, StreamId } from '../shared/ids.ts'

/** What a process must be able to do before it may take an effect from the outbox. */
export type Capability = Platform | 'mail' | 'clock'

type Base = {
  /** `eventId/kind/target`: deterministic, so that folding twice gives the same effect. */
  readonly id: EffectId
  readonly stream: StreamId
  /** Whose channel and mails it concerns. */
  readonly case: CaseId
  readonly event: EventId
  readonly capability: Capability
  /** Effects of one lane run one after the other, in order. */
  readonly lane: string
}

/**
 * What must happen outside because of an event.
 * When it may or may not have happened (a crash, a lost answer), `doubt` says what is done:
 * `look-up` asks the outside first, `repeat` sends the same bytes again, `park` asks a person.
 */
export type Effect =
  | (Base & {
      readonly kind: 'open-channel'
      readonly platform: Platform
      /** From 2 on: it takes the place of one that is gone. */
      readonly nth?: number
      readonly doubt: 'look-up'
    })
  | (Base & {
      readonly kind: 'invite'
      readonly platform: Platform
      readonly people: readonly PersonId[]
      readonly doubt: 'repeat'
    })
  | (Base & {
      readonly kind: 'remove'
      readonly platform: Platform
      readonly people: readonly PersonId[]
      /** One in which nothing more is said; the case's channel without it. */
      readonly channel?: string
      readonly doubt: 'repeat'
    })
  /** Nothing more is said in it; with what was said kept, where the policy asks for that. */
  | (Base & {
      readonly kind: 'archive-channel'
      readonly platform: Platform
      readonly channel: string
      readonly doubt: 'repeat'
    })
  /** What was said in it so far is kept, while it can still be read. */
  | (Base & {
      readonly kind: 'keep-talk'
      readonly platform: Platform
      readonly channel: string
      readonly doubt: 'repeat'
    })
  /** A message for the whole team, where the case's channel is gone: it says nothing of the case but its number. */
  | (Base & { readonly kind: 'tell-team'; readonly platform: Platform; readonly doubt: 'look-up' })
  /** A message about the event, for people to read once. */
  | (Base & { readonly kind: 'post'; readonly platform: Platform; readonly doubt: 'look-up' })
  /** A card that stays and is edited in place: `status` (pinned), `publication:<release>`, `approval:<id>`. */
  | (Base & {
      readonly kind: 'place-card'
      readonly platform: Platform
      readonly slot: string
      readonly pin: boolean
      readonly doubt: 'look-up'
    })
  /** Shows the state at the time it runs, so later ones may swallow earlier ones. */
  | (Base & {
      readonly kind: 'update-card'
      readonly platform: Platform
      readonly slot: string
      readonly doubt: 'repeat'
    })
  | (Base & {
      readonly kind: 'send-mail'
      readonly letter: LetterName
      readonly to: Addressee
      readonly doubt: 'repeat' | 'park'
    })

export type EffectKind = Effect['kind']
