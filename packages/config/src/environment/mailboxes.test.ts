import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Config } from '../config.ts'
import { loadConfig } from '../load-config.ts'
import { ConfigError } from '../problems/problem.ts'

type Setup = {
  readonly env: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly modeOf?: () => number
}

function load({ env, files, modeOf = () => 0o600 }: Setup): Config {
  const readFile = (path: string) => files[path]
  return loadConfig({ env: { HOME: '/home/ana', ...env }, cwd: '/srv', osUser: 'ana', readFile, modeOf })
}

function problems(given: Setup): readonly string[] {
  try {
    load(given)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ because, instead }) => `${because} ${instead}`)
    throw error
  }
}

const SLACK = { EMBARGO_SLACK_APP_TOKEN: 'xapp-1-SECRET', EMBARGO_SLACK_BOT_TOKEN: 'xoxb-1-SECRET' }
const POLICY = `projects: [{ id: lantern, name: Lantern, address: security@lantern.example }]
people: [{ id: ana, name: Ana, osUser: ana }, { id: ben, name: Ben, osUser: ben }]
platforms: [slack]
`

describe('the mailboxes', () => {
  const files = {
    '/srv/embargo.policy.yaml': POLICY,
    '/srv/boxes': '# ours\nimaps://b:SECRET@two.example/?since=2026-11-01&return-path=trust\n',
  }
  const url = 'imap://security%40lantern.example:SECRET%21@imap.example:1143/?project=lantern'

  it('come from the environment and from a file, each for its projects, and are encrypted unless the address says plain', () => {
    const { mailboxes = [] } = load({ env: { ...SLACK, EMBARGO_IMAP: url, EMBARGO_IMAP_FILE: 'boxes' }, files })
    expect(mailboxes).toMatchObject([
      { host: 'imap.example', port: 1143, tls: 'starttls', user: 'security@lantern.example', projects: ['lantern'] },
      {
        host: 'two.example',
        port: 993,
        tls: 'implicit',
        user: 'b',
        projects: ['lantern'],
        since: Date.UTC(2026, 10, 1),
        returnPath: 'trust',
      },
    ])
    expect(mailboxes[0]).not.toHaveProperty('returnPath')
    expect(mailboxes[0]?.login.is === 'password' && mailboxes[0].login.password.reveal()).toBe('SECRET!')
    expect(inspect(mailboxes, { depth: 9 })).not.toContain('SECRET')
  })

  it.each([
    ['one that is no address', { EMBARGO_IMAP: 'imap.example:993' }, /not a mailbox address/],
    ['one without a user', { EMBARGO_IMAP: 'imaps://imap.example' }, /not a mailbox address/],
    ['one without a password', { EMBARGO_IMAP: 'imaps://b@imap.example' }, /password of a mailbox is missing/],
    [
      'one whose file for OAuth 2 is missing',
      { EMBARGO_IMAP: 'imaps://b@imap.example/?oauth=nowhere' },
      /after "oauth"/,
    ],
    ['one for a project that does not exist', { EMBARGO_IMAP: `${url},kiln` }, /no project "kiln".*lantern/],
    ['a date that does not exist', { EMBARGO_IMAP: `${url}&since=soon` }, /since=2026-11-01/],
    ['a return path of no known kind', { EMBARGO_IMAP: `${url}&return-path=maybe` }, /return-path=trust/],
    ['an option that does not exist', { EMBARGO_IMAP: `${url}&from=x` }, /no option "from"/],
    ['one that is named twice', { EMBARGO_IMAP: `${url} ${url}` }, /named twice/],
    ['a file that is not there', { EMBARGO_IMAP_FILE: 'nowhere' }, /no such file/],
  ])('are refused with %s, without their password', (_name, env, expected) => {
    const found = problems({ env: { ...SLACK, ...env }, files })
    expect(found).toEqual([expect.stringMatching(expected)])
    expect(found.join()).not.toContain('SECRET')
  })
})

describe('a file with a secret that others can read', () => {
  const files = {
    '/srv/embargo.policy.yaml': POLICY,
    '/srv/boxes': 'imaps://b:SECRET@two.example/\n',
    '/srv/grant.json': JSON.stringify({
      token_endpoint: 'https://login.example/token',
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: 'SECRET',
    }),
  }

  it.each([
    ['mailboxes', { EMBARGO_IMAP_FILE: 'boxes' }, '/srv/boxes'],
    ['OAuth 2 settings of a mailbox', { EMBARGO_IMAP: 'imaps://b@imap.example/?oauth=grant.json' }, '/srv/grant.json'],
    [
      'OAuth 2 settings of the relay',
      { EMBARGO_SMTP_RELAY: 'smtp://b@smtp.example/?oauth=grant.json' },
      '/srv/grant.json',
    ],
  ])('is refused: %s', (_, env, path) => {
    const setup = { env: { ...SLACK, ...env }, files }
    expect(problems(setup)).toEqual([])
    expect(problems({ ...setup, modeOf: () => 0o640 })).toEqual([
      expect.stringMatching(
        new RegExp(`Others .* can read the file ${path} \\(its mode is 0640\\).*chmod 600 ${path}`),
      ),
    ])
  })
})

