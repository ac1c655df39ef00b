import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { ScriptedApp } from '../people/scripted-app.ts'
import { ANA, APP, BEN, GUILD, api, at, codesAt, openChannel, refusal, startTestDiscord } from '../testing.ts'

const COMMANDS = [
  { name: 'ack', description: 'x' },
  { name: 'find', description: 'x', options: [{ type: 3, name: 'case', description: 'x', autocomplete: true }] },
  { name: 'Send', type: 3 },
]
const BUTTON = { components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }] }
const MODAL = {
  type: 9,
  data: {
    custom_id: 'm',
    title: 'Why',
    components: [{ type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 2 } }],
  },
}

let now: number
let discord: DiscordEmulator
let app: ScriptedApp
let channel: string
beforeEach(async () => {
  now = 0
  discord = await startTestDiscord({ monotonic: () => now })
  app = await ScriptedApp.connect(discord)
  channel = await openChannel(discord)
  await api(discord, `PUT /applications/${APP}/guilds/${GUILD}/commands`, COMMANDS)
})
afterEach(async () => {
  app.close(1000)
  await discord.close()
})

const ana = () => discord.person(ANA)

/** Ana uses a command. The app gets the interaction and does not answer it. */
const heard = async (use: () => Promise<unknown>): Promise<{ data: JsonObject; used: Promise<unknown> }> => {
  const before = app.of('INTERACTION_CREATE').length
  const used = use()
  return { data: await app.heard('INTERACTION_CREATE', before), used }
}
const acked = async (callback: Json, use = () => ana().command('/ack', {}, channel)): Promise<JsonObject> => {
  const { data, used } = await heard(use)
  expect((await app.respond(data, callback)).status).toBe(204)
  await used
  return data
}
const say = (content: string, flags = 0) => ({ type: 4, data: { content, flags } })
const card = async (): Promise<string> =>
  String(at(await api(discord, `POST /channels/${channel}/messages`, { content: 'card', ...BUTTON }), 'id'))
const texts = () => discord.state.messagesIn(channel).map((each) => each.content)

// https://docs.discord.com/developers/interactions/receiving-and-responding
describe('the first answer', () => {
  it('can be a message, for the whole channel or for one person', async () => {
    await acked(say('to all'))
    await acked(say('to one', 64))
    expect(texts()).toEqual(['to all'])
    expect(ana().ephemerals.map((each) => each.content)).toEqual(['to one'])
  })

  it('can be given only once', async () => {
    const data = await acked(say('one'))
    expect(refusal(await app.respond(data, say('two')))).toEqual([400, 40060])
  })

  it('must be given within three seconds', async () => {
    const { data, used } = await heard(() => ana().command('/ack', {}, channel))
    now = 3001
    expect(refusal(await app.respond(data, say('late')))).toEqual([404, 10062])
    expect(texts()).toEqual([])
    now = 3000
    await app.respond(data, say('just in time'))
    await used
  })

  it('needs an interaction that exists', async () => {
    expect(refusal(await app.respond({ id: '1', token: 'x' }, say('x')))).toEqual([404, 10062])
  })

  it('that is refused can be followed by another attempt', async () => {
    const { data, used } = await heard(() => ana().command('/ack', {}, channel))
    const answer = await app.respond(data, say('x'.repeat(2001)))
    expect(codesAt(answer, 'data', 'content')).toEqual(['BASE_TYPE_MAX_LENGTH'])
    expect((await app.respond(data, say('short'))).status).toBe(204)
    await used
  })

  const typed = (): Promise<unknown> => ana().autocomplete('/find', { option: 'case', text: '4' }, channel)
  const used = (): Promise<unknown> => ana().command('/ack', {}, channel)
  it.each<[string, number, () => Promise<unknown>]>([
    ['a command cannot change a message', 7, used],
    ['a command cannot defer a change', 6, used],
    ['a command has no suggestions', 8, used],
    ['typing is answered with suggestions alone', 4, typed],
    ['typing opens no modal', 9, typed],
  ])('%s', async (_, type, use) => {
    const { data, used: done } = await heard(use)
    const answer = await app.respond(data, { ...MODAL, type })
    expect(codesAt(answer, 'type')).toEqual(['BASE_TYPE_CHOICES'])
    await app.respond(data, data['type'] === 4 ? { type: 8, data: { choices: [] } } : say('x'))
    await done
  })
})

