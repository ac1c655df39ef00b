import { describe, expect, it } from 'vitest'
import type { CommandFacts } from './commands.ts'
import { COMMAND_NAME_MAX, COMMANDS_MAX, lintManifest, RESERVED_COMMANDS } from './lint.ts'
import { slackManifest } from './manifest.ts'
import { EVENTS, SCOPES } from './scopes.ts'

const ack: CommandFacts = { verb: 'ack', summary: 'Take a case.', usage: 'ack [note]', short: true }
const status: CommandFacts = { verb: 'status', summary: 'Show where a case stands.', usage: 'status [case]' }
const namesOf = (prefix?: string) =>
  slackManifest({ ...(prefix === undefined ? {} : { prefix }), commands: [ack, status] }).features.slash_commands.map(
    (each) => each.command,
  )

describe('the Slack manifest', () => {
  it('has the root and the short verbs, and a prefix renames all', () => {
    expect(namesOf()).toEqual(['/cvd', '/ack'])
    expect(namesOf('sec')).toEqual(['/sec', '/sec-ack'])
  })

  it('takes help from the registry, and escapes what is typed', () => {
    expect(slackManifest({ commands: [ack] }).features.slash_commands[1]).toEqual({
      command: '/ack',
      description: 'Take a case.',
      usage_hint: '[note]',
      should_escape: true,
    })
  })

  it('requests only the scopes that it needs, over Socket Mode', () => {
    const { oauth_config: oauth, settings } = slackManifest({ commands: [ack] })
    expect(oauth.scopes.bot).toContain('chat:write')
    // The app asks for no scope for public channels, for direct messages, for posting under another name, or for what
    // only an admin may do.
    expect(oauth.scopes.bot.filter((scope) => /^(?:channels|im|mpim|admin|chat:write\.)/u.test(scope))).toEqual([])
    expect(settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
      event_subscriptions: {
        bot_events: expect.arrayContaining(['app_home_opened', 'member_joined_channel', 'group_left']),
      },
    })
  })

  it('subscribes to no messages, and says what each scope is for', () => {
    const { bot_events: heard } = slackManifest({ commands: [ack] }).settings.event_subscriptions
    expect(heard.filter((event) => /^message|app_mention|history/.test(event))).toEqual([])
    expect(Object.values({ ...SCOPES, ...EVENTS }).every((why) => why.length > 10)).toBe(true)
  })

  it('renames the app by the prefix, but not the ids of shortcuts', () => {
    const { display_information: shown, features } = slackManifest({ prefix: 'sec', commands: [ack] })
    expect([shown.name, features.bot_user.display_name]).toEqual(['Embargo (sec)', 'embargo-sec'])
    expect(features.shortcuts).toEqual(slackManifest({ commands: [ack] }).features.shortcuts)
    expect(features.shortcuts.map((each) => [each.callback_id, each.type, each.name.length <= 24])).toEqual([
      ['embargo:send-to-reporter', 'message', true],
      ['embargo:log-as-answer', 'message', true],
    ])
  })

  it('sends everything over HTTP to one address, which must begin with https:', () => {
    const over = (url: string) => slackManifest({ commands: [ack], url })
    const url = 'https://embargo.example/slack/events'
    expect(lintManifest(over(url))).toEqual([])
    expect(over(url).settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    })
    expect(over(url).features.slash_commands.every((each) => each.url === url)).toBe(true)
    expect(lintManifest(over('http://embargo.example'))).toEqual([expect.stringContaining('https: request URL')])
    const both = { ...over(url), settings: { ...over(url).settings, socket_mode_enabled: true } }
    expect(lintManifest(both)).toEqual([expect.stringContaining('Remove one of them')])
  })

  it('has a Home tab, and a messages tab that nobody writes in', () => {
    expect(slackManifest({ commands: [ack] }).features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    })
  })

  it('passes its own lint', () => {
    expect(lintManifest(slackManifest({ commands: [ack, status] }))).toEqual([])
  })

  it.each([...RESERVED_COMMANDS])('refuses the name of the built-in command /%s', (verb) => {
    expect(lintManifest(slackManifest({ commands: [{ ...ack, verb, usage: verb }] }))).toEqual([
      expect.stringContaining(`/${verb} is built into Slack`),
    ])
  })

  it('accepts names, and a number of commands, up to the limit', () => {
    const named = (length: number) =>
      lintManifest(slackManifest({ commands: [{ ...ack, verb: 'x'.repeat(length - 1) }] }))
    expect(named(COMMAND_NAME_MAX)).toEqual([])
    expect(named(COMMAND_NAME_MAX + 1)).toHaveLength(1)
    const many = (count: number) =>
      lintManifest(
        slackManifest({ commands: Array.from({ length: count - 1 }, (_, index) => ({ ...ack, verb: `v${index}` })) }),
      )
    expect(many(COMMANDS_MAX)).toEqual([])
    expect(many(COMMANDS_MAX + 1)).toEqual([expect.stringContaining('51 slash commands')])
  })

  it('says of every other mistake what to write instead', () => {
    const problems = lintManifest(
      slackManifest({
        commands: [
          { ...ack, verb: 'Ack!' },
          ack,
          ack,
          { ...ack, verb: 'b', summary: ' ' },
          { ...ack, verb: 'c', summary: 'x'.repeat(2001), usage: `c ${'y'.repeat(1001)}` },
        ],
      }),
    )
    expect(problems).toEqual([
      expect.stringContaining('/ack is listed twice'),
      expect.stringContaining('/Ack! is not a valid command name'),
      expect.stringContaining('/b has no description'),
      expect.stringContaining('the description of /c has 2001 characters'),
      expect.stringContaining('the usage hint of /c has 1001 characters'),
    ])
  })
})
