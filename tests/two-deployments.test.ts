import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { policyHash, Secret } from '@embargo/config'
import { actorOf, Policy, PROFILES } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { sendRawMail, startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { describe, expect, it } from 'vitest'
import { startProgram } from '../apps/embargo/src/program/program.ts'
import type { Program } from '../apps/embargo/src/program/program.ts'
import { systemClock } from '../apps/embargo/src/program/system-clock.ts'
import { configOf } from '../apps/embargo/test/fixtures/in-process.ts'

const QUILLMARK = 'security@quillmark.example'
const LANTERN = 'security@lantern.example'
const LOOK_AGAIN_MS = 20
/** If the deployments exchange this many mails, the test concludes that they answer each other in an endless loop. */
const LOOP = 20

/** Two deployments, each with its own database and keys, and the relay that brings their mails to each other. */
type Two = AsyncDisposable & {
  readonly sink: SmtpSink
  readonly quillmark: Program
  readonly lantern: Program
  /** Waits until every mail is delivered and read, and every mail that it causes is sent. */
  quiet(): Promise<void>
}

async function startTwo(rewrite: (raw: string) => string = (raw) => raw): Promise<Two> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-two-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const sink = stack.use(await startSmtpSink())
  const [quillmark, lantern] = [
    stack.use(await start(folder, sink, 'quillmark', 1)),
    stack.use(await start(folder, sink, 'lantern', 2)),
  ]
  const at = new Map([
    ['quillmark.example', quillmark],
    ['lantern.example', lantern],
  ])
  let delivered = 0
  const owned = stack.move()
  return {
    sink,
    quillmark,
    lantern,
    async quiet() {
      for (;;) {
        const mail = sink.mails[delivered]
        if (mail === undefined) {
          if ((await isIdle(quillmark)) && (await isIdle(lantern)) && sink.mails.length === delivered) return
          await pause(LOOK_AGAIN_MS)
          continue
        }
        if ((delivered += 1) > LOOP) throw new Error('The two programs answer each other without end.')
        const [envelopeTo = ''] = mail.envelopeTo
        const program = at.get(envelopeTo.replace(/^.*@/u, ''))
        const { envelopeFrom } = mail
        await sendRawMail(program?.smtpPort ?? 0, { envelopeFrom, envelopeTo, raw: rewrite(mail.raw) })
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function start(folder: string, sink: SmtpSink, id: string, key: number): Promise<Program> {
  const policy = Policy.parse({
    ...PROFILES.solo,
    people: [{ id: 'ana', name: 'Ana Example', roles: ['admin', 'team'], osUser: 'ana' }],
    platforms: ['terminal'],
    projects: [{ id, name: id, address: `security@${id}.example` }],
    intake: { lists: 'open', senderDomains: 'off' },
  })
  const masterKey = new Secret<Uint8Array>(new Uint8Array(32).fill(key))
  const config = configOf(folder)
  const silent = (): void => undefined
  return startProgram({
    config: {
      ...config,
      database: { is: 'sqlite', file: join(folder, `${id}.db`) },
      masterKey: { is: 'given', key: masterKey },
      smtp: { ...config.smtp, relay: { host: '127.0.0.1', port: sink.port, tls: 'plain' } },
      policy: { policy, hash: policyHash(policy) },
    },
    secrets: { masterKey },
    clock: systemClock,
    log: { info: silent, warn: silent, error: silent },
    say: silent,
  })
}

async function isIdle({ store }: Program): Promise<boolean> {
  const mails = await store.spool.list({ limit: 100 })
  if (mails.some(({ state }) => state === 'waiting')) return false
  for await (const stream of store.events.streams())
    if ((await store.outbox.ofStream(stream)).some(({ state }) => state === 'pending' || state === 'leased'))
      return false
  return true
}

async function cases({ store, engine }: Program): Promise<readonly CaseState[]> {
  const found: CaseState[] = []
  for await (const stream of store.events.streams()) {
    const state = await engine.queries.state(stream)
    if (state?.kind === 'case') found.push(state)
  }
  return found
}

/** For each mail that came to a case after its report: whether a person or a program wrote the mail. */
const messages = async (program: Program) =>
  (await cases(program)).flatMap((state) =>
    state.messages.slice(1).map(({ automatic }) => (automatic === true ? 'by a program' : 'by a person')),
  )

const aside = async ({ store }: Program) =>
  (await store.spool.list({ limit: 100, state: 'set-aside' })).map(({ because }) => because)

/** A report with the other deployment's address as its sender. */
const report = async ({ quillmark }: Two): Promise<string> =>
  sendRawMail(quillmark.smtpPort ?? 0, {
    envelopeFrom: LANTERN,
    envelopeTo: QUILLMARK,
    raw: `From: Lantern <${LANTERN}>\r\nTo: ${QUILLMARK}\r\nSubject: A hole\r\nMessage-ID: <1@lantern.example>\r\n\r\nThere is a hole.\r\n`,
  })

async function acknowledge(program: Program): Promise<void> {
  const [first] = await cases(program)
  if (first === undefined) throw new Error('there is no case')
  const { engine, router } = program
  await router.handle({
    verb: 'ack',
    input: {},
    actor: actorOf(engine.policy.policy, 'terminal', 'ana'),
    place: { platform: 'terminal', private: true, case: first.id },
    deliveryId: 'ack',
    at: engine.now(),
  })
}

const RELAYS = [
  ['leaves mails as they are', (raw: string) => raw],
  ['replaces the Message-ID', (raw: string) => raw.replace(/^Message-ID: .*$/imu, 'Message-ID: <new@relay.example>')],
] as const

describe.each(RELAYS)('two deployments that write to each other, through a relay that %s', (_, rewrite) => {
  it('loop between two deployments: they do not answer each other’s receipts: the one that came is kept and tagged', async () => {
    await using two = await startTwo(rewrite)
    await report(two)
    await two.quiet()
    expect(two.sink.mails.map(({ envelopeTo }) => envelopeTo)).toEqual([[LANTERN]])
    expect(two.sink.mails[0]?.header('auto-submitted')).toBe('auto-replied')
    expect(await cases(two.quillmark)).toHaveLength(1)
    expect(await cases(two.lantern)).toEqual([])
    expect(await aside(two.lantern)).toEqual(['an automatic mail that belongs to no case'])
  })

  it('end their exchange when people have answered on both sides, and nothing is dropped', async () => {
    await using two = await startTwo(rewrite)
    await report(two)
    await two.quiet()
    await acknowledge(two.quillmark)
    await two.quiet()
    await acknowledge(two.lantern)
    await two.quiet()
    expect([(await cases(two.quillmark)).length, (await cases(two.lantern)).length]).toEqual([1, 1])
    expect(await messages(two.quillmark)).toEqual(['by a program', 'by a person'])
    expect(await messages(two.lantern)).toEqual([])
    expect(two.sink.mails).toHaveLength(4)
  })
})
