import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { ANA, APP, BEN, GUILD, SECURITY, api, at, openChannel, startTestDiscord } from '../testing.ts'
import { NotPossible } from './not-possible.ts'
import { ScriptedApp } from './scripted-app.ts'

const COMMANDS: Json = [
  {
    name: 'assign',
    description: 'x',
    options: [
      { type: 6, name: 'who', description: 'x', required: true },
      { type: 3, name: 'why', description: 'x', max_length: 5, choices: [{ name: 'Because', value: 'b' }] },
      { type: 4, name: 'days', description: 'x', min_value: 1, max_value: 14 },
      { type: 5, name: 'soon', description: 'x' },
      { type: 11, name: 'file', description: 'x' },
    ],
  },
  {
    name: 'cvd',
    description: 'x',
    options: [{ type: 2, name: 'case', description: 'x', options: [{ type: 1, name: 'status', description: 'x' }] }],
  },
  { name: 'manage', description: 'x', default_member_permissions: String(1n << 5n) },
  { name: 'Log it', type: 3 },
]

let discord: DiscordEmulator
let app: ScriptedApp
let channel: string
beforeEach(async () => {
  discord = await startTestDiscord({ timing: { answerMs: 200 } })
  app = await ScriptedApp.connect(discord)
  app.answer = () => ({ type: 4, data: { content: 'done', flags: 64 } })
  channel = await openChannel(discord)
  await api(discord, `PUT /applications/${APP}/guilds/${GUILD}/commands`, COMMANDS)
})
afterEach(async () => {
  app.close(1000)
  await discord.close()
})

const ana = () => discord.person(ANA)
const data = (): JsonObject => app.of('INTERACTION_CREATE').at(-1) ?? {}

describe('a person who uses a command', () => {
  it('sends what they filled in, with the users and channels that it names', async () => {
    const file = { name: 'proof of concept.txt', type: 'text/plain', bytes: 'plumbago' }
    const outcome = await ana().command('/assign', { who: BEN, why: 'Because', days: 3, soon: true, file }, channel)
    expect([outcome.acknowledged, outcome.failure]).toEqual(['message', undefined])
    expect(outcome.ephemerals.map((each) => each.content)).toEqual(['done'])
    expect(data()).toMatchObject({
      type: 2,
      channel_id: channel,
      member: { user: { id: ANA }, roles: [SECURITY] },
      data: {
        name: 'assign',
        options: [
          { name: 'who', value: BEN },
          { name: 'why', value: 'b' },
          { name: 'days', value: 3 },
          { name: 'soon', value: true },
          { name: 'file' },
        ],
        resolved: { users: { [BEN]: { username: 'ben' } }, members: { [BEN]: { roles: [] } } },
      },
    })
    const attached = String(at(data(), 'data', 'options', 4, 'value'))
    const link = String(at(data(), 'data', 'resolved', 'attachments', attached, 'url'))
    expect(await (await fetch(link)).text()).toBe('plumbago')
    expect(discord.state.everything()).toContain('plumbago')
    discord.linksLive(-1)
    await ana().command('/assign', { who: BEN, file }, channel)
    const stale = at(
      data(),
      'data',
      'resolved',
      'attachments',
      String(at(data(), 'data', 'options', 1, 'value')),
      'url',
    )
    expect((await fetch(String(stale))).status).toBe(404)
  })

  it('reports the permissions of the person and of the app in that channel', async () => {
    await ana().command('/assign', { who: BEN }, channel)
    expect(BigInt(String(at(data(), 'member', 'permissions'))) & (1n << 10n)).toBe(1n << 10n)
    expect(BigInt(String(at(data(), 'app_permissions'))) & (1n << 51n)).toBe(1n << 51n)
  })

  it('finds a subcommand in its group', async () => {
    await ana().command('/cvd case status', {}, channel)
    expect(at(data(), 'data', 'options', 0)).toEqual({
      name: 'case',
      type: 2,
      options: [{ name: 'status', type: 1, options: [] }],
    })
    await expect(ana().command('/cvd', {}, channel)).rejects.toThrow(NotPossible)
  })

  it.each<[string, Record<string, string | number | boolean>]>([
    ['what is required', {}],
    ['a choice that is offered', { who: BEN, why: 'Never' }],
    ['a number in its bounds', { who: BEN, days: 15 }],
    ['somebody who is there', { who: '4711' }],
    ['an option that there is', { who: BEN, more: 'x' }],
  ])('cannot send the command without %s', async (_, values) => {
    await expect(ana().command('/assign', values, channel)).rejects.toThrow(NotPossible)
    expect(app.of('INTERACTION_CREATE')).toEqual([])
  })

  it('is offered only the commands that their permissions let them see', async () => {
    expect((await ana().command('/manage', {}, channel)).failure).toBe('no-such-command')
    expect((await ana().command('/nothing', {}, channel)).failure).toBe('no-such-command')
    discord.admin.changeRole(SECURITY, { permissions: ['MANAGE_GUILD'] })
    expect((await ana().command('/manage', {}, channel)).failure).toBeUndefined()
  })

  it('is warned if the application does not respond, loses its answer, or is not connected', async () => {
    discord.faults.loseNextAck()
    app.answer = () => ({ type: 4, data: { content: 'lost' } })
    expect((await ana().command('/assign', { who: BEN }, channel)).failure).toBe('timeout')
    app.answer = () => undefined
    expect((await ana().command('/assign', { who: BEN }, channel)).failure).toBe('timeout')
    app.close(1000)
    await discord.until((state) => state.connections === 0)
    expect((await ana().command('/assign', { who: BEN }, channel)).failure).toBe('no-connection')
  })

  it('must be able to see the channel', async () => {
    await expect(discord.person(BEN).command('/assign', { who: BEN }, channel)).rejects.toThrow('ben sees no channel')
  })
})

