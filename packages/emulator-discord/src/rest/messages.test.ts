import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { ANA, BEN, GUILD, api, at, codesAt, openChannel, refusal, startTestDiscord } from '../testing.ts'

let discord: DiscordEmulator
let channel: string
beforeEach(async () => {
  discord = await startTestDiscord()
  channel = await openChannel(discord)
})
afterEach(() => discord.close())

const post = (body: object, files?: { readonly name: string; readonly bytes: Buffer }[]) =>
  api(discord, `POST /channels/${channel}/messages`, { ...body }, files ? { files } : {})
const edit = (id: unknown, body: object) =>
  api(discord, `PATCH /channels/${channel}/messages/${String(id)}`, { ...body })
const texts = () => discord.state.messagesIn(channel).map((each) => each.content)
const idOf = async (body: object): Promise<string> => String(at(await post(body), 'id'))

// https://docs.discord.com/developers/resources/message#create-message
describe('a new message', () => {
  it('is trimmed, stored and reported as an event', async () => {
    expect(at(await post({ content: '  hello ' }), 'content')).toBe('hello')
    expect(texts()).toEqual(['hello'])
    expect(discord.state.notifications.at(-1)?.text).toBe('hello')
  })

  it.each<[string, object]>([
    ['nothing', {}],
    ['white space', { content: ' \n ' }],
    ['no embeds', { embeds: [] }],
  ])('with %s in it is refused', async (_, body) => {
    expect(refusal(await post(body))).toEqual([400, 50006])
  })

  it('is refused with the place and the kind of each fault', async () => {
    const answer = await post({
      content: 'x'.repeat(2001),
      embeds: [{ title: 'x', fields: [{ name: '', value: 'x'.repeat(1025) }] }, {}],
      flags: 'no',
    })
    expect(refusal(answer)).toEqual([400, 50035])
    expect(at(answer, 'message')).toBe('Invalid Form Body')
    expect(codesAt(answer, 'content')).toEqual(['BASE_TYPE_MAX_LENGTH'])
    expect(codesAt(answer, 'embeds', 0, 'fields', 0, 'name')).toEqual(['BASE_TYPE_REQUIRED'])
    expect(codesAt(answer, 'embeds', 0, 'fields', 0, 'value')).toEqual(['BASE_TYPE_MAX_LENGTH'])
    expect(codesAt(answer, 'flags')).toEqual(['NUMBER_TYPE_COERCE'])
    expect(texts()).toEqual([])
  })

  it('can have six thousand characters in all its embeds together, but not one more', async () => {
    const embeds = (n: number) => [{ description: 'x'.repeat(3000) }, { description: 'x'.repeat(n) }]
    expect((await post({ embeds: embeds(3000) })).status).toBe(200)
    expect(codesAt(await post({ embeds: embeds(3001) }), 'embeds', 1)).toEqual(['MAX_EMBED_SIZE_EXCEEDED'])
  })

  it.each(['poll', 'sticker_ids', 'tts'])('with a %s is not played, and says so', async (field) => {
    const answer = await post({ content: 'x', [field]: field === 'tts' ? true : ['1'] })
    expect([answer.status, at(answer, 'message')]).toEqual([501, `The emulator does not support the field ${field}.`])
    expect((await post({ content: 'x', [field]: null })).status).toBe(200)
  })

  it('cannot be ephemeral', async () => {
    expect(codesAt(await post({ content: 'x', flags: 64 }), 'flags')).toEqual(['MESSAGE_INVALID_FLAGS'])
  })

  it.each([
    ['SEND_MESSAGES', { content: 'x' }],
    ['EMBED_LINKS', { embeds: [{ title: 'x' }] }],
  ] as const)('needs %s', async (permission, body) => {
    discord.admin.setOverwrite(channel, { id: '2000', type: 'member', allow: ['VIEW_CHANNEL'], deny: [permission] })
    expect(refusal(await post(body))).toEqual([403, 50013])
  })

  it('cannot be posted in a category', async () => {
    const category = discord.admin.createChannel({ name: 'cases', kind: 'category' })
    expect(refusal(await api(discord, `POST /channels/${category.id}/messages`, { content: 'x' }))).toEqual([
      400, 50008,
    ])
  })

  it('shows whom it pings and what is fetched', async () => {
    await post({ content: `<@${ANA}> <@${BEN}> @everyone https://example.org/x`, allowed_mentions: { users: [ANA] } })
    expect(discord.state.messagesIn(channel)[0]).toMatchObject({
      pings: { everyone: false, users: [ANA], roles: [] },
      fetched: ['https://example.org/x'],
    })
  })

  it('cannot both parse a kind of mention and list its ids', async () => {
    const answer = await post({ content: 'x', allowed_mentions: { parse: ['users'], users: [ANA] } })
    expect(codesAt(answer, 'allowed_mentions')).toEqual(['MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'])
  })

  it('can reply to a message that exists, but not to a system message', async () => {
    const first = await idOf({ content: 'one' })
    const reply = await post({ content: 'two', message_reference: { message_id: first } })
    expect([at(reply, 'type'), at(reply, 'referenced_message', 'content')]).toEqual([19, 'one'])
    const lost = await post({ content: 'x', message_reference: { message_id: '4711' } })
    expect(codesAt(lost, 'message_reference')).toEqual(['REPLIES_UNKNOWN_MESSAGE'])
    await api(discord, `PUT /channels/${channel}/messages/pins/${first}`)
    const system = discord.state.channels.get(channel)?.messages.find((each) => each.type === 6)
    const toSystem = await post({ content: 'x', message_reference: { message_id: system?.id ?? '' } })
    expect(codesAt(toSystem, 'message_reference')).toEqual(['REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE'])
  })
})

