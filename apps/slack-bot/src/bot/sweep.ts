import { setTimeout as pause } from 'node:timers/promises'
import { errorName } from '@embargo/bot-kit'
import type { CaseState, RecordedEvent, StreamId } from '@embargo/core'
import { OutsideError, skipDamaged } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { isExposed, lookAtChannel } from '../platform/exposure.ts'
import { calling } from '../platform/api-errors.ts'
import type { BotContext } from './context.ts'
import { putOutGuest } from './guests.ts'
import type { Watch } from './watch.ts'

const ROWS = 100
const MEMBERS_PAGE = 999
/** The wait when Slack asks to slow down without saying for how long. */
const PAUSE_MS = 30_000
/**
 * How many channels are checked without a pause. Further channels are checked at half of Slack's rate limit; the other
 * half is left to posts.
 */
const AT_ONCE = 20
const BREATH_MS = 2500
/** How many channels that are closed to posts are checked without a pause. Further ones are checked at six a minute. */
const CLOSED_AT_ONCE = 10
const BACK_BREATH_MS = 10_000

/** The pause from the end of one regular check of all channels to the start of the next. */
const LOOK_AGAIN_MS = 10 * 60_000
/** The pause from the end of one check of channels that are closed to posts to the start of the next. */
export const CLOSED_SWEEP_MS = 60 * 60_000

type Sweep = Pick<BotContext, 'client' | 'engine' | 'log'> & {
  readonly watch: Watch
  readonly signal: AbortSignal
  /** True for a regular look. A regular look pauses before each channel, because nobody waits for the look. */
  readonly isRegular?: boolean
}

/**
 * Looks at all channels every few minutes, in Socket Mode and over HTTP: Slack sends no event when a channel is made
 * public, and any event can be lost. `look` resolves when every channel has been checked.
 */
export async function lookRegularly(
  look: () => Promise<void>,
  { signal, everyMs = LOOK_AGAIN_MS }: { readonly signal: AbortSignal; readonly everyMs?: number | undefined },
): Promise<void> {
  while (!signal.aborted) {
    await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined)
    if (!signal.aborted) await look()
  }
}

/**
 * Checks the channel of every open case, because Slack does not repeat events that we missed. The check runs in the
 * background, no faster than Slack allows. A channel whose check fails is checked again the next time.
 */
export async function sweep({ isRegular = false, ...looking }: Sweep): Promise<void> {
  const { engine } = looking
  const pace = { atOnce: isRegular ? 0 : AT_ONCE, breathMs: BREATH_MS }
  await lookAtAll(looking, pace, async function* () {
    for await (const { stream } of rowsOf(engine, { open: true })) {
      const state = await skipDamaged(() => engine.queries.state(stream))
      if (state?.kind === 'case') yield* ofState(state, presentOf(state))
    }
  })
}

/** Closed cases that have no channel to check, each with the version of the case at which this was found. */
export type AtRest = Map<StreamId, number>

/**
 * Checks the channels that are closed to posts but still readable: those of closed cases until they are archived, and
 * those that another channel replaced. Nobody waits for this check, so it pauses longer than `sweep`. `atRest`: the
 * cases without such a channel, which are not read again until they change.
 */
export async function sweepClosedChannels({ atRest, ...looking }: Sweep & { readonly atRest: AtRest }): Promise<void> {
  const { engine } = looking
  await lookAtAll(looking, { atOnce: CLOSED_AT_ONCE, breathMs: BACK_BREATH_MS }, async function* () {
    for await (const { stream, version, open } of rowsOf(engine, {})) {
      if (atRest.get(stream) === version) continue
      const state = await skipDamaged(() => engine.queries.state(stream))
      if (state?.kind !== 'case') continue
      const channels = await silentOf(engine, state, open)
      if (channels.length === 0) atRest.set(stream, version)
      yield* ofState(state, channels)
    }
  })
}

type One = { readonly state: CaseState; readonly channel: string }

const ofState = (state: CaseState, channels: readonly string[]): readonly One[] =>
  channels.map((channel) => ({ state, channel }))

/**
 * The case's channel, if it must be checked. A channel that we archived, or that was lost, is not checked again. A
 * channel that a person archived is checked, because somebody may have unarchived it.
 */
function presentOf({ channels: { slack: known } }: CaseState): readonly string[] {
  return known === undefined || (known.gone !== undefined && known.gone !== 'archived') ? [] : [known.channel]
}

/**
 * Channels that are closed to posts. A channel that we archived is left out, because Slack shows it only to its
 * members. If the archiving of a channel failed and a person must decide about it, the channel is included, because
 * people can still read it.
 */
async function silentOf(engine: Sweep['engine'], state: CaseState, open: boolean): Promise<readonly string[]> {
  const known = state.channels.slack
  if (known === undefined) return []
  const { former = [], gone, channel } = known
  const present = gone === 'closed' ? [channel] : open ? [] : presentOf(state)
  const isClosing = gone === 'closed' || former.some(({ closed }) => closed === true)
  const archived = isClosing ? archivedIn(await engine.queries.history(state.id)) : []
  return [...present, ...former.map((one) => one.channel)].filter((one) => !archived.includes(one))
}

const archivedIn = (history: readonly RecordedEvent[]): readonly string[] =>
  history.flatMap(({ event }) =>
    event.type === 'ChannelArchived' && event.platform === 'slack' ? [event.channel] : [],
  )

async function* rowsOf(engine: Sweep['engine'], query: { readonly open?: true }) {
  for (let offset = 0; ; offset += ROWS) {
    const { rows, more } = await engine.queries.cases({ ...query, limit: ROWS, offset })
    yield* rows
    if (!more) return
  }
}

type Pace = { readonly atOnce: number; readonly breathMs: number }

async function lookAtAll(
  looking: Omit<Sweep, 'isRegular'>,
  { atOnce, breathMs }: Pace,
  all: () => AsyncIterable<One>,
): Promise<void> {
  const { log, signal } = looking
  let looked = 0
  for await (const one of all()) {
    if (signal.aborted) return
    looked += 1
    try {
      if (looked > atOnce) await pause(breathMs, undefined, { signal })
      await lookAt(looking, one)
    } catch (error) {
      if (signal.aborted) return
      log.warn('the channel of a case could not be checked', { error: errorName(error) })
    }
  }
}

async function lookAt(
  { client, log, watch, signal }: Omit<Sweep, 'isRegular'>,
  { state, channel }: One,
): Promise<void> {
  const seen = await patiently(signal, () => lookAtChannel(client, channel))
  // The members of a public channel do not matter: everybody can read it.
  const readable = seen !== 'nothing' && seen.is_archived !== true && !isExposed(seen)
  const members = readable ? await patiently(signal, () => membersOf(client, channel)) : undefined
  const strangers = await watch.found({ id: state.id, state }, { channel, seen, members })
  for (const account of strangers) await putOutGuest(client, log, { channel, account })
}

async function membersOf(client: WebClient, channel: string): Promise<readonly string[]> {
  const { members } = await calling('conversations.members', 'read', () =>
    client.conversations.members({ channel, limit: MEMBERS_PAGE }),
  )
  return members ?? []
}

/** Makes a call. If Slack asks us to wait, waits that long and makes the call again. */
async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof OutsideError) || error.code !== 'rate-limited') throw error
      await pause(error.retryAfterMs ?? PAUSE_MS, undefined, { signal })
    }
  }
}
