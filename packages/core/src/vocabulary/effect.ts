import type { Addressee, LetterName } from './command.ts'
import type { Platform } from '../shared/actor.ts'
import type { CaseId, EffectId, EventId, PersonId, StreamId } from '../shared/ids.ts'
import type { DocumentStepId } from '../events/step-id.ts'
import type { CveId } from '../shared/words.ts'
import type { TargetName } from '../shared/target-name.ts'

/** What a process must be able to do to carry out an effect. */
export type Capability = Platform | TargetName | 'mail' | 'practice' | 'clock'

type Base = {
  /**
   * The id has the form `eventId/kind/target`. It is deterministic, so that the effects of an event have the same ids
   * each time they are computed.
   */
  readonly id: EffectId
  readonly stream: StreamId
  /** The case whose channel or mails the effect concerns. */
  readonly case: CaseId
  readonly event: EventId
  readonly capability: Capability
  /** Effects with the same `lane` run one after the other. */
  readonly lane: string
}

/**
 * Something that must happen outside Embargo because of an event. `doubt`: what to do if it is unknown whether it
 * happened, for example after a crash. `look-up` asks the external service first, `repeat` sends the same bytes again,
 * `park` asks a person.
 */
export type Effect =
  | (Base & {
      readonly kind: 'open-channel'
      readonly platform: Platform
      /**
       * The number of the channel among the case's channels on this platform, counted from 1. From 2 on, it replaces a
       * channel that is gone.
       */
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
      /** The former channel from which people are removed. Absent: the case's present channel. */
      readonly channel?: string
      readonly doubt: 'repeat'
    })
  /** Closes the channel for good. Before that, the channel's messages are stored if the policy says so. */
  | (Base & {
      readonly kind: 'archive-channel'
      readonly platform: Platform
      readonly channel: string
      readonly doubt: 'repeat'
    })
  /** Stores the channel's messages while they can still be read. */
  | (Base & {
      readonly kind: 'keep-talk'
      readonly platform: Platform
      readonly channel: string
      readonly doubt: 'repeat'
    })
  /** A message to the whole team when the case's channel is gone. It says nothing about the case except its number. */
  | (Base & { readonly kind: 'tell-team'; readonly platform: Platform; readonly doubt: 'look-up' })
  /** A message about the event. It is posted once and never edited. */
  | (Base & { readonly kind: 'post'; readonly platform: Platform; readonly doubt: 'look-up' })
  /** A card that stays and is edited in place: `status` (pinned), `publication:<release>`, `approval:<id>`. */
  | (Base & {
      readonly kind: 'place-card'
      readonly platform: Platform
      readonly slot: string
      readonly pin: boolean
      readonly doubt: 'look-up'
    })
  /**
   * Updates a card. The card shows the state at the time when the effect runs, so a later update makes earlier ones
   * unnecessary.
   */
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
  /** Carries out a publication step at a target, for the effect's case. */
  | (Base & {
      readonly kind: 'deliver'
      readonly target: TargetName
      readonly step: DocumentStepId
      readonly doubt: 'look-up'
    })
  /** Reserves a CVE id. Each call to the service reserves a new id, so only a person can decide to repeat a call. */
  | (Base & { readonly kind: 'reserve-cve'; readonly doubt: 'park' })
  /**
   * Requests a CVE id from GitHub, once for each advisory. GitHub answers days or weeks later, and the effect waits for
   * the id.
   */
  | (Base & { readonly kind: 'request-cve'; readonly doubt: 'look-up' })
  /** Rejects the id at the service, which then publishes that the id is not used. */
  | (Base & {
      readonly kind: 'reject-cve'
      readonly cve: CveId
      readonly reason: string
      readonly doubt: 'look-up'
    })

export type EffectKind = Effect['kind']