describe('a person who reads', () => {
  it('sees the channels that they have access to, and the messages for them alone', async () => {
    await api(discord, `POST /channels/${channel}/messages`, { content: 'to all' })
    await ana().command('/assign', { who: BEN }, channel)
    expect(
      ana()
        .sees(channel)
        .map((each) => each.content),
    ).toEqual(['to all', 'done'])
    expect(discord.person(BEN).channels.map((each) => each.name)).toEqual(['general'])
    expect(ana().channels.map((each) => each.name)).toEqual(['general', 'sec-2026-0001'])
    expect(() => discord.person(BEN).sees(channel)).toThrow('ben sees no channel')
  })
})

describe('a person who touches a message', () => {
  const menu = {
    type: 3,
    custom_id: 'gate',
    placeholder: 'A gate',
    max_values: 2,
    options: [
      { label: 'One', value: '1' },
      { label: 'Two', value: '2' },
      { label: 'Three', value: '3' },
    ],
  }
  const rows: Json = [
    { type: 1, components: [menu] },
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: 'Go', custom_id: 'go' },
        { type: 2, style: 1, label: 'Off', custom_id: 'off', disabled: true },
        { type: 2, style: 5, label: 'Docs', url: 'https://example.org' },
      ],
    },
    { type: 1, components: [{ type: 5, custom_id: 'who' }] },
  ]
  const card = async (): Promise<string> =>
    String(at(await api(discord, `POST /channels/${channel}/messages`, { content: 'card', components: rows }), 'id'))

  it('presses a button by its label or custom_id', async () => {
    const id = await card()
    await ana().click(id, 'Go')
    expect(data()).toMatchObject({ type: 3, message: { id }, data: { custom_id: 'go', component_type: 2 } })
    await ana().click(id, 'go')
    expect(app.of('INTERACTION_CREATE')).toHaveLength(2)
  })

  it('sees the message change, at once or later', async () => {
    const id = await card()
    app.answer = () => ({ type: 7, data: { content: 'pressed' } })
    expect((await (await ana().click(id, 'Go')).shown()).isChanged).toBe(true)
    app.answer = () => ({ type: 6 })
    const outcome = await ana().click(id, 'Go')
    expect([outcome.acknowledged, outcome.isChanged]).toEqual(['deferred-update', false])
    await app.webhook(data(), 'PATCH /messages/@original', { content: 'later' })
    expect((await outcome.shown()).isChanged).toBe(true)
  })

  it.each(['Off', 'Docs', 'Nothing', 'A gate'])('cannot press %s', async (name) => {
    await expect(ana().click(await card(), name)).rejects.toThrow(NotPossible)
  })

  it('chooses in a menu by label or value, as many options as it allows', async () => {
    const id = await card()
    await ana().select(id, 'A gate', ['One', '2'])
    expect(at(data(), 'data')).toMatchObject({ custom_id: 'gate', component_type: 3, values: ['1', '2'] })
    await ana().select(id, 'who', [BEN])
    expect(at(data(), 'data', 'resolved', 'users', BEN, 'username')).toBe('ben')
    for (const values of [[], ['1', '2', '3'], ['4']]) {
      await expect(ana().select(id, 'gate', values)).rejects.toThrow(NotPossible)
    }
  })

  it('uses a command of its menu', async () => {
    const message = ana().say('general', 'hello')
    await ana().messageAction('Log it', message.id)
    expect(at(data(), 'data')).toMatchObject({
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: { content: 'hello' } } },
    })
    expect((await ana().messageAction('Other', message.id)).failure).toBe('no-such-command')
  })
})

