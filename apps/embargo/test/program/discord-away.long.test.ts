import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { policyHash, Secret } from '@embargo/config'
import type { Config } from '@embargo/config'
import { Policy, PROFILES } from '@embargo/core'
import { createRelay } from '@embargo/mail-bridge'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/program/log.ts'
import type { Program } from '../../src/program/program.ts'
import { checkOutside } from '../../src/cli/preflight.ts'
import { configOf, listener, startIn } from '../fixtures/in-process.ts'

const GUILD = '900000000000000001'
const ANA = '100000000000000001'
const TOKEN = 'discord-test-token'
/** The step by which a test moves the clock. Everything that is retried each half minute is retried after one step. */
const A_MINUTE = 60_000

const bytes = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode([...lines, ''].join('\r\n'))

describe('the whole program, while something is wrong with Discord', () => {
  let folder: string
  let discord: DiscordEmulator
  let relay: SmtpSink
  let logged: ReturnType<typeof listener>
  let passed = 0
  let reports = 0

  const begin = async (more: Partial<DiscordEmulatorOptions> = {}): Promise<Config> => {
    relay = await startSmtpSink()
    discord = await startDiscordEmulator({
      botToken: TOKEN,
      guild: { id: GUILD, ownerId: ANA },
      members: [{ id: ANA, username: 'ana' }],
      ...more,
    })
    const policy = Policy.parse({
      ...PROFILES.solo,
      projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
      people: [
        { id: 'ana', name: 'Ana Example', roles: ['admin', 'team'], mail: 'ana@quillmark.example', discord: ANA },
      ],
      platforms: ['discord'],
    })
    return {
      ...configOf(folder),
      capabilities: new Set(['discord', 'mail', 'clock']),
      smtp: { listen: { host: '127.0.0.1', port: 0 }, relay: { host: '127.0.0.1', port: relay.port, tls: 'plain' } },
      policy: { policy, hash: policyHash(policy) },
      discord: { token: new Secret(TOKEN), guild: GUILD, apiUrl: discord.apiUrl },
    }
  }
  const start = (config: Config): Promise<Program> =>
    startIn(folder, {
      config,
      log: createLog({ write: logged.hear }),
      monotonic: () => performance.timeOrigin + performance.now() + passed,
    })
  /** A report that comes by mail. */
  const report = async (program: Program): Promise<void> => {
    reports += 1
    await using relay = createRelay({
      host: '127.0.0.1',
      tls: 'plain',
      port: program.smtpPort ?? 0,
      timeoutMs: 10_000,
      name: 'localhost',
    })
    await relay.send({
      raw: bytes('From: Rea <rea@reporter.example>', `Subject: A hole, number ${reports}`, '', 'There is a hole.'),
      envelopeFrom: 'rea@reporter.example',
      envelopeTo: 'security@quillmark.example',
      messageId: `<${reports}@reporter.example>`,
    })
  }
  const hasChannel = (ending: string): Promise<unknown> =>
    discord.until(
      (state) =>
        [...state.channels.values()].some(
          ({ id, name }) => name.startsWith('sec-') && name.endsWith(ending) && state.messagesIn(id).length > 0,
        ),
      { timeoutMs: A_MINUTE },
    )

  /** The last part of the name of each case channel. */
  const channels = (): readonly string[] =>
    [...discord.state.channels.values()].flatMap(({ name }) => /^sec-\d{4}-(.*)$/u.exec(name)?.[1] ?? []).toSorted()

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-away-'))
    logged = listener()
    passed = 0
    reports = 0
  })
  afterEach(async () => {
    await discord.close()
    await relay[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  it('accepts mail before anybody invited the bot, says how to invite it, and then posts everything', async () => {
    const config = await begin({ bot: { isInstalled: false } })
    await checkOutside(config, createLog({ write: logged.hear }))
    await using program = await start(config)
    await logged.heard('https://discord.com/oauth2/authorize')
    await report(program)
    discord.admin.inviteBot()
    await hasChannel('0001')
    expect(channels()).toEqual(['0001'])
  }, 90_000)

  it('loses nothing after the bot was removed: the channel is opened when the bot is invited again', async () => {
    await using program = await start(await begin())
    await report(program)
    await hasChannel('0001')
    discord.admin.kickBot()
    await logged.heard('embargo init discord')
    await report(program)
    await logged.heard('"kind":"open-channel","attempt":1,"next":"again"')
    discord.admin.inviteBot()
    passed += A_MINUTE
    await Promise.all([hasChannel('0001-2'), hasChannel('0002')])
    expect(channels()).toEqual(['0001', '0001-2', '0002'])
    expect(logged.all().join('\n')).not.toContain('"next":"park"')
  }, 90_000)

  it('waits for a permission that somebody took away, and names the setting', async () => {
    await using program = await start(await begin())
    discord.faults.next('create_guild_channel', { kind: 'error', error: 'missingPermissions' })
    await report(program)
    await logged.heard('The bot lacks a permission. Run “embargo doctor discord”')
    passed += A_MINUTE
    await hasChannel('0001')
    expect(channels()).toEqual(['0001'])
  }, 90_000)

  it('connects again when an intent that was switched off is on again, and names it until then, by mail too', async () => {
    await using program = await start(await begin())
    discord.admin.setIntent('MessageContent', false)
    discord.faults.invalidateSessions()
    await logged.heard('Discord refused the connection: Message Content Intent is off')
    const mail = await relay.until(({ envelopeTo }) => envelopeTo.includes('ana@quillmark.example'))
    expect(mail.text.replaceAll(/\s+/gu, ' ')).toContain('Message Content Intent is off')
    await report(program)
    discord.admin.setIntent('MessageContent', true)
    await hasChannel('0001')
    await discord.connected()
    expect(channels()).toEqual(['0001'])
  }, 90_000)

  it('lets people work in the terminal if the server is full, and tells the team what to delete', async () => {
    const talk = Array.from({ length: 499 }, (_, at) => ({
      id: `7000000000000${String(at).padStart(5, '0')}`,
      name: `talk-${at}`,
    }))
    const config = await begin({ channels: talk })
    const policy: Policy = { ...config.policy.policy, platforms: ['discord', 'terminal'] }
    const output = listener()
    await using program = await startIn(folder, {
      config: {
        ...config,
        capabilities: new Set(['discord', 'terminal', 'mail', 'clock']),
        policy: { policy, hash: policyHash(policy) },
      },
      log: createLog({ write: logged.hear }),
      say: output.hear,
      monotonic: () => performance.timeOrigin + performance.now() + passed,
    })
    expect(discord.state.channels.size).toBe(500)
    await report(program)
    await logged.heard('No archived channel of Embargo is left')
    await output.heard('-0001: a report arrived')
    const mail = await relay.until(({ envelopeTo }) => envelopeTo.includes('ana@quillmark.example'))
    expect(mail.text.replaceAll(/\s+/gu, ' ')).toContain('The Discord server has 500 channels')
    expect(logged.all().join('\n')).not.toContain('"next":"park"')
    // Four places are enough for what Embargo must create: its category, the case's channel and the team's channel.
    for (const at of [0, 1, 2, 3]) discord.admin.deleteChannel(`talk-${at}`)
    passed += A_MINUTE
    await hasChannel('0001')
  }, 90_000)
})
