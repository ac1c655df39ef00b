import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newPlace } from '../fixtures/running.ts'
import type { Place } from '../fixtures/running.ts'

const SECRET = 'zanzibarquartz'
const NUMBER = `SEC-${new Date().getUTCFullYear()}-0001`

/** Waits until the mail that was just accepted has become a case. Each try runs a whole command line. */
async function caseOpened(place: Place): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { out } = await place.run('status', 'all')
    if (out.includes(NUMBER)) return out
  }
  throw new Error('the report opened no case')
}

/** The greeting that a server sends. */
async function greeting(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const [said] = await once(socket, 'data')
  socket.destroy()
  return String(said)
}

describe('the program, started with no configuration', () => {
  it('accepts a report by SMTP, works from the terminal, survives SIGKILL, and shows nothing to a thief', async () => {
    using place = await newPlace()
    const first = await place.start()
    expect(first.said()).toContain('Profile solo')
    expect(first.said()).toContain('report --practice')
    expect(
      (
        await place.run(
          'report',
          '--subject',
          `${SECRET} subject`,
          '--text',
          `the ${SECRET} body`,
          '--from',
          `${SECRET}@example.org`,
        )
      ).code,
    ).toBe(0)
    expect(await caseOpened(place)).toContain('received')
    expect((await place.run(NUMBER, 'status', '--all')).out).toContain(SECRET)

    const refused = await place.run(NUMBER, 'prenotify', '--yes')
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('not pre-notified')
    expect((await place.run(NUMBER, 'ack')).code).toBe(0)
    const before = first.said()
    await first.stop('SIGKILL')

    const second = await place.start()
    expect(second.said()).toContain('1 case is open.')
    expect(second.said()).toMatch(new RegExp(`npx embargo ${NUMBER} status`))
    expect(second.said()).not.toContain('first report')
    expect((await place.run(NUMBER, 'status')).out).toContain('acknowledged')
    expect(await second.stop('SIGTERM')).toBe(0)

    const verified = await place.run('audit', 'verify')
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringMatching(new RegExp(`${NUMBER}: \\d+ events, unbroken`)),
    ])
    expect((await place.run('audit', 'rebuild')).code).toBe(0)
    for (const said of [before, second.said()]) expect(said).not.toContain(SECRET)
    for (const file of readdirSync(place.data))
      expect(readFileSync(join(place.data, file)).includes(SECRET)).toBe(false)
    expect(statSync(join(place.data, 'embargo.db')).mode & 0o077).toBe(0)
  }, 120_000)

  it('names the port that it got if any free port was requested', async () => {
    using place = await newPlace({ EMBARGO_SMTP_LISTEN: '127.0.0.1:0' })
    const running = await place.start()
    const [, port] = /EMBARGO_SMTP_LISTEN=127\.0\.0\.1:(\d+) .*npx embargo report/.exec(running.said()) ?? []
    expect(await greeting(Number(port))).toMatch(/^220 /)
    expect(running.said()).toContain(`SMTP on 127.0.0.1:${port}, for`)
    await running.stop('SIGTERM')
  }, 60_000)

  it('refuses a second process on the same file, and a wrong master key, and says why', async () => {
    using place = await newPlace()
    const running = await place.start()
    const again = await place.run('start')
    expect(again.code).toBe(1)
    expect(again.err).toMatch(/in use by another Embargo process/)
    expect(again.err).toContain(`The file is held by process ${running.pid} (node); "kill ${running.pid}" stops it`)
    await running.stop('SIGTERM')
    const key = join(place.folder, '.config', 'embargo', 'master.key')
    const right = readFileSync(key)
    writeFileSync(key, `${'ab'.repeat(32)}\n`)
    const wrong = await place.run('audit', 'verify')
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/key/i)])
    writeFileSync(key, right)
    expect((await place.run('audit', 'verify')).code).toBe(0)
  }, 60_000)

  it('refuses a port that another process has, and names the process', async () => {
    using place = await newPlace()
    const running = await place.start()
    using other = await newPlace({ EMBARGO_SMTP_LISTEN: place.env['EMBARGO_SMTP_LISTEN'] ?? '' })
    const { code, err } = await other.run('start')
    expect([code, err]).toEqual([1, expect.stringContaining(`is held by process ${running.pid} (node).`)])
    await running.stop('SIGTERM')
  }, 60_000)

  it('lists every mistake of a policy at once, with its line', async () => {
    using place = await newPlace()
    const policy = join(place.folder, 'embargo.policy.yaml')
    writeFileSync(
      policy,
      [
        'profile: teem',
        'clocks:',
        '  acknowledge:',
        '    target: soon',
        'projects:',
        '  - id: Quillmark',
        '    name: Quillmark',
        '    address: nowhere',
        'peeple: []',
        '',
      ].join('\n'),
    )
    const { code, err } = await place.run('start')
    expect(code).toBe(1)
    for (const part of [':1:', ':4:', ':6:', ':8:', ':9:', 'people']) expect(err).toContain(part)
  }, 30_000)

  it('is understood by a stranger: help, an unknown word, and nothing started yet', async () => {
    using place = await newPlace()
    expect((await place.run('--help')).out).toContain('<case> [<verb> …]')
    expect(await place.run('frobnicate')).toMatchObject({ code: 2, err: expect.stringContaining('--help') })
    expect(await place.run('status', 'all')).toMatchObject({ code: 1, err: expect.stringContaining('npm start') })
    expect(await place.run('SEC-17')).toMatchObject({
      code: 2,
      err: expect.stringContaining('SEC-2026-0001'),
    })
    const manifest = await place.run('init', 'slack')
    expect(manifest.code).toBe(0)
    expect(JSON.parse(manifest.out)).toHaveProperty('features.slash_commands')
  }, 60_000)
})