describe('a nonce', () => {
  it('that is enforced returns the same message for some minutes', async () => {
    let now = 0
    await using timed = await startTestDiscord({ monotonic: () => now })
    const place = await openChannel(timed)
    const send = async () =>
      at(await api(timed, `POST /channels/${place}/messages`, { content: 'x', nonce: 'n', enforce_nonce: true }), 'id')
    const first = await send()
    now = 120_000
    expect(await send()).toBe(first)
    now = 120_001
    expect(await send()).not.toBe(first)
    expect(timed.state.messagesIn(place)).toHaveLength(2)
  })

  it('that is not enforced, or belongs to a deleted message, gives a new message', async () => {
    const first = await idOf({ content: 'x', nonce: 'n' })
    const second = await idOf({ content: 'x', nonce: 'n' })
    expect(second).not.toBe(first)
    for (const id of [first, second]) await api(discord, `DELETE /channels/${channel}/messages/${id}`)
    await idOf({ content: 'x', nonce: 'n', enforce_nonce: true })
    expect(texts()).toEqual(['x'])
  })

  it('is in the answer, but not in the history', async () => {
    expect(at(await post({ content: 'x', nonce: 7 }), 'nonce')).toBe('7')
    expect(at(await api(discord, `GET /channels/${channel}/messages`), 0, 'nonce')).toBeUndefined()
  })
})

describe('files', () => {
  it('arrive with the message, and their links expire', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    await using timed = await startTestDiscord({ now: () => now })
    const place = await openChannel(timed)
    const files = [{ name: 'a report.txt', bytes: Buffer.from('hello') }]
    const body = { attachments: [{ id: '0', description: 'It' }] }
    const answer = await api(timed, `POST /channels/${place}/messages`, body, { files })
    expect(at(answer, 'attachments', 0)).toMatchObject({ filename: 'a_report.txt', size: 5, description: 'It' })
    const url = String(at(answer, 'attachments', 0, 'url'))
    expect(await (await fetch(url)).text()).toBe('hello')
    expect((await fetch(url.replace('ex=', 'ex=f'))).status).toBe(404)
    now += 24 * 60 * 60_000
    expect((await fetch(url)).status).toBe(404)
  })

  it('have at most ten mebibytes each', async () => {
    const file = (bytes: number) => [{ name: 'a.bin', bytes: Buffer.alloc(bytes) }]
    expect((await post({}, file(10 * 1024 * 1024))).status).toBe(200)
    expect(refusal(await post({}, file(10 * 1024 * 1024 + 1)))).toEqual([413, 40005])
  })

  it('must be uploaded with the message if components show them', async () => {
    const body = { flags: 1 << 15, components: [{ type: 13, file: { url: 'attachment://a.txt' } }] }
    expect(codesAt(await post(body), 'components')).toEqual(['UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'])
    expect((await post(body, [{ name: 'a.txt', bytes: Buffer.from('x') }])).status).toBe(200)
  })

  it('need ATTACH_FILES', async () => {
    discord.admin.setOverwrite(channel, { id: '2000', type: 'member', allow: ['VIEW_CHANNEL'], deny: ['ATTACH_FILES'] })
    expect(refusal(await post({}, [{ name: 'a', bytes: Buffer.from('x') }]))).toEqual([403, 50013])
  })

  it('are searched for planted words like other text', async () => {
    await post({}, [{ name: 'a.txt', bytes: Buffer.from('plumbago') }])
    expect(discord.state.everything()).toContain('plumbago')
  })
})

