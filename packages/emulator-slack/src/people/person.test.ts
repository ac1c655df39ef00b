import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { RESPONSE_URL_MS, TRIGGER_MS } from '../limits.ts'
import { ANA, at, BEN, call, openChannel, startTestSlack } from '../testing.ts'
import { ScriptedApp } from './scripted-app.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'text', ...more })
const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'reply',
  title: plain('Reply'),
  submit: plain('Send'),
  blocks: [{ type: 'input', block_id: 'body', label: plain('Text'), element: textInput() }],
  ...more,
})

let slack: SlackEmulator
let app: ScriptedApp
let elapsed: number
let channel: string

beforeEach(async () => {
  elapsed = 0
  slack = await startTestSlack({
    monotonic: () => elapsed,
    commands: ['/cvd', { command: '/raw', shouldEscape: false }],
  })
  channel = await openChannel(slack)
  app = await ScriptedApp.connect(slack)
})
afterEach(() => slack.close())

const ana = () => slack.person(ANA)
const lastPayload = (): JsonObject => app.payloads.at(-1) ?? {}
const respond = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })

// https://docs.slack.dev/interactivity/implementing-slash-commands
describe('a slash command', () => {
  it('arrives with the person, the channel and the workspace', async () => {
    await ana().command('/cvd', 'status', channel)
    expect(lastPayload()).toMatchObject({
      command: '/cvd',
      text: 'status',
      user_id: ANA,
      user_name: 'ana',
      channel_id: channel,
      channel_name: 'privategroup',
      team_id: 'T0TEAM',
      api_app_id: 'A0EMBARGO',
    })
  })

  it.each([
    [
      '/cvd',
      'to @ben in #general by @security',
      `to <@${BEN}|ben> in <#C0GENERAL|general> by <!subteam^S0SEC|@security>`,
    ],
    ['/cvd', 'a < b & <@U0BEN|ben> a@ben', 'a &lt; b &amp; <@U0BEN|ben> a@ben'],
    ['/raw', 'to @ben < c', 'to @ben < c'],
  ])('%s %j arrives as %j', async (command, typed, arrived) => {
    await ana().command(command, typed, channel)
    expect(lastPayload()['text']).toBe(arrived)
  })

  it('has a time limit on the emulator clock', async () => {
    app.answer = () => {
      elapsed += 12
      return {}
    }
    expect(await ana().command('/cvd', '', channel)).toMatchObject({ acknowledged: {}, ackMs: 12, failure: undefined })
  })

  it('shows everybody in the channel what the acknowledgement says', async () => {
    app.answer = () => ({ response_type: 'in_channel', text: 'for all' })
    const outcome = await ana().command('/cvd', '', channel)
    expect(outcome.responses).toMatchObject([{ kind: 'in_channel' }])
    expect(slack.state.messagesIn(channel).map((each) => [each.text, each.fromApp])).toEqual([['for all', true]])
  })

  it('fails if the acknowledgement is not valid', async () => {
    app.answer = () => ({ blocks: [{ type: 'poll' }] })
    expect((await ana().command('/cvd', '', channel)).failure).toBe('invalid_response')
    expect(slack.state.ephemerals).toEqual([])
  })

  it('cannot be typed in a channel that the person is not in', async () => {
    await expect(slack.person(BEN).command('/cvd', '', channel)).rejects.toThrow('ben is not in')
  })
})

// https://docs.slack.dev/interactivity/handling-user-interaction
describe('a response URL', () => {
  it('works five times', async () => {
    const outcome = await ana().command('/cvd', '', channel)
    const url = at(lastPayload(), 'response_url')
    for (let use = 1; use <= 5; use += 1) expect((await respond(url, { text: `${use}` })).status).toBe(200)
    const sixth = await respond(url, { text: '6' })
    expect([sixth.status, await sixth.text()]).toEqual([404, 'used_url'])
    expect(outcome.responses.map((each) => each.text)).toEqual(['1', '2', '3', '4', '5'])
  })

  it.each([
    [RESPONSE_URL_MS, 200],
    [RESPONSE_URL_MS + 1, 404],
  ])('after %i ms answers %i', async (ms, status) => {
    await ana().command('/cvd', '', channel)
    elapsed += ms
    expect((await respond(at(lastPayload(), 'response_url'), { text: 'late' })).status).toBe(status)
  })

  it('refuses an invalid body', async () => {
    await ana().command('/cvd', '', channel)
    const url = at(lastPayload(), 'response_url')
    expect((await respond(url, { txt: 'x' })).status).toBe(400)
    expect(await (await respond(url, { blocks: [{ type: 'poll' }] })).text()).toBe('invalid_blocks')
    expect(await (await respond(url, { text: '' })).text()).toBe('no_text')
  })

  it('deletes the message whose button was pressed', async () => {
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] }]
    const ts = at(await call(slack, 'chat.postMessage', { channel, text: 'x', blocks }), 'ts')
    const outcome = await ana().click(ts, 'Go')
    await respond(at(lastPayload(), 'response_url'), { delete_original: true })
    expect(outcome.responses).toMatchObject([{ kind: 'deleted', ts }])
    expect(slack.state.messagesIn(channel)).toEqual([])
  })
})

// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
describe('pressing and choosing', () => {
  const blocks = [
    {
      type: 'actions',
      block_id: 'row',
      elements: [
        { type: 'button', action_id: 'yes', text: plain('Yes'), value: 'v' },
        { type: 'button', action_id: 'no', text: plain('No') },
        { type: 'static_select', action_id: 'pick', options: [{ text: plain('One'), value: '1' }] },
        { type: 'users_select', action_id: 'who' },
      ],
    },
  ]
  let ts: string
  beforeEach(async () => {
    ts = at(await call(slack, 'chat.postMessage', { channel, text: 'x', blocks }), 'ts')
  })

  it.each([
    ['Yes', undefined, { action_id: 'yes', block_id: 'row', value: 'v', type: 'button' }],
    ['no', undefined, { action_id: 'no' }],
    ['pick', 'One', { selected_option: { value: '1' } }],
    ['who', BEN, { selected_user: BEN }],
  ])('%s %s', async (name, value, action) => {
    await ana().click(ts, name, value)
    expect(lastPayload()).toMatchObject({
      type: 'block_actions',
      user: { id: ANA },
      channel: { id: channel },
      message: { ts },
      actions: [action],
      container: { type: 'message', message_ts: ts, is_ephemeral: false },
    })
  })

  it('fails for an element that does not exist', async () => {
    await expect(ana().click(ts, 'Maybe')).rejects.toThrow('There is nothing called Maybe.')
    await expect(ana().click(ts, 'pick', 'Three')).rejects.toThrow('There is no option Three')
    await expect(slack.person(BEN).click(ts, 'Yes')).rejects.toThrow('sees no message')
  })

  it('works on a message that only one person sees, for that person only', async () => {
    const answer = await call(slack, 'chat.postEphemeral', { channel, user: ANA, text: 'x', blocks })
    const own = at(answer, 'message_ts')
    await ana().click(own, 'Yes')
    expect(lastPayload()).toMatchObject({ container: { is_ephemeral: true } })
    expect(lastPayload()).not.toHaveProperty('message')
    ana().invite(channel, BEN)
    await expect(slack.person(BEN).click(own, 'Yes')).rejects.toThrow('sees no message')
  })

  it('runs a shortcut on a message', async () => {
    await ana().shortcut('ask', ts)
    expect(lastPayload()).toMatchObject({
      type: 'message_action',
      callback_id: 'ask',
      message_ts: ts,
      channel: { id: channel },
    })
  })
})