describe('a deferral', () => {
  it('shows that the app is thinking, until the answer replaces it', async () => {
    const data = await acked({ type: 5 })
    expect(discord.render(discord.state.messagesIn(channel)[0] ?? never())).toBe('thinking…')
    expect((await app.webhook(data, 'PATCH /messages/@original', { content: 'done' })).status).toBe(200)
    expect(texts()).toEqual(['done'])
  })

  it('decides whether the answer is ephemeral', async () => {
    const data = await acked({ type: 5, data: { flags: 64 } })
    await app.webhook(data, 'PATCH /messages/@original', { content: 'for one', flags: 0 })
    expect([texts(), ana().ephemerals.map((each) => each.content)]).toEqual([[], ['for one']])
  })

  it('is replaced by the first follow-up, which is as private as the deferral', async () => {
    const data = await acked({ type: 5, data: { flags: 64 } })
    await app.webhook(data, 'POST', { content: 'first' })
    await app.webhook(data, 'POST', { content: 'second' })
    expect([texts(), ana().ephemerals.map((each) => each.content)]).toEqual([['second'], ['first']])
  })

  it('accepts no flag but ephemeral', async () => {
    const { data, used } = await heard(() => ana().command('/ack', {}, channel))
    expect(codesAt(await app.respond(data, { type: 5, data: { flags: 4 } }), 'data', 'flags')).toEqual([
      'MESSAGE_INVALID_FLAGS',
    ])
    await app.respond(data, { type: 5 })
    await used
  })

  it('cannot be followed by a modal', async () => {
    const data = await acked({ type: 5 })
    expect(refusal(await app.respond(data, MODAL))).toEqual([400, 40060])
  })
})

describe('follow-ups', () => {
  it('need a first answer', async () => {
    const { data, used } = await heard(() => ana().command('/ack', {}, channel))
    expect(refusal(await app.webhook(data, 'POST', { content: 'x' }))).toEqual([404, 10015])
    await app.respond(data, say('x'))
    await used
  })

  it('end when the token expires, after fifteen minutes', async () => {
    const data = await acked(say('one'))
    now = 15 * 60_000
    expect((await app.webhook(data, 'POST', { content: 'two' })).status).toBe(200)
    now += 1
    expect(refusal(await app.webhook(data, 'POST', { content: 'three' }))).toEqual([401, 50027])
    expect(refusal(await app.webhook(data, 'PATCH /messages/@original', { content: 'x' }))).toEqual([401, 50027])
  })

  it('are read, changed and deleted by their ids', async () => {
    const data = await acked(say('one'))
    const id = String(at(await app.webhook(data, 'POST', { content: 'two', flags: 64 }), 'id'))
    await app.webhook(data, `PATCH /messages/${id}`, { content: 'three' })
    expect(at(await app.webhook(data, `GET /messages/${id}`), 'content')).toBe('three')
    expect((await app.webhook(data, `DELETE /messages/${id}`)).status).toBe(204)
    expect(refusal(await app.webhook(data, `GET /messages/${id}`))).toEqual([404, 10008])
    await app.webhook(data, 'DELETE /messages/@original')
    expect([texts(), ana().ephemerals]).toEqual([[], []])
  })

  it('cannot be found through the channel if they are ephemeral', async () => {
    const data = await acked(say('x', 64))
    const id = String(at(await app.webhook(data, 'GET /messages/@original'), 'id'))
    expect(refusal(await api(discord, `GET /channels/${channel}/messages/${id}`))).toEqual([404, 10008])
    expect((await api(discord, `GET /channels/${channel}/messages`)).body).toEqual([])
  })

  it('fail if the channel is gone', async () => {
    const data = await acked(say('x'))
    discord.admin.deleteChannel(channel)
    expect(refusal(await app.webhook(data, 'POST', { content: 'y' }))).toEqual([404, 10003])
    expect(refusal(await app.webhook(data, 'PATCH /messages/@original', { content: 'y' }))).toEqual([404, 10008])
  })
})

