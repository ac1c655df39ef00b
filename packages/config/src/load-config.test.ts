import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Config } from './config.ts'
import { loadConfig } from './load-config.ts'
import { ConfigError, placeOf } from './problems/problem.ts'

const KEY = '0f'.repeat(32)

type Setup = { readonly env?: Readonly<Record<string, string>>; readonly files?: Readonly<Record<string, string>> }

function load({ env = {}, files = {} }: Setup = {}): Config {
  return loadConfig({ env: { HOME: '/home/ana', ...env }, cwd: '/srv', osUser: 'ana', readFile: (path) => files[path] })
}

function problems(given: Setup): readonly string[] {
  try {
    load(given)
    return []
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map((one) => `${placeOf(one)}: ${one.because} ${one.instead}`)
    throw error
  }
}

const SLACK = { EMBARGO_SLACK_APP_TOKEN: 'xapp-1-SECRET', EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1-SECRET' }
const POLICY = `projects: [{ id: lantern, name: Lantern, address: security@lantern.example }]
people: [{ id: ana, name: Ana, osUser: ana }, { id: ben, name: Ben, osUser: ben }]
platforms: [slack]
`

describe('without any configuration', () => {
  it('is the profile solo, one person named after the OS user, the terminal, SQLite and mail on loopback', () => {
    const config = load()

    expect(config).toMatchObject({
      dataFolder: '/srv/embargo-data',
      database: { is: 'sqlite', file: '/srv/embargo-data/embargo.db' },
      masterKey: { is: 'file', path: '/home/ana/.config/embargo/master.key' },
      smtp: { listen: { host: '127.0.0.1', port: 2525 } },
      policy: {
        policy: {
          profile: 'solo',
          projects: [{ name: 'Sample project', prefix: 'SEC', address: 'security@embargo.localhost' }],
          people: [{ id: 'ana', osUser: 'ana', roles: ['admin', 'team'] }],
          platforms: ['terminal'],
        },
      },
      notices: [],
    })
    expect(config.slack).toBeUndefined()
    expect(config.smtp.relay).toBeUndefined()
    expect([...config.capabilities]).toEqual(['slack', 'discord', 'terminal', 'mail', 'clock'])
  })

  it('treats an empty variable as absent', () => {
    expect(load({ env: { EMBARGO_SMTP_RELAY: '', EMBARGO_ROLE: ' ' } }).smtp.relay).toBeUndefined()
  })
})

describe('where the policy is looked for', () => {
  const files = { '/srv/embargo-data/embargo.policy.yaml': POLICY, '/srv/embargo.policy.yaml': 'profile: nonsense' }

  it('takes the one in the data folder before the one in the current folder', () => {
    expect(load({ env: SLACK, files }).policyFile).toBe('/srv/embargo-data/embargo.policy.yaml')
    expect(problems({ env: { ...SLACK, EMBARGO_DATA: 'other' }, files })[0]).toMatch(/^\/srv\/embargo.policy.yaml:1:1:/)
  })

  it('says when the named policy does not exist, and uses no other', () => {
    expect(problems({ env: { EMBARGO_POLICY: 'gone.yaml' }, files })).toEqual([
      expect.stringMatching(/^EMBARGO_POLICY: There is no such file/),
    ])
  })

  it("says when it can't be read", () => {
    const readFile = () => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' })
    }
    expect(() => loadConfig({ env: { HOME: '/h' }, cwd: '/srv', osUser: 'ana', readFile })).toThrow(
      /can't be read \(EACCES\)/,
    )
  })
})

