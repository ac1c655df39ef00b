import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { APP, GUILD, api, at, codesAt, refusal, startTestDiscord } from '../testing.ts'

let discord: DiscordEmulator
beforeEach(async () => {
  discord = await startTestDiscord()
})
afterEach(() => discord.close())

const PATH = `/applications/${APP}/guilds/${GUILD}/commands`
const put = (commands: Json) => api(discord, `PUT ${PATH}`, commands)
const ack = { name: 'ack', description: 'Says so' }
const names = () => discord.state.commands.map((each) => each.command.name)

// https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands
describe('the bulk overwrite', () => {
  it('replaces all earlier commands by the given ones', async () => {
    await put([ack, { name: 'confirm', description: 'x' }])
    await put([ack, { name: 'Send', type: 3 }])
    expect(names()).toEqual(['ack', 'Send'])
  })

  it('keeps the ids of registered names, and the versions of unchanged commands', async () => {
    const first = await put([ack])
    const same = await put([ack])
    const changed = await put([{ ...ack, description: 'Other' }])
    const id = (answer: Awaited<typeof first>, key: string) => at(answer, 0, key)
    expect([id(same, 'id'), id(same, 'version')]).toEqual([id(first, 'id'), id(first, 'version')])
    expect(id(changed, 'id')).toBe(id(first, 'id'))
    expect(id(changed, 'version')).not.toBe(id(first, 'version'))
  })

  it('registers all or none, and names the invalid command', async () => {
    await put([ack])
    const answer = await put([ack, { name: 'Bad name', description: 'x' }])
    expect(refusal(answer)).toEqual([400, 50035])
    expect(codesAt(answer, 1, 'name')).toEqual(['APPLICATION_COMMAND_INVALID_NAME'])
    expect(names()).toEqual(['ack'])
  })

  it('is limited to two hundred new names a day; known names do not count', async () => {
    const batch = (prefix: string): Json[] =>
      Array.from({ length: 100 }, (_, index) => ({ name: `${prefix}${index}`, description: 'x' }))
    expect((await put(batch('a'))).status).toBe(200)
    expect((await put(batch('b'))).status).toBe(200)
    expect((await put(batch('b'))).status).toBe(200)
    expect(refusal(await put([ack]))).toEqual([400, 30034])
  })

  it('works only for the bot’s own application and a guild that it is in', async () => {
    expect(refusal(await api(discord, `PUT /applications/4711/guilds/${GUILD}/commands`, []))).toEqual([404, 10002])
    expect(refusal(await api(discord, `PUT /applications/${APP}/guilds/4711/commands`, []))).toEqual([403, 50001])
  })
})

describe('one command', () => {
  it('is created, replaced by its name, found and deleted', async () => {
    const made = await api(discord, `POST ${PATH}`, ack)
    expect(made.status).toBe(201)
    expect((await api(discord, `POST ${PATH}`, { ...ack, description: 'Other' })).status).toBe(200)
    const path = `${PATH}/${String(at(made, 'id'))}`
    expect(at(await api(discord, `GET ${path}`), 'description')).toBe('Other')
    expect((await api(discord, `DELETE ${path}`)).status).toBe(204)
    expect(refusal(await api(discord, `GET ${path}`))).toEqual([404, 10063])
  })
})
