import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { ALL_SCOPES, ANA, at, call, openChannel, startTestSlack } from '../testing.ts'
import { ScriptedApp } from './scripted-app.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const button = { type: 'button', action_id: 'go', text: plain('Go'), value: 'v' }
const home = (more: JsonObject = {}): JsonObject => ({
  type: 'home',
  blocks: [
    { type: 'header', text: plain('My cases') },
    { type: 'actions', elements: [button] },
  ],
  ...more,
})
const select = (more: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id: 'who',
  label: plain('Who'),
  element: { type: 'external_select', action_id: 'value', min_query_length: 0, ...more },
})
const file = (more: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id: 'file',
  label: plain('Patch'),
  optional: true,
  element: { type: 'file_input', action_id: 'value', max_files: 1, ...more },
})
const modal = (...blocks: readonly JsonObject[]): JsonObject => ({
  type: 'modal',
  title: plain('Form'),
  submit: plain('Send'),
  blocks,
})

let slack: SlackEmulator
let app: ScriptedApp
beforeEach(async () => {
  slack = await startTestSlack({ scopes: [...ALL_SCOPES, 'files:read'], shortcuts: ['note'] })
  app = await ScriptedApp.connect(slack)
})
afterEach(() => slack.close())

const ana = () => slack.person(ANA)
const lastPayload = (): JsonObject => app.payloads.at(-1) ?? {}
const publish = (view: JsonObject, more: JsonObject = {}) =>
  call(slack, 'views.publish', { user_id: ANA, view, ...more })
const openModal = async (...blocks: readonly JsonObject[]) => {
  const outcome = await ana().command('/cvd', '', 'general')
  const opened = await call(slack, 'views.open', {
    trigger_id: at(lastPayload(), 'trigger_id'),
    view: modal(...blocks),
  })
  return { outcome, opened }
}