describe('mistakes in the environment', () => {
  it('are all listed, together with those in the policy', () => {
    const env = {
      EMBARGO_DATABASE: 'mysql://x:hunter2@y',
      EMBARGO_SMTP_LISTEN: 'everywhere',
      EMBARGO_SMTP_RELAY: 'hunter2',
      EMBARGO_MASTER_KEY: 'hunter2',
      EMBARGO_ROLE: 'male',
    }
    const found = problems({ env, files: { '/srv/embargo.policy.yaml': 'profile: nonsense' } })

    expect(found.map((one) => one.split(': ')[0])).toEqual([
      'EMBARGO_DATABASE',
      'EMBARGO_MASTER_KEY',
      'EMBARGO_SMTP_LISTEN',
      'EMBARGO_SMTP_RELAY',
      'EMBARGO_ROLE',
      '/srv/embargo.policy.yaml:1:1',
      '/srv/embargo.policy.yaml:1:1',
      '/srv/embargo.policy.yaml:1:10',
    ])
    expect(found.join()).not.toContain('hunter2')
  })

  it.each([
    ['a misspelt variable', { EMBARGO_DATABSE: 'x' }, /EMBARGO_DATABSE: .*Did you mean EMBARGO_DATABASE\?/],
    ['a role on SQLite', { EMBARGO_ROLE: 'mail' }, /roles can't be split.*PostgreSQL/],
    ['an unknown role', { EMBARGO_ROLE: 'clok', EMBARGO_DATABASE: 'postgresql://db/embargo' }, /Did you mean clock\?/],
    ['a key file in the data folder', { EMBARGO_MASTER_KEY_FILE: 'embargo-data/keys/k' }, /inside the data folder/],
    ['a port that does not exist', { EMBARGO_SMTP_LISTEN: '127.0.0.1:65536' }, /not a host with a port/],
    ['an SMTPS listener without a certificate', { EMBARGO_SMTPS_LISTEN: '0.0.0.0:465' }, /needs a certificate/],
    ['a socket without a whole path', { EMBARGO_LMTP_LISTEN: 'unix:run/lmtp' }, /not a host with a port/],
    ['LMTP on the port of SMTP', { EMBARGO_LMTP_LISTEN: '0.0.0.0:25' }, /RFC 2033/],
    ['something else than a network', { EMBARGO_MAIL_NETWORKS: '10.0.0.0/8,192.0.2.0/33' }, /This is not a network/],
    ['a certificate without its key', { EMBARGO_SMTP_CERT_FILE: 'mail.pem' }, /one of the two is missing/],
    ['a relay without a scheme', { EMBARGO_SMTP_RELAY: 'mail.example.org:25' }, /not an SMTP address/],
    ['an unencrypted Slack', { EMBARGO_SLACK_API_URL: 'http://slack.example/api/' }, /unencrypted/],
    ['a prefix with capitals', { EMBARGO_SLACK_PREFIX: 'SEC-' }, /lower-case letters/],
    ['no home', { HOME: '' }, /neither HOME nor XDG_CONFIG_HOME/],
  ])('names %s', (_name, env, expected) => {
    expect(problems({ env })).toEqual([expect.stringMatching(expected)])
  })

  it('only notices a variable that resembles none of ours', () => {
    expect(load({ env: { EMBARGO_SOMETHING_ELSE: '1' } }).notices).toEqual([
      expect.stringContaining('EMBARGO_SOMETHING_ELSE is set'),
    ])
  })
})

describe('the listeners for mail', () => {
  it('are SMTP on loopback alone, and others only if they are set', () => {
    const env = {
      EMBARGO_LMTP_LISTEN: '127.0.0.1:2424',
      EMBARGO_SMTPS_LISTEN: '0.0.0.0:465',
      EMBARGO_SMTP_CERT_FILE: 'mail.pem',
      EMBARGO_SMTP_KEY_FILE: 'mail.key',
      EMBARGO_MAIL_NETWORKS: '192.0.2.0/24, 2001:db8::/32',
    }
    expect(load({ env }).smtp).toMatchObject({
      listen: { host: '127.0.0.1', port: 2525 },
      lmtp: { host: '127.0.0.1', port: 2424 },
      smtps: { host: '0.0.0.0', port: 465 },
      networks: ['192.0.2.0/24', '2001:db8::/32'],
    })
    expect(Object.keys(load().smtp)).toEqual(['listen'])
    expect(load({ env: { EMBARGO_LMTP_LISTEN: 'unix:/run/embargo/lmtp' } }).smtp.lmtp).toEqual({
      path: '/run/embargo/lmtp',
    })
  })
})

describe('the relay', () => {
  it.each([
    ['smtp://u:p@mail.example.org', { host: 'mail.example.org', port: 587, tls: 'starttls' }],
    ['smtps://u:p@mail.example.org', { host: 'mail.example.org', port: 465, tls: 'implicit' }],
    ['smtp+plain://u:p@mail.example.org:25', { host: 'mail.example.org', port: 25, tls: 'plain' }],
    ['smtp://localhost:25', { host: 'localhost', port: 25, tls: 'plain' }],
    ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'plain' }],
    ['smtp://localhost.attacker.example:25', { host: 'localhost.attacker.example', port: 25, tls: 'starttls' }],
    ['smtp://0.0.0.0:25', { host: '0.0.0.0', port: 25, tls: 'starttls' }],
  ])('%s: encrypted beyond this machine, unless it says plain', (written, relay) => {
    expect(load({ env: { EMBARGO_SMTP_RELAY: written } }).smtp.relay).toMatchObject(relay)
  })
})

