import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import { APP_TOKEN, BOT_TOKEN, call, openChannel, startTestSlack } from '../testing.ts'

// https://docs.slack.dev/apis/web-api
describe('a call of the Web API', () => {
  let slack: SlackEmulator
  beforeEach(async () => {
    slack = await startTestSlack()
  })
  afterEach(() => slack.close())

  it.each([
    ['no token', undefined, 'not_authed'],
    ['a foreign token', 'xoxb-other', 'invalid_auth'],
    ['the app token', APP_TOKEN, 'not_allowed_token_type'],
  ])('is refused with %s', async (_what, token, error) => {
    const response = await fetch(`${slack.apiUrl}users.list`, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
    expect(await response.json()).toMatchObject({ ok: false, error })
  })

  it('accepts the token as an argument too, and does not store it', async () => {
    const response = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: BOT_TOKEN }),
    })
    expect(await response.json()).toMatchObject({ ok: true, user_id: 'U0EMBARGO' })
    expect(JSON.stringify(slack.state.requests) + slack.state.everything()).not.toContain(BOT_TOKEN)
  })

  it('opens sockets only with the app token', async () => {
    expect(await call(slack, 'apps.connections.open', {}, BOT_TOKEN)).toMatchObject({ error: 'not_allowed_token_type' })
    expect(await call(slack, 'apps.connections.open', {}, APP_TOKEN)).toMatchObject({
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:/),
    })
  })

  it('is refused with the argument that is unknown, missing, or of the wrong kind', async () => {
    const answer = await call(slack, 'conversations.invite', { channel: 'C1', user: 'U1', force: 'perhaps' })
    expect(answer).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] invalid additional property: user [json-pointer:/user]',
          '[ERROR] must provide a boolean [json-pointer:/force]',
          '[ERROR] missing required field: users',
        ],
      },
    })
  })

  it('is refused if Slack has the method but the emulator does not support it', async () => {
    const channel = await openChannel(slack)
    const answer = await call(slack, 'chat.postMessage', { channel, text: 'x', attachments: [] })
    expect(answer).toMatchObject({ errors: ['the emulator does not support the argument `attachments`'] })
  })

  it('is refused for an unknown method', async () => {
    expect(await call(slack, 'chat.scheduleMessage')).toMatchObject({ error: 'unknown_method' })
  })

  it('can have a JSON body only if the method accepts one', async () => {
    const post = async (method: string) => {
      const response = await fetch(`${slack.apiUrl}${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: 'C0GENERAL' }),
      })
      return response.json()
    }
    expect(await post('conversations.archive')).toMatchObject({ error: 'cant_archive_general' })
    expect(await post('conversations.info')).toMatchObject({ error: 'invalid_arguments' })
  })

  it('is recorded with its arguments and its result', async () => {
    const channel = await openChannel(slack)
    await call(slack, 'chat.postMessage', { channel, text: '' })
    expect(slack.state.requests.at(-1)).toEqual({
      method: 'chat.postMessage',
      args: { channel, text: '' },
      outcome: 'no_text',
    })
  })
})

// https://docs.slack.dev/reference/scopes
describe('scopes', () => {
  it('are named in the error when one is missing', async () => {
    await using slack = await startTestSlack({ scopes: ['users:read'] })
    expect(await call(slack, 'chat.postMessage', { channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'users:read',
    })
  })

  it('are required according to the kind of channel', async () => {
    await using slack = await startTestSlack({ scopes: ['channels:manage', 'channels:read'] })
    expect(await call(slack, 'conversations.create', { name: 'open' })).toMatchObject({ ok: true })
    expect(await call(slack, 'conversations.create', { name: 'closed', is_private: true })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:write',
    })
    expect(await call(slack, 'conversations.list', { types: 'private_channel' })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    })
  })

  it('allow addresses to be read only with users:read.email', async () => {
    await using slack = await startTestSlack({ scopes: ['users:read'] })
    expect(JSON.stringify(await call(slack, 'users.list'))).not.toContain('@example.org')
  })
})
