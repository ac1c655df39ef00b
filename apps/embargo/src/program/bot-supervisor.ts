import type { Platform } from '@embargo/core'
import { OutsideError, realSleep } from '@embargo/engine'
import type { Outages, ChatPlatform, Log, Sleep } from '@embargo/engine'

/**
 * How long to wait before each new attempt to connect to a platform: short at first, then a minute. An attempt fails if
 * the platform is unreachable, or if somebody must first fix its settings.
 */
const AGAIN_MS: readonly number[] = [2000, 5000, 15_000, 60_000]

/** How often waiting posts check whether the platform works again. */
const LOOK_AGAIN_MS = 5000

type Bot = AsyncDisposable & {
  readonly platform: ChatPlatform
  /**
   * Resolves if the platform ended the connection for good and the library will not reconnect. The error says what to
   * do.
   */
  readonly lost?: Promise<Error>
}

type BotOptions = {
  readonly platform: Platform
  readonly start: () => Promise<Bot>
  readonly log: Log
  /** Notified when somebody must change a setting, and when the platform works again. */
  readonly outages?: Outages
  readonly sleep?: Sleep
}

export type SupervisedBot = AsyncDisposable & {
  readonly platform: ChatPlatform
  /** Why nothing can be posted to the platform now, in words; undefined while it works. */
  readonly away: () => string | undefined
}

/**
 * Whether somebody can fix the error while the program runs, for example by changing a setting of the platform. The
 * errors of both bots carry this flag.
 */
export const isFixable = (error: unknown): error is Error =>
  error instanceof Error && 'isFixable' in error && error.isFixable === true

/**
 * Keeps a bot running. While its platform is unreachable, posts wait, and everything else continues. If somebody must
 * change a setting, the log says which one.
 * @throws the error of `start` if only a change of the configuration helps
 */
export async function superviseBot({
  platform,
  start,
  log,
  outages,
  sleep = realSleep,
}: BotOptions): Promise<SupervisedBot> {
  const over = new AbortController()
  let bot: Bot | undefined
  let reason = ''

  const away = (error: unknown): void => {
    const words = isFixable(error) || isSetup(error) ? error.message : 'The program failed while it was connecting.'
    if (words !== reason)
      log.error(
        'a chat platform is unreachable; Embargo keeps trying, and posts its messages when the platform is back',
        { platform, why: words },
      )
    reason = words
    outages?.report({ outside: platform, what: 'all', why: words, by: 'connection', passing: !needsSomebody(error) })
  }
  const begin = async (): Promise<void> => {
    bot = await start()
    reason = ''
    outages?.resolve({ outside: platform, what: 'all', by: 'connection' })
  }
  await begin().catch((error: unknown) => {
    if (!isFixable(error)) throw error
    away(error)
  })
  const keeping = keep()
  return {
    platform: latePlatform(
      platform,
      () => bot?.platform,
      () => reason,
    ),
    away: () => (reason === '' ? undefined : reason),
    [Symbol.asyncDispose]: async () => {
      over.abort()
      await keeping
      await bot?.[Symbol.asyncDispose]()
    },
  }

  async function keep(): Promise<void> {
    const stopped = new Promise<undefined>((resolve) =>
      over.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    )
    for (let failures = 0; !over.signal.aborted; failures += 1) {
      if (bot !== undefined) {
        failures = 0
        const lost = await Promise.race([bot.lost ?? stopped, stopped])
        if (lost === undefined) return
        away(lost)
        await bot[Symbol.asyncDispose]()
        bot = undefined
      }
      await sleep(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 0, over.signal)
      if (over.signal.aborted) return
      await begin().then(() => log.info('a chat platform is connected again', { platform }), away)
    }
  }
}

/** Whether the error is a `SetupError` of a bot. Such an error never contains a token. */
const isSetup = (error: unknown): error is Error => error instanceof Error && 'isFixable' in error

/** Whether somebody must act. An unreachable network needs nobody: we retry until it is back. */
const needsSomebody = (error: unknown): boolean => isSetup(error) && 'code' in error && error.code !== 'unreachable'

/** A platform that passes each call to the bot that is running at that moment. */
function latePlatform(platform: Platform, current: () => ChatPlatform | undefined, reason: () => string): ChatPlatform {
  const now = (): ChatPlatform => {
    const found = current()
    if (found !== undefined) return found
    throw new OutsideError('unreachable', reason(), {
      away: true,
      retryAfterMs: LOOK_AGAIN_MS,
    })
  }
  return {
    platform,
    openChannel: async (request) => now().openChannel(request),
    invite: async (request) => now().invite(request),
    remove: async (request) => now().remove(request),
    post: async (request) => now().post(request),
    audience: async (request) => now().audience(request),
    archiveChannel: async (request) => now().archiveChannel(request),
    transcript: async (request) => now().transcript(request),
    update: async (request) => now().update(request),
    room: () => current()?.room?.(),
  }
}