describe("Slack's tokens", () => {
  const files = { '/srv/embargo.policy.yaml': POLICY }

  it.each([
    [
      'the app token alone',
      { EMBARGO_SLACK_APP_TOKEN: 'xapp-1' },
      [/^EMBARGO_SLACK_BOT_TOKEN: .*missing.*OAuth & Permissions/],
    ],
    [
      'the bot token alone',
      { EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1' },
      [/^EMBARGO_SLACK_APP_TOKEN: .*missing.*App-Level Tokens.*connections:write/],
    ],
    [
      'none, where the policy asks for Slack',
      {},
      [/^EMBARGO_SLACK_APP_TOKEN: .*the policy has slack/, /^EMBARGO_SLACK_BOT_TOKEN: .*the policy has slack/],
    ],
    [
      'them exchanged',
      { EMBARGO_SLACK_APP_TOKEN: 'xoxb-1', EMBARGO_SLACK_BOT_TOKEN: 'xapp-1' },
      [/the token for EMBARGO_SLACK_BOT_TOKEN/, /the token for EMBARGO_SLACK_APP_TOKEN/],
    ],
  ])('given %s, says which and where to get it', (_name, env, expected) => {
    expect(problems({ env, files })).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  })

  it('are read when both are there', () => {
    const { slack } = load({ env: { ...SLACK, EMBARGO_SLACK_API_URL: 'http://127.0.0.1:4000/api' }, files })
    expect([slack?.appToken?.reveal(), slack?.botToken.reveal(), slack?.apiUrl]).toEqual([
      'xapp-1-SECRET',
      'xoxb-1-SECRET',
      'http://127.0.0.1:4000/api/',
    ])
  })

  it('are not required in a process that does not serve Slack; the notices say that it does not', () => {
    const env = { EMBARGO_ROLE: 'mail', EMBARGO_DATABASE: 'postgresql://db/embargo' }
    const { capabilities, notices } = load({ env, files })
    expect(capabilities).toEqual(new Set(['mail']))
    expect(notices).toEqual([expect.stringMatching(/^The policy lists slack .* this process does not serve it/)])
    expect(load({ env: { ...env, ...SLACK, EMBARGO_ROLE: 'slack,mail' }, files }).notices).toEqual([])
  })

  it.each([
    ['none', {}],
    ['one', { EMBARGO_SLACK_APP_TOKEN: 'xapp-1' }],
    ['a wrong one', { ...SLACK, EMBARGO_SLACK_BOT_TOKEN: 'nonsense' }],
  ])('are not asked for by who only looks: %s', (_name, env) => {
    const around = { env: { HOME: '/home/ana', ...env }, cwd: '/srv', osUser: 'ana' }
    const config = loadConfig({ ...around, readFile: (path) => (path.endsWith('.yaml') ? POLICY : undefined) }, 'look')
    expect(config.slack).toBeUndefined()
  })

  it('set without slack in the policy are noticed', () => {
    expect(load({ env: SLACK }).notices).toEqual([expect.stringContaining('does not list slack')])
  })
})

describe('Slack in Socket Mode', () => {
  const files = { '/srv/embargo.policy.yaml': POLICY }
  const TOKENS = { EMBARGO_SLACK_APP_TOKEN: 'xapp-1', EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1' }

  it.each([
    [undefined, 2],
    ['1', 1],
    ['10', 10],
  ])('with %s for the connections holds %i', (written, count) => {
    const env = written === undefined ? TOKENS : { ...TOKENS, EMBARGO_SLACK_SOCKETS: written }
    expect(load({ env, files }).slack?.sockets).toBe(count)
  })

  it.each(['0', '11', 'two', '1.5', '-1'])('does not hold %s', (written) => {
    expect(problems({ env: { ...TOKENS, EMBARGO_SLACK_SOCKETS: written }, files })).toEqual([
      expect.stringMatching(/^EMBARGO_SLACK_SOCKETS: .*1 to 10/),
    ])
  })
})

describe('Slack over HTTP', () => {
  const files = { '/srv/embargo.policy.yaml': POLICY }
  const SIGNING = 'ab'.repeat(16)
  const HTTP = { EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1-SECRET', EMBARGO_SLACK_SIGNING_SECRET: SIGNING }

  it('takes the bot token and the signing secret, no app token, and listens on loopback', () => {
    const { slack } = load({ env: HTTP, files })
    expect(slack).toMatchObject({
      apiUrl: 'https://slack.com/api/',
      http: { listen: { host: '127.0.0.1', port: 3000 } },
    })
    expect([slack?.appToken, slack?.http?.signingSecret.reveal()]).toEqual([undefined, SIGNING])
    expect(load({ env: { ...HTTP, EMBARGO_SLACK_LISTEN: '0.0.0.0:8080' }, files }).slack?.http?.listen.port).toBe(8080)
  })

  it.each([
    [
      'a listener alone',
      { EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1', EMBARGO_SLACK_LISTEN: '127.0.0.1:3000' },
      [/^EMBARGO_SLACK_SIGNING_SECRET: .*anybody could pretend/],
    ],
    ['no bot token', { EMBARGO_SLACK_SIGNING_SECRET: SIGNING }, [/^EMBARGO_SLACK_BOT_TOKEN: .*missing/]],
    [
      'another secret',
      { ...HTTP, EMBARGO_SLACK_SIGNING_SECRET: 'hunter2' },
      [/^EMBARGO_SLACK_SIGNING_SECRET: .*32 hexadecimal/],
    ],
    ['no port', { ...HTTP, EMBARGO_SLACK_LISTEN: 'example.org' }, [/^EMBARGO_SLACK_LISTEN: .*not a host with a port/]],
  ])('given %s, says what is missing', (_name, env, expected) => {
    expect(problems({ env, files })).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
    expect(problems({ env, files }).join()).not.toContain('hunter2')
  })
})

describe("Discord's token and server", () => {
  const files = { '/srv/embargo.policy.yaml': POLICY.replace('[slack]', '[discord]') }
  const TOKEN = `${'M'.repeat(24)}.SECRET.${'x'.repeat(27)}`
  const DISCORD = { EMBARGO_DISCORD_TOKEN: TOKEN, EMBARGO_DISCORD_GUILD: '112233445566778899' }

  it('are read when both are there', () => {
    const { discord } = load({ env: { ...DISCORD, EMBARGO_DISCORD_API_URL: 'http://127.0.0.1:4000/api/' }, files })
    expect([discord?.token.reveal(), discord?.guild, discord?.apiUrl]).toEqual([
      TOKEN,
      '112233445566778899',
      'http://127.0.0.1:4000/api',
    ])
    expect(load({ env: { ...DISCORD, EMBARGO_DISCORD_TOKEN: `Bot ${TOKEN}` }, files }).discord?.token.reveal()).toBe(
      TOKEN,
    )
  })

  it.each([
    [
      'none, where the policy asks for Discord',
      {},
      [
        /^EMBARGO_DISCORD_TOKEN: .*the policy has discord.*Reset Token/,
        /^EMBARGO_DISCORD_GUILD: .*the policy has discord.*Copy Server ID/,
      ],
    ],
    ['the token alone', { EMBARGO_DISCORD_TOKEN: TOKEN }, [/^EMBARGO_DISCORD_GUILD: .*missing/]],
    [
      'the server alone',
      { EMBARGO_DISCORD_GUILD: DISCORD.EMBARGO_DISCORD_GUILD },
      [/^EMBARGO_DISCORD_TOKEN: .*missing/],
    ],
    [
      'an id for a token',
      { ...DISCORD, EMBARGO_DISCORD_TOKEN: '112233445566778899' },
      [/^EMBARGO_DISCORD_TOKEN: This is an id/],
    ],
    [
      'the client secret',
      { ...DISCORD, EMBARGO_DISCORD_TOKEN: 'SECRETsecretSECRETsecretSECRETse' },
      [/^EMBARGO_DISCORD_TOKEN: .*three parts.*client secret/],
    ],
    [
      'them exchanged',
      { EMBARGO_DISCORD_TOKEN: DISCORD.EMBARGO_DISCORD_GUILD, EMBARGO_DISCORD_GUILD: TOKEN },
      [/an id, not a token/, /17 to 20 digits/],
    ],
    ['an unencrypted server', { ...DISCORD, EMBARGO_DISCORD_API_URL: 'http://discord.example/api' }, [/unencrypted/]],
  ])('given %s, says what is wrong and where to get it', (_name, env, expected) => {
    expect(problems({ env, files })).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
    expect(problems({ env, files }).join()).not.toContain('SECRET')
  })

  it('are not required by commands that only read, nor in a process that does not serve Discord', () => {
    const around = { env: { HOME: '/home/ana' }, cwd: '/srv', osUser: 'ana' }
    const readFile = (path: string) => (path.endsWith('.yaml') ? files['/srv/embargo.policy.yaml'] : undefined)
    expect(loadConfig({ ...around, readFile }, 'look').discord).toBeUndefined()
    const env = { EMBARGO_ROLE: 'mail', EMBARGO_DATABASE: 'postgresql://db/embargo' }
    expect(load({ env, files }).notices).toEqual([
      expect.stringMatching(/^The policy lists discord .* does not serve it/),
    ])
  })

  it('set without discord in the policy are noticed', () => {
    expect(load({ env: DISCORD }).notices).toEqual([expect.stringContaining('does not list discord')])
  })

  it('are read beside those of Slack if the policy has both', () => {
    const both = { '/srv/embargo.policy.yaml': POLICY.replace('[slack]', '[slack, discord]') }
    const config = load({ env: { ...DISCORD, ...SLACK }, files: both })
    expect([config.slack !== undefined, config.discord !== undefined, config.notices]).toEqual([true, true, []])
    expect(inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config)).not.toContain('SECRET')
  })
})

describe('what a configuration shows of its secrets', () => {
  it('is nothing, however it is printed', () => {
    const env = {
      ...SLACK,
      EMBARGO_MASTER_KEY: KEY,
      EMBARGO_DATABASE: 'postgresql://embargo:SECRET@db.example/embargo',
      EMBARGO_SMTP_RELAY: 'smtps://embargo:SECRET%21@mail.example.org',
    }
    const config = load({ env, files: { '/srv/embargo.policy.yaml': POLICY } })
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.slack?.botToken),
    ].join()

    expect(printed).not.toMatch(/SECRET|0f0f/)
    expect(config.smtp.relay).toMatchObject({ host: 'mail.example.org', port: 465, tls: 'implicit' })
    const login = config.smtp.relay?.login
    expect(login?.is === 'password' && login.password.reveal()).toBe('SECRET!')
  })
})