describe('a component', () => {
  it('changes the message that it belongs to', async () => {
    const id = await card()
    const data = await acked({ type: 7, data: { content: 'pressed', components: [] } }, () => ana().click(id, 'Go'))
    expect(texts()).toEqual(['pressed'])
    expect(at(await app.webhook(data, 'GET /messages/@original'), 'id')).toBe(id)
  })

  it('can be acknowledged first, and its message changed later', async () => {
    const id = await card()
    const data = await acked({ type: 6 }, () => ana().click(id, 'Go'))
    await app.webhook(data, 'PATCH /messages/@original', { content: 'later' })
    expect(texts()).toEqual(['later'])
  })

  it('of an ephemeral message can be used only by the person who sees it', async () => {
    await acked({ type: 4, data: { content: 'yours', flags: 64, ...BUTTON } })
    const [own] = ana().ephemerals
    await acked({ type: 7, data: { content: 'pressed' } }, () => ana().click(own?.id ?? '', 'Go'))
    expect(own?.content).toBe('pressed')
    await expect(discord.person(BEN).click(own?.id ?? '', 'Go')).rejects.toThrow('ben sees no message')
  })
})

describe('a modal', () => {
  it('is submitted with what was filled in, and is answered in the channel', async () => {
    await acked(MODAL)
    const data = await acked(say('thanks'), () => ana().submitModal({ Why: 'because' }))
    expect(data).toMatchObject({
      type: 5,
      data: { custom_id: 'm', components: [{ type: 18, component: { type: 4, custom_id: 'why', value: 'because' } }] },
    })
    expect(texts()).toEqual(['thanks'])
  })

  it('from a button changes the message of the button', async () => {
    const id = await card()
    await acked(MODAL, () => ana().click(id, 'Go'))
    await acked({ type: 7, data: { content: 'filled' } }, () => ana().submitModal({ why: 'x' }))
    expect(texts()).toEqual(['filled'])
  })

  it('from a command cannot change a message, and cannot open another modal', async () => {
    await acked(MODAL)
    const { data, used } = await heard(() => ana().submitModal({ Why: 'x' }))
    for (const callback of [{ type: 7, data: { content: 'x' } }, MODAL]) {
      expect(codesAt(await app.respond(data, callback), 'type')).toEqual(['BASE_TYPE_CHOICES'])
    }
    await app.respond(data, say('x'))
    await used
  })
})

describe('suggestions', () => {
  const suggest = async (choices: Json) => {
    const { data, used } = await heard(() => ana().autocomplete('/find', { option: 'case', text: '4' }, channel))
    const answer = await app.respond(data, { type: 8, data: { choices } })
    if (answer.status !== 204) await app.respond(data, { type: 8, data: { choices: [] } })
    return { answer, data, outcome: await used }
  }
  const many = (n: number): Json => Array.from({ length: n }, (_, index) => ({ name: `c${index}`, value: `${index}` }))

  it('are limited to twenty-five', async () => {
    expect((await suggest(many(25))).answer.status).toBe(204)
    expect(codesAt((await suggest(many(26))).answer, 'data', 'choices')).toEqual(['BASE_TYPE_BAD_LENGTH'])
  })

  it('are limited in length', async () => {
    const { answer } = await suggest([{ name: 'x'.repeat(101), value: 'v' }])
    expect(codesAt(answer, 'data', 'choices', 0, 'name')).toEqual(['BASE_TYPE_MAX_LENGTH'])
  })

  it('are requested with the text that the option has so far', async () => {
    const { data } = await suggest(many(1))
    expect(at(data, 'data', 'options')).toEqual([{ name: 'case', type: 3, value: '4', focused: true }])
  })
})

const never = (): never => {
  throw new Error('There is no message.')
}
