import { EffectId } from '@embargo/core'
import type { ChatPlatform } from '@embargo/engine'
import { SlackSetupError } from '@embargo/slack-bot'
import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { superviseBot } from './bot-supervisor.ts'

const away = new SlackSetupError('unreachable', 'Slack could not be reached.')
const switchedOff = new SlackSetupError('socket-mode-off', 'Switch on Socket Mode.')
const refused = new SlackSetupError('bot-token-refused', 'Slack refused the bot token.')

const request: Parameters<ChatPlatform['openChannel']>[0] = {
  effect: EffectId.parse('e1/open-channel/slack'),
  name: 'sec-2026-0001',
  lookUp: false,
}

const notAsked = (): Promise<never> => Promise.reject(new Error('this is not asked'))

/**
 * Supervises a bot. Each item of `starts` is the outcome of one start: an error, or undefined for a success. After the
 * last start, the bot keeps running.
 */
async function kept(...starts: readonly (Error | undefined)[]) {
  const lines: string[] = []
  const slept: number[] = []
  const lost = Promise.withResolvers<Error>()
  const again = Promise.withResolvers<void>()
  let started = 0
  let disposed = 0
  const bot = await superviseBot({
    platform: 'slack',
    log: createLog({ write: (line) => void lines.push(line) }),
    sleep: async (ms) => void slept.push(ms),
    start: async () => {
      const error = starts[started]
      started += 1
      if (started >= starts.length) again.resolve()
      if (error !== undefined) throw error
      const name = `C${started}`
      return {
        platform: {
          platform: 'slack',
          openChannel: async () => ({ channel: name, name }),
          invite: notAsked,
          remove: notAsked,
          post: notAsked,
          audience: notAsked,
          archiveChannel: notAsked,
          transcript: notAsked,
          update: notAsked,
        },
        lost: started === starts.length ? new Promise<Error>(() => undefined) : lost.promise,
        [Symbol.asyncDispose]: async () => void (disposed += 1),
      }
    },
  })
  return { bot, lines, slept, lost, again: again.promise, disposed: () => disposed }
}

describe('a bot that is kept running', () => {
  it('lets posts wait until the platform works, and says once for each reason what to do', async () => {
    const { bot, lines, slept, again } = await kept(away, away, switchedOff, undefined)
    await expect(bot.platform.openChannel(request)).rejects.toMatchObject({
      code: 'unreachable',
      message: away.message,
      away: true,
    })
    await again
    await new Promise((resolve) => setImmediate(resolve))
    expect(await bot.platform.openChannel(request)).toMatchObject({ channel: 'C4' })
    expect(slept).toEqual([2000, 5000, 15_000])
    const warnings = lines.map((line) => /"why":"([^"]*)"/u.exec(line)?.[1]).filter((why) => why !== undefined)
    expect(warnings).toEqual([away.message, switchedOff.message])
    await bot[Symbol.asyncDispose]()
  })

  it('is started again after its platform ended the connection for good', async () => {
    const { bot, lost, again, disposed } = await kept(undefined, undefined)
    expect(await bot.platform.openChannel(request)).toMatchObject({ channel: 'C1' })
    lost.resolve(switchedOff)
    await again
    await new Promise((resolve) => setImmediate(resolve))
    expect(await bot.platform.openChannel(request)).toMatchObject({ channel: 'C2' })
    expect(disposed()).toBe(1)
    await bot[Symbol.asyncDispose]()
    expect(disposed()).toBe(2)
  })

  it('does not begin with a token that is refused', async () => {
    await expect(kept(refused)).rejects.toBe(refused)
  })

  it('does not repeat the text of an unexpected exception', async () => {
    const { bot, lines, again } = await kept(away, new TypeError('report text'), undefined)
    await again
    await bot[Symbol.asyncDispose]()
    expect(lines.join('\n')).not.toContain('report text')
  })
})
