import { addresseeKey, worldOf } from '@embargo/core'
import type {
  Addressee,
  CaseId,
  DocumentStepId,
  EffectId,
  Instant,
  LetterName,
  State,
  StreamId,
  World,
} from '@embargo/core'
import { CASE } from './scenario.ts'

type WaitingEffect = {
  readonly stream: StreamId
  readonly effect: EffectId
  /** Whether the mail or document waits until a person says what happened to it. */
  readonly held: boolean
}

export type PendingMail = WaitingEffect & { readonly letter: LetterName; readonly to: Addressee; readonly step?: never }

export type PendingDocument = WaitingEffect & {
  readonly step: DocumentStepId
  readonly case: CaseId
  readonly letter?: never
  readonly to?: never
}

/** A mail or document of a release that was sent and whose outcome is not known yet. */
export type PendingDelivery = PendingMail | PendingDocument

/** A name for a pending mail or document. It is the same on every path, because it does not contain the effect's id. */
export const pendingName = (one: PendingDelivery): string =>
  one.step === undefined ? `${one.letter}>${addresseeKey(one.to)}` : `${one.step}>${one.case}`

/**
 * One state of the model: the state of each stream, the time, and the mails and documents whose outcome is not known
 * yet.
 */
export type ModelState = {
  readonly now: Instant
  readonly states: ReadonlyMap<StreamId, State>
  readonly pending: readonly PendingDelivery[]
  /** The number of commands that led to this state. The id of the next command is made from it. */
  readonly commands: number
}

export const initialState = (now: Instant): ModelState => ({ now, states: new Map(), pending: [], commands: 0 })

const worlds = new WeakMap<ModelState['states'], Map<StreamId, World>>()

/** The world that rules read for a command on this stream, computed once for each set of states. */
export function worldIn(states: ModelState['states'], stream: StreamId): World {
  const arranged = worlds.get(states) ?? new Map<StreamId, World>()
  if (arranged.size === 0) worlds.set(states, arranged)
  const known = arranged.get(stream)
  if (known !== undefined) return known
  const world = worldOf(stream, states)
  arranged.set(stream, world)
  return world
}

/** The world of the case. */
export const worldAt = ({ states }: ModelState): World => worldIn(states, CASE)
