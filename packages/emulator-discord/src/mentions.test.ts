import { describe, expect, it } from 'vitest'
import type { AllowedMentions } from './check/messages.ts'
import { FLAGS } from './check/messages.ts'
import { fetchedBy, pingsOf } from './mentions.ts'

const ROLE = { id: '7', name: 'r', position: 1, permissions: 0n, mentionable: true, managed: false }
const QUIET_ROLE = { ...ROLE, id: '8', mentionable: false }

const pings = (content: string, allowed?: AllowedMentions, mayEveryone = false) =>
  pingsOf(
    { content, components: [] },
    {
      allowed,
      mayEveryone,
      roles: new Map([
        ['7', ROLE],
        ['8', QUIET_ROLE],
      ]),
      repliedTo: undefined,
    },
  )

// https://docs.discord.com/developers/resources/message#allowed-mentions-object
describe('whom a message pings', () => {
  it.each<[string, string, AllowedMentions | undefined, boolean, object]>([
    ['everybody named, by default', '<@5> <@!6>', undefined, false, { users: ['5', '6'] }],
    ['nobody with an empty parse', '<@5> <@&7> @everyone', { parse: [] }, true, {}],
    ['the kinds that parse names', '<@5> <@&7>', { parse: ['roles'] }, false, { roles: ['7'] }],
    ['the ids that are listed, if the text has them', '<@5> <@6>', { users: ['5', '9'] }, false, { users: ['5'] }],
    ['no role that is not mentionable', '<@&8>', undefined, false, {}],
    ['a role that is not mentionable, with MENTION_EVERYONE', '<@&8>', undefined, true, { roles: ['8'] }],
    ['not @everyone without MENTION_EVERYONE', '@everyone @here', undefined, false, {}],
    ['@everyone with MENTION_EVERYONE', '@here', undefined, true, { everyone: true }],
    ['nobody in a code span', '`<@5>` ``<@6>``', undefined, false, {}],
    ['a person named between escaped backticks', '\\`<@5>\\`', undefined, false, { users: ['5'] }],
    ['nobody in a fence', '```\n<@5> @everyone\n```', undefined, true, {}],
  ])('%s', (_, content, allowed, mayEveryone, expected) => {
    expect(pings(content, allowed, mayEveryone)).toEqual({ everyone: false, users: [], roles: [], ...expected })
  })

  it('also pings those named in a text component', () => {
    const rules = { allowed: undefined, mayEveryone: false, roles: new Map(), repliedTo: undefined }
    expect(pingsOf({ content: '', components: [{ type: 10, content: 'see <@5>' }] }, rules).users).toEqual(['5'])
  })

  it('pings the author of the message replied to, unless the reply says otherwise', () => {
    const reply = (allowed?: AllowedMentions) =>
      pingsOf({ content: 'x', components: [] }, { allowed, mayEveryone: false, roles: new Map(), repliedTo: '5' }).users
    expect([reply(), reply({ parse: [] }), reply({ parse: [], replied_user: true })]).toEqual([['5'], [], ['5']])
  })
})

describe('what Discord fetches to show a message', () => {
  const fetched = (content: string, more: Partial<Parameters<typeof fetchedBy>[0]> = {}) =>
    fetchedBy({ content, embeds: [], components: [], flags: 0, ...more })

  it.each([
    ['a link', 'see https://example.org/x now', ['https://example.org/x']],
    ['not a link in angle brackets', '<https://example.org/x>', []],
    ['not a link in code', '`https://example.org/x`', []],
    ['the target of a masked link', '[here](https://example.org/x)', ['https://example.org/x']],
    ['not a defanged link', 'hxxps://example[.]org/x', []],
  ])('%s', (_, content, expected) => {
    expect(fetched(content)).toEqual(expected)
  })

  it('fetches nothing if embeds are suppressed', () => {
    const embeds = [{ title: 'x', image: { url: 'https://example.org/i.png' } }]
    expect(fetched('https://example.org/x', { flags: FLAGS.suppressEmbeds, embeds })).toEqual([])
    expect(fetched('', { embeds })).toEqual(['https://example.org/i.png'])
  })
})
