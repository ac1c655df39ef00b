import { Secret } from '@embargo/config'
import type { Config } from '@embargo/config'
import type { Capability, Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { ready } from '../../src/cli/ready.ts'
import type { WaitingReports } from '../../src/cli/ready.ts'
import { configOf } from '../fixtures/in-process.ts'

const FIRST: WaitingReports = { any: false, open: 0, first: undefined }
const SOME: WaitingReports = { any: true, open: 2, first: 'SEC-2026-0007' }

type Change = {
  readonly platforms?: Policy['platforms']
  readonly roles?: readonly Capability[]
  readonly slack?: string
}

function config({ platforms = ['terminal'], roles = ['slack', 'terminal', 'mail'], slack }: Change): Config {
  const usual = configOf('/srv/embargo')
  const secret = new Secret('never shown')
  return {
    ...usual,
    smtp: { listen: { host: '127.0.0.1', port: 2525 } },
    capabilities: new Set(roles),
    policy: { ...usual.policy, policy: { ...usual.policy.policy, platforms } },
    ...(slack !== undefined && {
      slack: { appToken: secret, botToken: secret, apiUrl: 'https://slack.com/api/', prefix: slack },
    }),
  }
}

const said = (change: Change, waiting: WaitingReports = FIRST, osUser = 'ana'): string =>
  ready({ config: config(change), madeKeyFile: undefined, waiting, osUser }).join('\n')

describe('what a started program says', () => {
  it('is how to try it, printed as a whole', () => {
    expect(said({})).toMatchInlineSnapshot(`
      "Embargo is ready. Profile solo, chat on terminal.
      Data folder   /srv/embargo
      Mail          SMTP on 127.0.0.1:2525, for security@quillmark.example
      Outgoing      waits here: no relay is set (EMBARGO_SMTP_RELAY); "npx embargo read mails" shows what waits

      Next, from another terminal (in this folder, with the same settings), an invented report to practise on. Nothing of it leaves this machine:
        EMBARGO_DATA=/srv/embargo npx embargo report --practice
      Stop with Ctrl-C; nothing is lost."
    `)
  })

  it('names each mailbox that is read, without its password', () => {
    const login = { is: 'password', password: new Secret('kumquat') } as const
    const mailbox = { host: 'imap.example', port: 993, tls: 'implicit', user: 'security', login, projects: [] } as const
    const lines = ready({
      config: { ...config({}), mailboxes: [mailbox] },
      madeKeyFile: undefined,
      waiting: FIRST,
      osUser: 'ana',
    })
    expect(lines).toContain('Mailbox       security@imap.example')
    expect(lines.join()).not.toContain('kumquat')
  })

  it('names a platform that is away, why, and that it reconnects automatically', () => {
    const change: Change = { platforms: ['slack', 'discord'], roles: ['slack', 'discord', 'mail'], slack: '' }
    const away = new Map([['discord', 'The bot is not in the Discord server.']] as const)
    const lines = ready({
      config: config(change),
      madeKeyFile: undefined,
      waiting: FIRST,
      away,
      osUser: 'ana',
    })
    expect(lines.slice(0, 3)).toEqual([
      'Embargo is ready. Profile solo, chat on slack.',
      'Discord       is not connected yet: The bot is not in the Discord server.',
      '              Embargo connects automatically as soon as it can; messages for it wait until then.',
    ])
    const alone = ready({
      config: config({ platforms: ['discord'], roles: ['discord', 'mail'] }),
      madeKeyFile: undefined,
      waiting: FIRST,
      away,
      osUser: 'ana',
    })
    expect(alone[0]).toBe('Embargo is ready. Profile solo, chat on nothing yet.')
  })

  it('is how to work in Discord if Discord is the chat, and in both if there are two', () => {
    expect(said({ platforms: ['discord'], roles: ['discord', 'mail'] })).toContain(
      'In Discord: each case has its channel; "/help" lists the commands, "/cvd status all" lists the cases.',
    )
    const both = said({ platforms: ['slack', 'discord'], roles: ['slack', 'discord', 'mail'], slack: '' })
    expect(both).toContain('chat on slack and discord.')
    for (const way of ['In Slack: ', 'In Discord: ']) expect(both).toContain(way)
  })

  it('is how to work in Slack if Slack is the chat, with the command names of the workspace', () => {
    const alone = said({ platforms: ['slack'], slack: '' })
    expect(alone).toContain('chat on slack.')
    expect(alone).toContain('"/cvd help" lists the commands')
    expect(alone).toContain('npx embargo report')
    expect(alone).not.toContain('npx embargo SEC')
    const busy = said({ platforms: ['slack'], slack: 'sec-' }, SOME)
    expect(busy).toContain('"/sec help" lists the commands, "/sec status all" lists the cases.')
    expect(busy).toContain('2 cases are open.')
    expect(busy).not.toMatch(/npx embargo cases?\b/)
  })

  it('is how to work in both if both are the chat', () => {
    const both = said({ platforms: ['slack', 'terminal'], slack: '' }, SOME)
    for (const part of ['chat on slack and terminal', '/cvd help', 'npx embargo SEC-2026-0007 status'])
      expect(both).toContain(part)
  })

  it('is how to get into the policy, for a terminal user who belongs to nobody', () => {
    for (const waiting of [FIRST, SOME, { ...SOME, open: 0, first: undefined }]) {
      const text = said({}, waiting, 'root')
      expect(text).toContain('Nobody in the policy’s `people` has the user name root; add `osUser: root` to a person')
      expect(text).not.toMatch(/npx embargo cases?\b/)
    }
    expect(said({ platforms: ['slack'], slack: '' }, FIRST, 'root')).not.toContain('has the user name')
  })

  it('names no mail, report or chat that this process does not handle', () => {
    const terminal = said({ roles: ['terminal'] })
    expect(terminal).toContain('Mail          neither in nor out: this process does not handle mail (EMBARGO_ROLE)')
    expect(terminal).not.toMatch(/SMTP on|embargo report|Outgoing/)
    expect(said({ platforms: ['slack', 'terminal'], roles: ['mail'] })).toContain('no chat in this process.')
  })
})
