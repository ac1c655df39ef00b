import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { githubOf } from './github.ts'
import { variablesOf } from './variables.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'
const APP = { EMBARGO_GITHUB_APP: '12345', EMBARGO_GITHUB_KEY_FILE: 'app.pem' }

const read = (env: Readonly<Record<string, string>>, mode = 0o600) =>
  githubOf(variablesOf(env), {
    cwd: '/srv',
    readFile: (path) => ({ '/srv/app.pem': privateKey, '/srv/wrong.pem': 'persimmon' })[path],
    modeOf: () => mode,
  })
const because = (env: Readonly<Record<string, string>>, mode?: number) =>
  read(env, mode).problems.map((one) => one.because)

describe('the login at GitHub', () => {
  it('is an app with its key, or a token', () => {
    const { github } = read(APP)
    expect(github).toMatchObject({ apiUrl: 'https://api.github.com', login: { is: 'app', appId: '12345' } })
    const byToken = read({ EMBARGO_GITHUB_TOKEN: TOKEN, EMBARGO_GITHUB_API_URL: 'https://git.example/api/v3/' })
    expect(byToken.github).toMatchObject({ apiUrl: 'https://git.example/api/v3', login: { is: 'token' } })
    expect(read({})).toEqual({ problems: [] })
    const secret = { EMBARGO_GITHUB_WEBHOOK_SECRET: 'kumquat-kumquat-kumquat' }
    expect(read({ ...APP, ...secret }).github?.webhook?.listen).toEqual({ host: '127.0.0.1', port: 3001 })
  })

  it.each([
    [{ EMBARGO_GITHUB_APP: '12345' }, /private key is missing/],
    [{ EMBARGO_GITHUB_KEY_FILE: 'app.pem' }, /id is missing/],
    [{ ...APP, EMBARGO_GITHUB_APP: 'quillmark-embargo' }, /is a number/],
    [{ ...APP, EMBARGO_GITHUB_KEY_FILE: 'gone.pem' }, /no such file: \/srv\/gone.pem/],
    [{ ...APP, EMBARGO_GITHUB_KEY_FILE: 'wrong.pem' }, /holds no RSA private key/],
    [{ ...APP, EMBARGO_GITHUB_TOKEN: TOKEN }, /only one of them is used/],
    [{ EMBARGO_GITHUB_TOKEN: 'persimmon' }, /not a GitHub token/],
    [{ ...APP, EMBARGO_GITHUB_API_URL: 'http://git.example' }, /would be sent unencrypted/],
    [{ ...APP, EMBARGO_GITHUB_LISTEN: '127.0.0.1:3001' }, /anybody could write reports/],
    [{ ...APP, EMBARGO_GITHUB_WEBHOOK_SECRET: 'persimmon' }, /fewer than 16 characters/],
    [{ ...APP, EMBARGO_GITHUB_LISTEN: 'here' }, /not a host with a port/],
  ])('%j is refused', (env, says) => {
    expect(because(env)).toEqual([expect.stringMatching(says)])
    expect(JSON.stringify(read(env))).not.toMatch(/persimmon|KUMQUAT|BEGIN/)
  })

  it('with a key that others can read is refused', () => {
    expect(because(APP, 0o644)).toEqual([expect.stringMatching(/Others on this machine can read/)])
  })

  it('is shown to nobody', () => {
    expect(inspect(read(APP), { depth: 9 })).not.toContain('BEGIN')
    expect(inspect(read({ EMBARGO_GITHUB_TOKEN: TOKEN }), { depth: 9 })).not.toContain('KUMQUAT')
  })
})
