import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boot, text } from '../test/boot.ts'
import { OTHER_CERTIFICATE } from '../test/other-certificate.ts'

describe('the mail listener with a certificate', () => {
  let folder: string
  const files = () => ({ certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') })
  const write = ({ cert, key }: { readonly cert: string; readonly key: string }): void => {
    writeFileSync(files().certFile, cert)
    writeFileSync(files().keyFile, key)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-certificate-'))
    write(LOCALHOST_CERTIFICATE)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('accepts mail over STARTTLS, with the present certificate', async () => {
    await using house = await boot({ certificate: files() })
    expect(await sendEncrypted(house.bridge.port, LOCALHOST_CERTIFICATE.cert)).toMatch(/^250/u)
    expect(text(house.spool.mails[0]?.raw)).toBe('over TLS\r\n')
    expect(house.spool.mails[0]?.client?.tls).toMatch(/^TLSv1\.[23]$/u)
    write(OTHER_CERTIFICATE)
    expect(await sendEncrypted(house.bridge.port, OTHER_CERTIFICATE.cert)).toMatch(/^250/u)
    await expect(sendEncrypted(house.bridge.port, LOCALHOST_CERTIFICATE.cert)).rejects.toThrow('self-signed')
  })

  it('keeps the old certificate while the new files cannot be used, and logs this once', async () => {
    await using house = await boot({ certificate: files() })
    for (const change of [
      () => writeFileSync(files().certFile, OTHER_CERTIFICATE.cert),
      () => rmSync(files().keyFile),
    ]) {
      change()
      expect(await sendEncrypted(house.bridge.port, LOCALHOST_CERTIFICATE.cert)).toMatch(/^250/u)
    }
    const lines = house.lines.filter((line) => line.includes('EMBARGO_SMTP_CERT_FILE'))
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain(folder)
  })

  it('accepts mail inside TLS, and uses a renewed certificate from the next connection on', async () => {
    await using house = await boot({ certificate: files(), smtps: { host: '127.0.0.1', port: 0 } })
    const port = house.bridge.ports.smtps ?? 0
    expect(await sendInside(port, LOCALHOST_CERTIFICATE.cert)).toMatch(/^250/u)
    expect(text(house.spool.mails[0]?.raw)).toBe('over TLS\r\n')
    write(OTHER_CERTIFICATE)
    expect(await sendInside(port, OTHER_CERTIFICATE.cert)).toMatch(/^250/u)
    await expect(sendInside(port, LOCALHOST_CERTIFICATE.cert)).rejects.toThrow('self-signed')
  })

  it('ends a connection whose handshake takes too long', async () => {
    const limits = { sessionMs: 150 }
    await using house = await boot({ certificate: files(), smtps: { host: '127.0.0.1', port: 0 }, limits })
    const socket = connectPlain(house.bridge.ports.smtps ?? 0, '127.0.0.1')
    await new Promise<void>((resolve) => socket.once('close', () => resolve()))
    expect(house.spool.mails).toEqual([])
  })

  it.each([
    ['that are not there', () => rmSync(files().certFile)],
    ['that are no certificate', () => writeFileSync(files().certFile, 'x')],
    ['that do not belong together', () => writeFileSync(files().keyFile, OTHER_CERTIFICATE.key)],
  ])('does not start with files %s', async (_, break_) => {
    break_()
    await expect(boot({ certificate: files() })).rejects.toMatchObject({ code: 'bad-certificate' })
  })
})

const next = async (socket: Socket, line?: string): Promise<string> => {
  if (line !== undefined) socket.write(`${line}\r\n`)
  return new Promise((resolve, reject) => {
    socket.once('data', (bytes) => resolve(String(bytes)))
    socket.once('error', reject)
  })
}

/** Sends a mail over STARTTLS and returns the answer. Rejects if the listener shows a certificate other than `ca`. */
async function sendEncrypted(port: number, ca: string): Promise<string> {
  const plain = connectPlain(port, '127.0.0.1')
  await next(plain)
  expect(await next(plain, 'EHLO x')).toContain('STARTTLS')
  await next(plain, 'STARTTLS')
  return send(connect({ socket: plain, ca, servername: 'localhost' }))
}

/** The answer to a mail that is sent with implicit TLS. */
const sendInside = async (port: number, ca: string): Promise<string> =>
  send(connect({ port, host: '127.0.0.1', ca, servername: 'localhost' }), { greets: true })

async function send(socket: TLSSocket, { greets = false } = {}): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('error', reject)
    })
    if (greets) await next(socket)
    for (const line of ['EHLO x', 'MAIL FROM:<a@example.net>', 'RCPT TO:<security@example.org>', 'DATA'])
      await next(socket, line)
    return await next(socket, 'over TLS\r\n.')
  } finally {
    socket.destroy()
  }
}
