import { setTimeout as pause } from 'node:timers/promises'
import type { StreamId } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { isExposed, lookAtChannel } from '../platform/exposure.ts'
import { calling } from '../platform/outside.ts'
import { nameOf } from './commands.ts'
import type { BotContext } from './context.ts'
import { putOutGuest } from './guests.ts'
import type { Watch } from './watch.ts'

const ROWS = 100
const MEMBERS_PAGE = 999
/** Where Slack asks to slow down and gives no time. */
const PAUSE_MS = 30_000
/** The first are looked at without a break; then half of what Slack allows a minute is left to the posts. */
const AT_ONCE = 20
const BREATH_MS = 2500

/** The regular look begins this long after the one before is over. */
const LOOK_AGAIN_MS = 10 * 60_000

type Sweep = Pick<BotContext, 'client' | 'engine' | 'log'> & {
  readonly watch: Watch
  readonly signal: AbortSignal
  /** Nobody waits for it: no look is without a break before it. */
  readonly isRegular?: boolean
}

/**
 * No event of Slack tells that a channel was made public, and any event can be lost: looks every few minutes, whichever
 * way Slack speaks to us. `look` ends when everything was looked at.
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
 * Looks at the channel of every open case: Slack tells nobody later what happened while nobody listened. In the
 * background, as slowly as Slack asks; what fails is looked at again at the next start.
 */
export async function sweep({ client, engine, log, watch, signal, isRegular = false }: Sweep): Promise<void> {
  let looked = isRegular ? AT_ONCE : 0
  for (let offset = 0; !signal.aborted; offset += ROWS) {
    const { rows, more } = await engine.cases({ open: true, limit: ROWS, offset })
    for (const { stream } of rows) {
      looked += 1
      try {
        if (looked > AT_ONCE) await pause(BREATH_MS, undefined, { signal })
        await lookAt({ client, engine, log, watch, signal }, stream)
      } catch (error) {
        if (signal.aborted) return
        log.warn('the channel of a case could not be looked at', { error: nameOf(error) })
      }
    }
    if (!more) return
  }
}

async function lookAt({ client, engine, log, watch, signal }: Sweep, stream: StreamId): Promise<void> {
  const state = await engine.state(stream)
  if (state?.kind !== 'case') return
  const known = state.channels.slack
  // One that we closed ourselves, or that is lost, is not looked for again; one that a person archived may be back.
  if (known === undefined || (known.gone !== undefined && known.gone !== 'archived')) return
  const seen = await patiently(signal, () => lookAtChannel(client, known.channel))
  // Who is in a public channel is not for us to ask, and no matter: everybody may be.
  const readable = seen !== 'nothing' && seen.is_archived !== true && !isExposed(seen)
  const members = readable ? await patiently(signal, () => membersOf(client, known.channel)) : undefined
  const strangers = await watch.found({ id: state.id, state }, seen, members)
  for (const account of strangers) await putOutGuest(client, log, { channel: known.channel, account })
}

async function membersOf(client: WebClient, channel: string): Promise<readonly string[]> {
  const { members } = await calling('conversations.members', 'read', () =>
    client.conversations.members({ channel, limit: MEMBERS_PAGE }),
  )
  return members ?? []
}

/** Waits as long as Slack asks, and tries again. */
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
