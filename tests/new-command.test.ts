import { catalogue, commandReference, COMMANDS, createRouter } from '@embargo/chat'
import { renderFormAsText, renderTerminal } from '@embargo/chat'
import type { Invocation, Place } from '@embargo/chat'
import { actorOf } from '@embargo/core'
import { discordCommands, lintCommands, renderForm as drawDiscordForm } from '@embargo/discord-bot'
import { lintManifest, renderForm, slackManifest, slashCommands } from '@embargo/slack-bot'
import { describe, expect, it } from 'vitest'
import { wave } from '../packages/chat/test/fixtures/wave.ts'
import { cardOf, formOf, SmallHouse } from '../packages/chat/test/fixtures/small-house.ts'

const commands = [...COMMANDS, wave]

const house = new SmallHouse({ commands }).opens()
const router = createRouter({ engine: house.engine, commands })
const ana = actorOf(house.policy.policy, 'slack', 'U0ANA')
const place: Place = { platform: 'slack', channel: 'C0042' }
let deliveries = 0
const asks = (verb: string, input: Invocation['input'], more: Partial<Invocation> = {}) =>
  router.handle({ verb, input, actor: ana, place, deliveryId: `d${(deliveries += 1)}`, at: house.now, ...more })

describe('a command that is one definition', () => {
  it('runs as it is typed, by its bare name, below the root and in a terminal', async () => {
    expect(cardOf(await asks('wave', 'warm @ben good morning')).title).toBe('SEC-2026-0042 · warm')
    expect(cardOf(await asks('cvd', 'wave cool @ben')).title).toBe('SEC-2026-0042 · cool')
    const terminal: Place = { platform: 'terminal', case: house.state().id, private: true }
    const typed = await asks('wave', 'warm @ben', {
      actor: actorOf(house.policy.policy, 'terminal', 'ana'),
      place: terminal,
    })
    expect(renderTerminal(cardOf(typed), { colour: false, commands })).toContain(
      '→ Again: embargo SEC-2026-0042 wave <tone> <@person>',
    )
  })

  it('is in help', async () => {
    expect(cardOf(await asks('help', 'all')).fallback).toContain(
      '/cvd wave <tone> <@person> [--from-branch <branch>] [letter] · Greet somebody of the case',
    )
    expect(cardOf(await asks('help', 'wave')).fallback).toContain('tone: Tone · warm, cool')
  })

  it('is suggested for a mistyped word', async () => {
    expect(cardOf(await asks('wawe', '')).fallback).toContain('Did you mean wave?')
  })

  it('has a form, on Slack and in a terminal, and a file where it takes one', async () => {
    const form = formOf(await asks('wave', { tone: 'warm' }))
    expect(form).toMatchObject({ title: 'Greet', submit: 'Wave', hidden: { case: 'SEC-2026-0042' } })
    const labels = renderForm(form, 'C0042').blocks.map((block) => ('label' in block ? block.label?.text : ''))
    expect(labels).toEqual(expect.arrayContaining(['Tone', 'Whom', 'From which branch', 'Letter']))
    expect(renderFormAsText(form, commands)).toContain('--from-branch  From which branch')
    const bytes = new TextEncoder().encode('a letter')
    const files = [{ option: 'letterFile', name: 'l.txt', type: 'text/plain', bytes }]
    const sent = cardOf(await asks('wave', { tone: 'warm', whom: '@ben' }, { files }))
    expect(sent.lines[0]?.[0]?.text).toBe('@ben: a letter')
  })

  it('suggests values while it is typed', async () => {
    const found = await router.suggest({ verb: 'wave', option: 'whom', typed: 'b', actor: ana, place })
    expect(found).toEqual([{ value: '@ben', label: 'Ben' }])
  })

  it('is registered on Slack, with its name, its hint and any prefix', () => {
    const offered = catalogue({ platform: 'slack' }, commands)
    const manifest = slackManifest({ commands: offered })
    expect(manifest.features.slash_commands).toContainEqual({
      command: '/wave',
      description: 'Greet somebody of the case',
      usage_hint: '<tone> <@person> [--from-branch <branch>] [letter]',
      should_escape: true,
    })
    expect(lintManifest(manifest)).toEqual([])
    expect(slashCommands({ prefix: 'sec', commands: offered }).map(({ command }) => command)).toContain('/sec-wave')
  })

  it('is registered on Discord, with its options typed, and its form has pages', async () => {
    const registered = discordCommands({ commands: catalogue({ platform: 'discord' }, commands) })
    expect(lintCommands(registered)).toEqual([])
    const waved = registered.find(({ name }) => name === 'wave')
    expect(waved).toMatchObject({ description: 'Greet somebody of the case' })
    const options = waved !== undefined && 'options' in waved ? (waved.options ?? []) : []
    expect(options.map(({ name, required }) => [name, required])).toEqual([
      ['tone', true],
      ['whom', true],
      ['from-branch', false],
      ['letter', false],
      ['letter-file', false],
      ['case', false],
    ])
    expect(options).toContainEqual(expect.objectContaining({ name: 'whom', autocomplete: true }))
    const modal = drawDiscordForm(formOf(await asks('wave', { tone: 'warm' })), 'm0=wave?')
    expect(JSON.stringify(modal)).toMatch(/Whom.*From which branch.*Letter/u)
  })

  it('is in the documentation', () => {
    const page = commandReference(commands)
    expect(page).toContain('| [`wave`](#wave) | Greet somebody of the case | everybody on the case |')
    expect(page).toContain('| `--from-branch <branch>` | From which branch (optional) | the text after the option |')
    expect(page).toContain('| a file | Or as a file (optional) | in chat; at most 900 bytes |')
  })
})