// https://docs.slack.dev/interactivity/handling-user-interaction
describe('a trigger', () => {
  it.each([
    [TRIGGER_MS, undefined],
    [TRIGGER_MS + 1, 'expired_trigger_id'],
  ])('after %i ms is answered with %s', async (ms, error) => {
    const outcome = await ana().command('/cvd', '', channel)
    const trigger_id = at(lastPayload(), 'trigger_id')
    elapsed += ms
    expect((await call(slack, 'views.open', { trigger_id, view: modal() })).error).toBe(error)
    expect(outcome.view === undefined).toBe(error !== undefined)
  })

  it('works once, and a refused view does not use it up', async () => {
    await ana().command('/cvd', '', channel)
    const trigger_id = at(lastPayload(), 'trigger_id')
    const bad = await call(slack, 'views.open', { trigger_id, view: modal({ title: plain('x'.repeat(25)) }) })
    expect(bad).toMatchObject({
      error: 'invalid_arguments',
      errors: ['must be less than 25 characters [json-pointer:/view/title/text]'],
    })
    expect(await call(slack, 'views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true })
    expect(await call(slack, 'views.open', { trigger_id, view: modal() })).toMatchObject({
      error: 'exchanged_trigger_id',
    })
    expect(await call(slack, 'views.open', { trigger_id: '1.2.x', view: modal() })).toMatchObject({
      error: 'invalid_trigger_id',
    })
  })
})

// https://docs.slack.dev/surfaces/modals
describe('a modal', () => {
  const open = async (view: object = modal()) => {
    const outcome = await ana().command('/cvd', '', channel)
    expect(
      (await call(slack, 'views.open', { trigger_id: at(lastPayload(), 'trigger_id'), view: view as JsonObject })).ok,
    ).toBe(true)
    return outcome.view
  }

  it('is submitted with what was filled in, and closes', async () => {
    const view = await open(modal({ private_metadata: 'case 1' }))
    expect(await ana().submit(view, { Text: 'hello' })).toMatchObject({
      sent: true,
      result: 'closed',
      current: undefined,
    })
    expect(lastPayload()).toMatchObject({
      type: 'view_submission',
      user: { id: ANA },
      view: {
        private_metadata: 'case 1',
        callback_id: 'reply',
        state: { values: { body: { text: { type: 'plain_text_input', value: 'hello' } } } },
      },
    })
  })

  it.each([
    ['nothing', {}, ''],
    ['too little', { min_length: 3 }, 'ab'],
    ['too much', { max_length: 3 }, 'abcd'],
    ['more than any text may have', {}, 'x'.repeat(3001)],
  ])('is not submitted with %s in it', async (_what, limits, text) => {
    const input = { type: 'input', block_id: 'body', label: plain('Text'), element: textInput(limits) }
    const view = await open(modal({ blocks: [input] }))
    const before = app.payloads.length
    const result = await ana().submit(view, { body: text })
    expect(result).toMatchObject({ sent: false, result: 'errors', current: view })
    expect(app.payloads.length).toBe(before)
  })

  it('shows the errors that the app returns', async () => {
    const view = await open()
    app.answer = () => ({ response_action: 'errors', errors: { body: 'Too short.' } })
    expect(await ana().submit(view, { body: 'x' })).toMatchObject({ result: 'errors', errors: { body: 'Too short.' } })
    app.answer = () => ({ response_action: 'errors', errors: { other: 'No such input.' } })
    expect(await ana().submit(view, { body: 'x' })).toMatchObject({
      result: 'invalid',
      outcome: { failure: 'invalid_response' },
    })
  })

  it('is updated, covered by another modal, and cleared', async () => {
    const view = await open()
    app.answer = () => ({ response_action: 'update', view: modal({ title: plain('Preview') }) })
    await ana().submit(view, { body: 'kept' })
    expect(ana().view).toBe(view)
    expect(view?.view.title.text).toBe('Preview')
    expect(view?.values.get('body')?.get('text')).toMatchObject({ value: 'kept' })
    app.answer = () => ({ response_action: 'push', view: modal({ title: plain('Sure?') }) })
    const pushed = await ana().submit(view, { body: 'x' })
    expect(pushed.current?.previousId).toBe(view?.id)
    app.answer = () => ({ response_action: 'clear' })
    expect(await ana().submit(pushed.current, { body: 'x' })).toMatchObject({ result: 'cleared', current: undefined })
  })

  it('shows the modal beneath when it is submitted', async () => {
    const view = await open()
    app.answer = () => ({ response_action: 'push', view: modal() })
    const pushed = await ana().submit(view, { body: 'x' })
    app.answer = () => ({})
    expect((await ana().submit(pushed.current, { body: 'y' })).current).toBe(view)
  })

  it('can have at most three levels', async () => {
    const button = { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] }
    await open(modal({ blocks: [button] }))
    for (const expected of [undefined, undefined, 'push_limit_reached']) {
      await ana().clickIn(undefined, 'More')
      const answer = await call(slack, 'views.push', {
        trigger_id: at(lastPayload(), 'trigger_id'),
        view: modal({ blocks: [button] }) as JsonObject,
      })
      expect(answer.error).toBe(expected)
    }
  })

  it('is updated by the app with the hash it knows', async () => {
    const view = await open()
    const update = (more: JsonObject) => call(slack, 'views.update', { view: modal() as JsonObject, ...more })
    const { id = '', hash = '' } = view ?? {}
    expect(await update({ view_id: id, hash: 'old' })).toMatchObject({ error: 'hash_conflict' })
    expect(await update({ view_id: id, hash })).toMatchObject({ ok: true })
    expect(await update({ view_id: 'V0' })).toMatchObject({ error: 'not_found' })
    expect(await update({})).toMatchObject({ error: 'invalid_arguments' })
  })

  it('tells the app that it was closed if the app asked for that', async () => {
    const view = await open(modal({ notify_on_close: true }))
    await ana().close(view)
    expect(lastPayload()).toMatchObject({ type: 'view_closed', is_cleared: false })
    expect(ana().view).toBeUndefined()
  })
})