// https://docs.slack.dev/reference/methods/views.publish and /reference/events/app_home_opened
describe('the Home tab', () => {
  it('shows what was published; the app is told when it was opened, and its buttons have no channel', async () => {
    const opened = Promise.withResolvers<JsonObject>()
    app.onEvent = (event) => opened.resolve(event)
    ana().openHome()
    expect(await opened.promise).toMatchObject({ type: 'app_home_opened', user: ANA, tab: 'home' })
    expect(await publish(home())).toMatchObject({ ok: true, view: { type: 'home' } })
    expect(ana().home && slack.render(ana().home ?? never())).toBe('My cases\n[ Go ]')
    await ana().clickHome('Go')
    expect(lastPayload()).toMatchObject({ type: 'block_actions', view: { type: 'home' }, actions: [{ value: 'v' }] })
    expect(lastPayload()['channel']).toBeUndefined()
  })

  it.each([
    ['for nobody', { user_id: 'U0NOBODY' }, {}, 'invalid_arguments'],
    ['with another type', {}, { type: 'modal', title: plain('x') }, 'invalid_arguments'],
    ['with a file input', {}, { blocks: [file()] }, 'invalid_arguments'],
    [
      'with too many blocks',
      {},
      { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
      'invalid_arguments',
    ],
    ['with more than 250 KB', {}, { private_metadata: 'x'.repeat(250_001) }, 'view_too_large'],
  ])('is refused %s', async (_what, args, view, error) => {
    expect(await publish(home(view), args)).toMatchObject({ ok: false, error })
    expect(slack.state.homes.size).toBe(0)
  })

  it('is not replaced if the given hash is outdated, and does not exist if it is switched off', async () => {
    const first = await publish(home())
    const hash = at(first, 'view', 'hash')
    expect(await publish(home(), { hash })).toMatchObject({ ok: true })
    expect(await publish(home(), { hash })).toMatchObject({ error: 'hash_conflict' })
    await using off = await startTestSlack({ home: false })
    expect(await call(off, 'views.publish', { user_id: ANA, view: home() })).toMatchObject({ error: 'not_enabled' })
    expect(() => off.person(ANA).openHome()).toThrow('no Home tab')
  })
})

// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
describe('an external select', () => {
  const options = ['ana', 'ben'].map((value) => ({ text: plain(value), value }))

  it('asks the app while somebody types, and accepts only what the app offered', async () => {
    const { outcome } = await openModal(select())
    app.answer = () => ({ options })
    const offered = await ana().suggestions(outcome.view, 'Who', 'a')
    expect(lastPayload()).toMatchObject({ type: 'block_suggestion', block_id: 'who', action_id: 'value', value: 'a' })
    expect(offered?.map((each) => each.value)).toEqual(['ana', 'ben'])
    await expect(ana().submit(outcome.view, { Who: 'eve' })).rejects.toThrow('no option eve')
    app.answer = () => ({})
    await ana().submit(outcome.view, { Who: 'ben' })
    expect(lastPayload()).toMatchObject({
      view: { state: { values: { who: { value: { selected_option: { value: 'ben' } } } } } },
    })
  })

  it.each([
    ['no list', { said: 'hello' }],
    ['an option without a value', { options: [{ text: plain('x') }] }],
    ['a text that is too long', { options: [{ text: plain('x'.repeat(76)), value: 'x' }] }],
    ['a value that is too long', { options: [{ text: plain('x'), value: 'x'.repeat(151) }] }],
    [
      'more than a hundred',
      { options: Array.from({ length: 101 }, (_, n) => ({ text: plain('x'), value: String(n) })) },
    ],
  ])('shows nothing for an answer with %s', async (_what, answer) => {
    const { outcome } = await openModal(select())
    app.answer = () => answer
    expect(await ana().suggestions(outcome.view, 'Who', '')).toBeUndefined()
  })

  it('waits for three characters unless it says otherwise', async () => {
    const { outcome } = await openModal({ ...select(), element: { type: 'external_select', action_id: 'value' } })
    await expect(ana().suggestions(outcome.view, 'Who', 'an')).rejects.toThrow('until 3 or more characters are typed')
  })
})

// https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
describe('a file input', () => {
  const upload = { name: 'fix.patch', type: 'text/x-diff', bytes: Buffer.from('--- a') }

  it('gives the app the address of the file, which only the bot token can download', async () => {
    const { outcome } = await openModal(file())
    ana().addFiles(outcome.view, 'Patch', [upload])
    await ana().submit(outcome.view, {})
    const given = [expect.objectContaining({ name: 'fix.patch', mimetype: 'text/x-diff', size: 5 })]
    expect(lastPayload()).toMatchObject({ view: { state: { values: { file: { value: { files: given } } } } } })
    const stored = [...slack.state.files.values()][0]
    expect(stored).toMatchObject({ name: 'fix.patch', type: 'text/x-diff', user: ANA, length: 5 })
    const address = `${slack.apiUrl.replace('/api/', '')}/files-pri/T0TEAM-${stored?.id}/download/fix.patch`
    const signIn = await fetch(address, { redirect: 'manual' })
    expect(signIn.status).toBe(302)
    const read = await fetch(address, { headers: { authorization: 'Bearer xoxb-test' } })
    expect([read.headers.get('content-type'), await read.text()]).toEqual(['text/x-diff', '--- a'])
  })

  it('needs the right scope, and keeps Slack’s limits', async () => {
    const { outcome } = await openModal(file())
    expect(() => ana().addFiles(outcome.view, 'Patch', [upload, upload])).toThrow('too many')
    const huge = { ...upload, bytes: new Uint8Array(10 * 1024 * 1024 + 1) }
    expect(() => ana().addFiles(outcome.view, 'Patch', [huge])).toThrow('larger than Slack takes')
    await using narrow = await startTestSlack()
    const other = await ScriptedApp.connect(narrow)
    await narrow.person(ANA).command('/cvd', '', 'general')
    const trigger_id = at(other.payloads.at(-1) ?? {}, 'trigger_id')
    expect(await call(narrow, 'views.open', { trigger_id, view: modal(file()) })).toMatchObject({
      error: 'missing_scope',
      needed: 'files:read',
    })
  })
})

describe('a shortcut', () => {
  it('exists only if the manifest has it', async () => {
    const channel = await openChannel(slack)
    await expect(ana().shortcut('other', ana().say(channel, 'x').ts)).rejects.toThrow('no shortcut other')
  })
})

// https://docs.slack.dev/enterprise: payloads name the organisation too.
describe('a workspace of an organisation', () => {
  it('names the organisation in every payload', async () => {
    await using grid = await startTestSlack({ enterprise: { id: 'E0ORG' } })
    const other = await ScriptedApp.connect(grid)
    expect(await call(grid, 'auth.test')).toMatchObject({ enterprise_id: 'E0ORG', is_enterprise_install: false })
    await grid.person(ANA).command('/cvd', '', 'general')
    expect(other.payloads.at(-1)).toMatchObject({ enterprise_id: 'E0ORG', is_enterprise_install: 'false' })
  })
})

const never = (): never => {
  throw new Error('nothing was published')
}
