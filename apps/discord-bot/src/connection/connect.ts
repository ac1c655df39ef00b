import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@embargo/engine'
import type { Client } from 'discord.js'
import { Events, GatewayCloseCodes } from 'discord.js'
import { DiscordSetupError, intentsOff, setupError, tokenRefused } from '../setup-error.ts'
import { TOGGLE_NAMES } from '../doctor/facts.ts'

/**
 * If the connection is not ready after this time, the attempt has failed. Normally, Discord sends READY within two
 * seconds, and the state of a large server some seconds later.
 */
const READY_MS = 30_000

/** Connects, and resolves when Discord has sent the state of the server. Rejects with a `DiscordSetupError`. */
export async function connect(client: Client, token: string): Promise<void> {
  const over = new AbortController()
  const refused = Promise.withResolvers<never>()
  const ready = Promise.withResolvers<void>()
  // Prevents an unhandled rejection until this promise is awaited.
  refused.promise.catch(() => {})
  const onReady = (): void => ready.resolve()
  const onClosed = ({ code }: { readonly code: number }): void => refused.reject(closedBecause(code))
  client.once(Events.ClientReady, onReady)
  client.on(Events.ShardDisconnect, onClosed)
  try {
    const login = client.login(token).catch((cause: unknown) => {
      throw setupError(cause)
    })
    const silence = pause(READY_MS, undefined, { signal: over.signal }).then(() => {
      throw new DiscordSetupError(
        'unreachable',
        'Discord did not answer. Check the network, and the API address if one is set.',
      )
    })
    silence.catch(() => {})
    await Promise.race([Promise.all([login, ready.promise]), refused.promise, silence])
  } catch (error) {
    await client.destroy()
    throw error
  } finally {
    over.abort()
    client.off(Events.ClientReady, onReady)
    client.off(Events.ShardDisconnect, onClosed)
  }
}

function closedBecause(code: number): DiscordSetupError {
  if (code === GatewayCloseCodes.DisallowedIntents) return intentsOff(TOGGLE_NAMES)
  if (code === GatewayCloseCodes.AuthenticationFailed) return tokenRefused()
  return new DiscordSetupError(
    'unreachable',
    `Discord closed the connection (${code}). Look at status.discord.com if it does not come back.`,
  )
}

/**
 * Resolves when Discord has closed the connection for good, for example because a token was reset or an intent was
 * switched off. The library does not reconnect then.
 */
export const whenLost = (client: Client): Promise<DiscordSetupError> =>
  new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(closedBecause(code))))

/**
 * Logs when the connection breaks, is restored by the library, or is closed for good. The library's own messages are
 * left out, because they may quote payloads.
 */
export function watchConnection(client: Client, log: Log): void {
  client.on(Events.ShardReconnecting, () => log.warn('the connection to Discord broke; connecting again'))
  client.on(Events.ShardResume, () => log.info('connected to Discord again'))
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error('Discord closed the connection for good', { code, why: closedBecause(code).message }),
  )
  client.on(Events.Invalidated, () => log.error('Discord ended the session; was the token reset?'))
  client.on(Events.Error, () => log.info('the Discord library reported an error'))
  client.on(Events.ShardError, () => log.info('the Discord library reported an error of the connection'))
}
