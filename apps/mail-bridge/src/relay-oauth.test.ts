import type { AddressInfo } from 'node:net'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { fakeRelay } from '../test/fake-relay.ts'
import { TokenError } from './oauth/token-error.ts'
import { createRelay } from './relay.ts'

const mail = {
  raw: Buffer.from('Subject: x\r\n\r\nkumquat\r\n'),
  envelopeFrom: 'security@example.org',
  envelopeTo: 'rae@reporter.example',
  messageId: '<1@example.org>',
}

/** A relay that accepts only the access token `valid`. */
async function relayFor(valid: string) {
  const logins: string[] = []
  let taken = 0
  const server = new SMTPServer({
    ...LOCALHOST_CERTIFICATE,
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    onAuth({ username = '', accessToken = '' }, _, done) {
      logins.push(`${username} ${accessToken}`)
      if (accessToken === valid) done(null, { user: username })
      else done(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } })
    },
    onData(stream, _, done) {
      stream.resume().on('end', () => {
        taken += 1
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    logins,
    get taken() {
      return taken
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
    },
  }
}

const relayTo = (port: number, token: (refused?: string) => Promise<string>) =>
  createRelay({
    host: '127.0.0.1',
    port,
    tls: 'plain',
    timeoutMs: 5_000,
    name: 'example.org',
    auth: { user: 'security@example.org', token },
  })

describe('a relay with a login by OAuth 2', () => {
  it('gets an access token', async () => {
    await using server = await relayFor('one')
    await using relay = relayTo(server.port, async () => 'one')
    await relay.send(mail)
    expect([server.taken, server.logins]).toEqual([1, ['security@example.org one']])
  })

  it('gets another token when it refuses one', async () => {
    await using server = await relayFor('two')
    const refusals: (string | undefined)[] = []
    await using relay = relayTo(server.port, async (refused) => {
      refusals.push(refused)
      return refused === undefined ? 'one' : 'two'
    })
    await relay.send(mail)
    expect([server.taken, refusals]).toEqual([1, [undefined, 'one']])
  })

  it('needs a person if it refuses the second token too, and the error contains no token', async () => {
    await using server = await relayFor('none')
    let asked = 0
    await using relay = relayTo(server.port, async () => `kumquat-${(asked += 1)}`)
    const error: unknown = await relay.send(mail).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unreachable', forAPerson: true, forAll: true })
    expect(String(error)).not.toContain('kumquat')
    expect([asked, server.taken]).toEqual([2, 0])
  })

  it.each([
    ['gives no token', 'refused', true],
    ['cannot be reached', 'unreachable', false],
  ] as const)('waits while the token endpoint %s', async (_, code, forAPerson) => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port, async () => {
      throw new TokenError(code, 'The token endpoint says no.')
    })
    await expect(relay.send(mail)).rejects.toMatchObject({ code: 'unreachable', away: true, forAPerson })
    expect(server.connections()).toBe(0)
  })
})