describe('OAuth 2 for the relay', () => {
  const files = {
    '/srv/embargo.policy.yaml': POLICY,
    '/srv/grant.json': JSON.stringify({
      token_endpoint: 'https://login.example/token',
      grant_type: 'refresh_token',
      client_id: 'app',
      refresh_token: 'SECRET',
    }),
  }
  const relay = (url: string) => ({ env: { ...SLACK, EMBARGO_SMTP_RELAY: url }, files })

  it('reads its grant from a file', () => {
    const { login } = load(relay('smtp://b%40lantern.example@smtp.example/?oauth=grant.json')).smtp.relay ?? {}
    expect(login).toMatchObject({ is: 'oauth', user: 'b@lantern.example', file: '/srv/grant.json' })
    expect(login?.is === 'oauth' && login.grant.reveal()).toMatchObject({ client: 'app', refreshToken: 'SECRET' })
    expect(inspect(login, { depth: 9 })).not.toContain('SECRET')
  })

  it.each([
    ['without a user', 'smtp://smtp.example/?oauth=grant.json', /needs a user/],
    ['with a file that is missing', 'smtp://b@smtp.example/?oauth=nowhere', /after "oauth"/],
    ['with another option', 'smtp://b@smtp.example/?pool=1', /no option "pool"/],
  ])('is refused %s', (_, url, expected) => {
    expect(problems(relay(url))).toEqual([expect.stringMatching(expected)])
  })
})

describe('the limits of the relay', () => {
  const relay = (url: string) => ({
    env: { ...SLACK, EMBARGO_SMTP_RELAY: url },
    files: { '/srv/embargo.policy.yaml': POLICY },
  })

  it('are settings, and safe without them', () => {
    expect(load(relay('smtp://smtp.example')).smtp.relay).toMatchObject({ connections: 4, mailsPerHour: 1_000 })
    expect(load(relay('smtp://smtp.example/?connections=2&mails-per-hour=60')).smtp.relay).toMatchObject({
      connections: 2,
      mailsPerHour: 60,
    })
    expect(load(relay('smtp://smtp.example/?mail-bytes=26214400')).smtp.relay).toMatchObject({ mailBytes: 26_214_400 })
  })

  it.each([
    'connections=0',
    'connections=101',
    'connections=many',
    'mails-per-hour=-1',
    'mails-per-hour=1e9',
    'mail-bytes=9999999999',
  ])('are refused if they are no limits: %s', (limit) => {
    expect(problems(relay(`smtp://smtp.example/?${limit}`))).toEqual([expect.stringMatching(/limit of the relay/)])
  })
})

describe('OAuth 2 for a mailbox', () => {
  const endpoint = 'https://login.example/token'
  const read = (settings: object) =>
    load({
      env: { ...SLACK, EMBARGO_IMAP: 'imaps://b@imap.example/?oauth=grant.json' },
      files: {
        '/srv/embargo.policy.yaml': POLICY,
        '/srv/grant.json': JSON.stringify({ token_endpoint: endpoint, ...settings }),
      },
    }).mailboxes?.[0]?.login

  it.each([
    [
      { grant_type: 'refresh_token', client_id: 'app', refresh_token: 'SECRET' },
      { client: 'app', refreshToken: 'SECRET' },
    ],
    [
      { grant_type: 'client_credentials', client_id: 'app', client_secret: 'SECRET' },
      { client: 'app', clientSecret: 'SECRET' },
    ],
    [
      { grant_type: 'jwt_bearer', issuer: 'robot', private_key: 'SECRET' },
      { issuer: 'robot', privateKey: 'SECRET' },
    ],
  ])('reads its grant from a file: %j', (settings, grant) => {
    const login = read(settings)
    expect(login?.is === 'oauth' && login.grant.reveal()).toEqual({ endpoint, grant: settings.grant_type, ...grant })
    expect(inspect(login, { depth: 9 })).not.toContain('SECRET')
  })

  it.each([
    { grant_type: 'password', client_id: 'app' },
    { grant_type: 'client_credentials', client_id: 'app' },
    { grant_type: 'refresh_token', client_id: 'app', refresh_token: 'x', token_endpoint: 'http://login.example/' },
  ])('refuses %j', (settings) => {
    expect(() => read(settings)).toThrow('after "oauth"')
  })
})
