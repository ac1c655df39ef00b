import { COMMANDS } from '@embargo/chat'
import type { Router } from '@embargo/chat'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BotRouter, DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  effect,
  GUILD,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

/** A check of types: the bot must accept the `Router` of `@embargo/chat`. */
const asBotRouter = (router: Router): BotRouter => router

describe('the real registry in Discord', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let channel = ''
  const router = scriptedRouter(() => ({ audience: 'caller', card: card({ title: 'Done' }) }))

  beforeAll(async () => {
    discord = await server()
    const commands: BotRouter['commands'] = COMMANDS
    bot = await startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy,
      router: { ...router, commands },
      engine: scriptedEngine(() => ({ channel, name: 'sec-2026-0042' })),
      log: recordingLog(),
    })
    const opened = await bot.platform.openChannel({ effect: effect('e1/x'), name: 'sec-2026-0042', lookUp: false })
    channel = opened.channel
    await bot.platform.invite({ channel, people: [person('ana')] })
  })
  afterAll(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  it('is taken by Discord as it is registered', () => {
    const offered = COMMANDS.filter(
      ({ allowed }) => allowed.platforms?.includes('discord') !== false && allowed.profiles?.includes('team') !== false,
    )
    const verbs = new Set(offered.map(({ verb }) => verb.split('.')[0]))
    expect(discord.state.commands.filter(({ command }) => command.type === 1)).toHaveLength(verbs.size + 1)
    expect(asBotRouter).toBeTypeOf('function')
  })

  it('asks for a number and for a yes or no where they are one', () => {
    const [status] = discord.state.commands.filter(({ command }) => command.name === 'status')
    const found = status?.command.type === 1 ? (status.command.options ?? []) : []
    expect(Object.fromEntries(found.map(({ name, type }) => [name, type]))).toMatchObject({
      overdue: 5,
      older: 4,
      page: 4,
      owner: 3,
    })
    expect(found.find(({ name }) => name === 'older')).toMatchObject({ min_value: 1, max_value: 9999 })
  })

  it('passes on a number and a yes as they are typed on other platforms', async () => {
    const count = router.heard.length
    await (await discord.person(ANA).command('/status', { older: 30, overdue: true }, channel)).shown()
    expect(router.heard.slice(count)).toMatchObject([{ verb: 'status', input: { older: '30', overdue: 'overdue' } }])
  })

  it('takes a sub-word in an option, and any line behind the root', async () => {
    const count = router.heard.length
    const ana = discord.person(ANA)
    await (await ana.command('/triage', { disposition: 'affects', branch: 'main' }, channel)).shown()
    await (await ana.command('/cvd', { text: 'affects main 2.0' }, channel)).shown()
    expect(router.heard.slice(count)).toMatchObject([
      { verb: 'triage.affects', input: { branch: 'main' } },
      { verb: 'cvd', input: 'affects main 2.0' },
    ])
  })

  it('opens the form of the sub-word whose values are missing', async () => {
    const ana = discord.person(ANA)
    await ana.command('/people', { what: 'invite' }, channel)
    expect(ana.modal?.modal.title).toBe('Invite')
    await ana.command('/cvd', { text: 'triage affects' }, channel)
    expect(ana.modal?.modal.title).toBe('Affected branch')
  })

  const withForms = COMMANDS.filter((command) => command.form('').fields.length > 0)
  it.each(withForms.map((command) => [command.verb, command] as const))(
    'opens each page of the form of %s',
    async (verb, command) => {
      const ana = discord.person(ANA)
      const action = { label: 'Open', verb, input: { case: 'SEC-2026-0042' }, form: true }
      const { message } = await bot.platform.post({
        effect: effect(`${verb}/post`),
        channel,
        card: card({ actions: [action] }),
        pin: false,
        lookUp: false,
      })
      expect((await ana.click(message, 'Open')).acknowledged).toBe('modal')
      const shown = ana.modal?.modal.components ?? []
      expect(shown).toHaveLength(Math.min(5, command.form('').fields.length))
      ana.closeModal()
    },
  )
})
