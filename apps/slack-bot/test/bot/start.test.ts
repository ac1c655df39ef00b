import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SlackSetupError, startSlackBot } from '../../src/index.ts'
import { APP_TOKEN, BOT_TOKEN, policy, recordingLog, scriptedEngine, scriptedRouter, workspace } from '../workspace.ts'

describe('starting the Slack bot', () => {
  let slack: SlackEmulator
  const log = recordingLog()
  beforeEach(async () => {
    slack = await workspace()
  })
  afterEach(() => slack.close())

  const start = async (config: {
    readonly appToken?: string
    readonly botToken?: string
  }): Promise<SlackSetupError> => {
    const router = scriptedRouter(() => ({
      audience: 'caller',
      card: {
        kind: 'notice',
        title: '',
        lines: [],
        fields: [],
        attachments: [],
        actions: [],
        fallback: '',
        notification: '',
      },
    }))
    const error = await startSlackBot({
      config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl, ...config },
      policy,
      router,
      engine: scriptedEngine(() => ''),
      log,
    }).then(
      () => undefined,
      (why: unknown) => why,
    )
    if (error instanceof SlackSetupError) return error
    throw new Error('the bot started')
  }

  it.each([
    [
      'no bot token',
      { botToken: '' },
      'bot-token-malformed',
      'The Slack bot token is missing. Copy it from api.slack.com/apps → the app → OAuth & Permissions',
    ],
    [
      'no app token',
      { appToken: '' },
      'app-token-malformed',
      'The Slack app token is missing. Copy it from api.slack.com/apps → the app → Basic Information → App-Level Tokens',
    ],
    [
      'tokens exchanged',
      { botToken: APP_TOKEN, appToken: BOT_TOKEN },
      'bot-token-malformed',
      'The two tokens may have been swapped.',
    ],
    [
      'a bot token that Slack does not know',
      { botToken: 'xoxb-secret-wrong' },
      'bot-token-refused',
      'Slack refused the bot token: invalid_auth.',
    ],
    [
      'an app token that Slack does not know',
      { appToken: 'xapp-secret-wrong' },
      'app-token-refused',
      'Slack refused the app token: invalid_auth.',
    ],
  ] as const)('with %s says which and where to get it', async (_what, config, code, message) => {
    const error = await start(config)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
    expect(`${error.message} ${log.lines.join(' ')}`).not.toContain('secret-wrong')
  })

  it('says that Slack cannot be reached', async () => {
    await slack.close()
    expect(await start({})).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('Check the network'),
    })
  })
})
