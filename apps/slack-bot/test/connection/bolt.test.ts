import { startSlackEmulator } from '@embargo/emulator-slack'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { App, LogLevel } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// The emulator is only useful if the real Bolt cannot tell it from Slack.

const ANA = 'U0ANA'
const BEN = 'U0BEN'

const modal = {
  type: 'modal' as const,
  callback_id: 'reply',
  title: { type: 'plain_text' as const, text: 'Reply' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'body',
      label: { type: 'plain_text' as const, text: 'Text' },
      element: { type: 'plain_text_input' as const, action_id: 'text', multiline: true },
    },
  ],
}

describe('@slack/bolt in Socket Mode against the emulator', () => {
  let slack: SlackEmulator
  let app: App
  const seen: string[] = []

  beforeEach(async () => {
    seen.length = 0
    slack = await startSlackEmulator({
      users: [
        { id: ANA, name: 'ana' },
        { id: BEN, name: 'ben' },
      ],
      appToken: 'xapp-1',
      botToken: 'xoxb-1',
      scopes: [
        'chat:write',
        'channels:manage',
        'groups:write',
        'groups:read',
        'groups:history',
        'pins:write',
        'files:write',
      ],
      commands: ['/ack', '/late', '/silent', '/reply'],
      timing: { ackMs: 1000, eventRetryMs: [0] },
    })
    app = new App({
      token: 'xoxb-1',
      appToken: 'xapp-1',
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    })
    app.command('/ack', async ({ ack, respond, command }) => {
      await ack()
      await respond({ text: `acknowledged ${command.text}` })
    })
    app.command('/late', async ({ ack }) => ack({ text: 'said with the acknowledgement' }))
    app.command('/silent', async () => {})
    app.command('/reply', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: modal })
      await ack()
    })
    app.view('reply', async ({ ack, view }) => {
      const text = view.state.values['body']?.['text']?.value ?? ''
      seen.push(text)
      if (text.length < 5) return ack({ response_action: 'errors', errors: { body: 'Say more.' } })
      return ack()
    })
    app.action('confirm', async ({ ack, respond, body }) => {
      await ack()
      await respond({ text: `confirmed by ${body.user.id}`, replace_original: true })
    })
    app.event('message', async ({ event, say }) => {
      if ('text' in event) await say({ text: `heard ${event.text}` })
    })
    app.event('member_joined_channel', async ({ event, say }) => {
      if (event.user === BEN) await say({ text: `came ${event.user}` })
    })
    await app.start()
    await slack.connected()
  })

  afterEach(async () => {
    await app.stop()
    await slack.close()
  })

  const openChannel = async (): Promise<string> => {
    const made = await app.client.conversations.create({ name: 'sec-1', is_private: true })
    const channel = made.channel?.id ?? ''
    await app.client.conversations.invite({ channel, users: ANA })
    return channel
  }

  it('answers a slash command through its response URL', async () => {
    const outcome = await slack.person(ANA).command('/ack', 'for <@U0BEN|ben> & all', 'general')
    expect(outcome.failure).toBeUndefined()
    await outcome.shown()
    expect(outcome.responses).toMatchObject([{ kind: 'ephemeral', text: 'acknowledged for <@U0BEN|ben> &amp; all' }])
    expect(outcome.ephemerals.map((each) => each.user)).toEqual([ANA])
  })

  it('answers with the acknowledgement itself', async () => {
    const outcome = await slack.person(ANA).command('/late', '', 'general')
    expect(outcome.acknowledged).toEqual({ text: 'said with the acknowledgement' })
    expect(outcome.ephemerals.map((each) => each.text)).toEqual(['said with the acknowledgement'])
  })

  it('shows the person a timeout if a handler never acknowledges', async () => {
    const outcome = await slack.person(ANA).command('/silent', '', 'general')
    expect(outcome.failure).toBe('operation_timeout')
  })

  it('knows no command that the manifest does not have', async () => {
    const outcome = await slack.person(ANA).command('/status', '', 'general')
    expect(outcome.failure).toBe('no_such_command')
  })

  it('opens a modal, complains in it, and closes it', async () => {
    const ana = slack.person(ANA)
    const outcome = await ana.command('/reply', '', 'general')
    expect(outcome.view?.view.title.text).toBe('Reply')
    const short = await ana.submit(outcome.view, { Text: 'no' })
    expect(short).toMatchObject({ result: 'errors', errors: { body: 'Say more.' } })
    const good = await ana.submit(outcome.view, { body: 'thank you' })
    expect(good).toMatchObject({ result: 'closed', current: undefined })
    expect(seen).toEqual(['no', 'thank you'])
  })

  it('plays a case channel: create, invite, post, pin, press, replace, upload, archive', async () => {
    const channel = await openChannel()
    const posted = await app.client.chat.postMessage({
      channel,
      text: 'SEC-2026-0001',
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'embargo_effect', event_payload: { id: 'e-1' } },
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'Please *confirm*, <@U0ANA>' } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'confirm', text: { type: 'plain_text', text: 'Confirm' } }],
        },
      ],
    })
    const ts = posted.ts ?? ''
    await app.client.pins.add({ channel, timestamp: ts })
    const history = await app.client.conversations.history({ channel, include_all_metadata: true })
    expect(history.messages?.[0]?.metadata).toEqual({ event_type: 'embargo_effect', event_payload: { id: 'e-1' } })

    const message = slack.state.messagesIn(channel)[0]
    expect(message?.pinned).toBe(true)
    expect(message && slack.render(message)).toBe('Please *confirm*, @ana\n[ Confirm ]')

    const pressed = await slack.person(ANA).click(ts, 'Confirm')
    expect(pressed.failure).toBeUndefined()
    await pressed.shown()
    expect(slack.state.messagesIn(channel)[0]?.text).toBe('confirmed by U0ANA')

    await app.client.files.uploadV2({
      channel_id: channel,
      file: Buffer.from('--- a\n+++ b\n'),
      filename: 'fix.patch',
      title: 'fix.patch',
    })
    const files = [...slack.state.files.values()]
    expect(files.map((file) => [file.name, file.channels, file.content?.toString()])).toEqual([
      ['fix.patch', [channel], '--- a\n+++ b\n'],
    ])

    await app.client.conversations.archive({ channel })
    await expect(app.client.chat.postMessage({ channel, text: 'late' })).rejects.toMatchObject({
      data: { error: 'is_archived' },
    })
  })

  const texts = (channel: string): readonly string[] => slack.state.messagesIn(channel).map((each) => each.text)

  it('receives messages and the events of people who join', async () => {
    const channel = await openChannel()
    slack.person(ANA).say(channel, 'a word')
    slack.person(ANA).invite(channel, BEN)
    await slack.until(() => texts(channel).includes('heard a word') && texts(channel).includes(`came ${BEN}`))
    expect(texts(channel).toSorted()).toEqual(['a word', `came ${BEN}`, 'heard a word'])
  })

  it('receives an event twice if its acknowledgement was lost', async () => {
    const channel = await openChannel()
    slack.faults.loseNextAck()
    slack.person(ANA).say(channel, 'again')
    await slack.until(() => texts(channel).filter((text) => text === 'heard again').length === 2)
    expect(texts(channel)).toEqual(['again', 'heard again', 'heard again'])
  })

  it('meets a server error, and an answer that got lost after the post', async () => {
    const channel = await openChannel()
    slack.faults.next('chat.postMessage', { kind: 'status', status: 500 })
    await expect(app.client.chat.postMessage({ channel, text: 'one' })).rejects.toMatchObject({ statusCode: 500 })
    expect(texts(channel)).not.toContain('one')
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' })
    await expect(app.client.chat.postMessage({ channel, text: 'two' })).rejects.toThrow()
    expect(texts(channel)).toContain('two')
  })
})