// https://docs.discord.com/developers/resources/message#edit-message
describe('an edit', () => {
  it('changes the given fields, keeps the others, and records the earlier content', async () => {
    const id = await idOf({ content: 'one', embeds: [{ title: 'Card' }] })
    expect((await edit(id, { content: 'two' })).body).toMatchObject({ content: 'two', embeds: [{ title: 'Card' }] })
    await edit(id, { embeds: null })
    const [message] = discord.state.messagesIn(channel)
    expect([message?.embeds, message?.edits.map((each) => each.content)]).toEqual([[], ['one', 'two']])
  })

  it('cannot leave a message empty', async () => {
    expect(refusal(await edit(await idOf({ content: 'one' }), { content: '' }))).toEqual([400, 50006])
  })

  it('is possible only for the app’s own messages', async () => {
    const person = discord.person(ANA)
    discord.admin.setOverwrite(channel, { id: ANA, type: 'member', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
    expect(refusal(await edit(person.say(channel, 'mine').id, { content: 'yours' }))).toEqual([403, 50005])
    expect(refusal(await edit('4711', { content: 'x' }))).toEqual([404, 10008])
  })

  it('can suppress embeds, which are then shown to nobody', async () => {
    const id = await idOf({ content: 'x', embeds: [{ title: 'Card' }] })
    expect((await edit(id, { flags: 4 })).body).toMatchObject({ flags: 4, embeds: [] })
    expect((await edit(id, { flags: 0 })).body).toMatchObject({ flags: 0, embeds: [{ title: 'Card' }] })
  })
})

describe('deleting', () => {
  it('removes the app’s own message, and another author’s only with MANAGE_MESSAGES', async () => {
    const id = await idOf({ content: 'x' })
    expect((await api(discord, `DELETE /channels/${channel}/messages/${id}`)).status).toBe(204)
    expect(refusal(await api(discord, `DELETE /channels/${channel}/messages/${id}`))).toEqual([404, 10008])
    const other = discord.person(ANA).say(channel, 'hers').id
    expect(refusal(await api(discord, `DELETE /channels/${channel}/messages/${other}`))).toEqual([403, 50013])
  })
})

// https://docs.discord.com/developers/resources/message#get-channel-messages
describe('the history', () => {
  const contents = async (query: string) => {
    const answer = await api(discord, `GET /channels/${channel}/messages?${query}`)
    return (answer.body as Json[]).map((each) => at(each, 'content'))
  }

  it('is returned newest first, in pages', async () => {
    const ids: string[] = []
    for (const content of ['a', 'b', 'c', 'd']) ids.push(await idOf({ content }))
    expect(await contents('limit=2')).toEqual(['d', 'c'])
    expect(await contents(`before=${ids[2]}`)).toEqual(['b', 'a'])
    expect(await contents(`after=${ids[0]}&limit=2`)).toEqual(['c', 'b'])
    expect(await contents(`around=${ids[1]}&limit=2`)).toEqual(['b', 'a'])
  })

  it.each([
    ['0', 'NUMBER_TYPE_MIN'],
    ['101', 'NUMBER_TYPE_MAX'],
  ])('refuses a limit of %s', async (limit, code) => {
    expect(codesAt(await api(discord, `GET /channels/${channel}/messages?limit=${limit}`), 'limit')).toEqual([code])
  })

  it('is empty without READ_MESSAGE_HISTORY', async () => {
    await post({ content: 'x' })
    discord.admin.setOverwrite(channel, {
      id: '2000',
      type: 'member',
      allow: ['VIEW_CHANNEL'],
      deny: ['READ_MESSAGE_HISTORY'],
    })
    expect(await contents('')).toEqual([])
  })

  it('hides people’s messages from an app without the MESSAGE_CONTENT toggle', async () => {
    discord.person(ANA).say(channel, 'secret')
    discord.person(ANA).say(channel, 'hello <@2000>')
    await post({ content: 'own' })
    discord.admin.setIntent('MessageContent', false)
    expect(await contents('')).toEqual(['own', 'hello <@2000>', ''])
  })
})

// https://docs.discord.com/developers/resources/message#pin-message
describe('pins', () => {
  it('need PIN_MESSAGES; MANAGE_MESSAGES is not enough', async () => {
    const id = await idOf({ content: 'x' })
    discord.admin.setOverwrite(channel, {
      id: '2000',
      type: 'member',
      allow: ['MANAGE_MESSAGES'],
      deny: ['PIN_MESSAGES'],
    })
    discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
    expect(refusal(await api(discord, `PUT /channels/${channel}/messages/pins/${id}`))).toEqual([403, 50013])
  })

  it('cause a system message in the channel, and are listed newest first', async () => {
    const ids = [await idOf({ content: 'a' }), await idOf({ content: 'b' })]
    for (const id of ids) await api(discord, `PUT /channels/${channel}/messages/pins/${id}`)
    const list = await api(discord, `GET /channels/${channel}/messages/pins?limit=1`)
    expect([at(list, 'has_more'), at(list, 'items', 0, 'message', 'pinned')]).toEqual([true, true])
    expect(at(await api(discord, `GET /channels/${channel}/messages`), 0)).toMatchObject({ type: 6, content: '' })
    expect(texts()).toEqual(['a', 'b'])
  })

  it('are limited to two hundred and fifty', async () => {
    const last = await idOf({ content: 'last' })
    for (let count = 0; count < 250; count += 1) {
      const id = await idOf({ content: 'x' })
      expect((await api(discord, `PUT /channels/${channel}/messages/pins/${id}`)).status).toBe(204)
    }
    expect(refusal(await api(discord, `PUT /channels/${channel}/messages/pins/${last}`))).toEqual([400, 30003])
  })
})