describe('a person with a modal', () => {
  const fields: Json = [
    { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 2, min_length: 2, max_length: 5 } },
    {
      type: 18,
      label: 'Gate',
      component: { type: 3, custom_id: 'gate', required: false, options: [{ label: 'One', value: '1' }] },
    },
    { type: 18, label: 'Files', component: { type: 19, custom_id: 'files', required: false } },
    { type: 10, content: 'Please.' },
  ]
  beforeEach(async () => {
    app.answer = () => ({ type: 9, data: { custom_id: 'm', title: 'Say why', components: fields } })
    await ana().command('/assign', { who: BEN }, channel)
    app.answer = () => ({ type: 4, data: { content: 'thanks' } })
  })

  it('sees the modal as it is', () => {
    expect(discord.render(ana().modal ?? never())).toMatchInlineSnapshot(`
      "── Say why ──
      Please.
      Why *:
      Gate: ▾
      Files:
      [ Cancel ] [ Submit ]"
    `)
  })

  it('fills the modal in by labels or ids, and submitting closes it', async () => {
    await ana().submitModal({ Why: 'abc', gate: ['One'], Files: [{ name: 'a.txt', bytes: 'x' }] })
    const components = at(data(), 'data', 'components')
    expect(components).toMatchObject([
      { component: { type: 4, value: 'abc' } },
      { component: { type: 3, values: ['1'] } },
      { component: { type: 19 } },
      { type: 10 },
    ])
    expect(ana().modal).toBeUndefined()
  })

  it.each<[string, Record<string, string>]>([
    ['nothing in what is required', {}],
    ['too little', { Why: 'a' }],
    ['too much', { Why: 'abcdef' }],
    ['an unknown option', { Why: 'abc', Gate: 'Two' }],
    ['an unknown field', { Why: 'abc', More: 'x' }],
  ])('cannot submit the modal with %s', async (_, values) => {
    await expect(ana().submitModal(values)).rejects.toThrow(NotPossible)
    expect(ana().modal).toBeDefined()
  })

  it('can close the modal, and the app is not informed', () => {
    ana().closeModal()
    expect(ana().modal).toBeUndefined()
    expect(app.of('INTERACTION_CREATE')).toHaveLength(1)
  })
})

describe('a person who writes', () => {
  it('posts, edits and deletes messages', async () => {
    const message = ana().say('general', 'plumbago', { files: [{ name: 'a.txt', bytes: 'x' }] })
    ana().edit(message.id, 'graphite')
    ana().remove(message.id)
    await app.heard('MESSAGE_DELETE')
    expect(app.of('MESSAGE_UPDATE')[0]?.['content']).toBe('graphite')
    expect(discord.state.everything()).toContain('plumbago')
  })

  it.each<[string, string, number]>([
    ['nothing', ' ', 0],
    ['more than two thousand characters', 'x'.repeat(2001), 0],
    ['a file of more than ten mebibytes', 'x', 10 * 1024 * 1024 + 1],
  ])('cannot send %s', (_, text, bytes) => {
    const files = bytes === 0 ? [] : [{ name: 'a.bin', bytes: Buffer.alloc(bytes) }]
    expect(() => ana().say('general', text, { files })).toThrow(NotPossible)
  })

  it('can do nothing after leaving the guild', async () => {
    const left = ana()
    discord.admin.leave(ANA)
    expect(() => left.say('general', 'x')).toThrow(NotPossible)
    await expect(left.command('/assign', { who: BEN }, 'general')).rejects.toThrow(NotPossible)
  })

  it('may write only where their permissions allow it', () => {
    expect(() => discord.person(BEN).say(channel, 'x')).toThrow(NotPossible)
    discord.admin.setOverwrite('general', { id: GUILD, type: 'role', deny: ['SEND_MESSAGES'] })
    expect(() => ana().say('general', 'x')).toThrow('ana lacks SEND_MESSAGES')
    expect(() => discord.person('4711')).toThrow('There is no member 4711')
  })
})

const never = (): never => {
  throw new Error('There is no modal.')
}
