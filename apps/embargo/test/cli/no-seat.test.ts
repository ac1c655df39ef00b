import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { policyHash } from '@embargo/config'
import { CaseId, CommandId, Policy, PROFILES } from '@embargo/core'
import { sendMail } from '@embargo/emulator-smtp'
import { expect, it } from 'vitest'
import { operate } from '../../src/control/operations.ts'
import type { Program } from '../../src/program/program.ts'
import { configOf, listener, startIn } from '../fixtures/in-process.ts'

type IncomingMail = { readonly id: string; readonly name: string; readonly stream?: string }
type OutgoingMail = { readonly effect: string; readonly name: string; readonly case: string }
type Mails = { readonly came: readonly IncomingMail[]; readonly went: readonly OutgoingMail[] }
type AuditExport = { events: readonly { stream: string }[]; withheld: number }

/** A program with two reports: one from a stranger, and one from Ana, who types the commands. `roles`: Ana's roles. */
async function withTwoReports(
  roles: readonly string[],
  look: (ask: Ask, program: Program) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-seat-'))
  const output = listener()
  const policy = Policy.parse({
    ...PROFILES.team,
    projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
    people: [
      { id: 'ana', name: 'Ana Example', roles, osUser: userInfo().username, mail: 'ana@quillmark.example' },
      { id: 'ben', name: 'Ben Example', roles: ['admin', 'team'], osUser: 'somebody-else' },
      { id: 'cleo', name: 'Cleo Example', roles: ['admin', 'team'], osUser: 'another' },
    ],
    platforms: ['terminal'],
  })
  try {
    await using program = await startIn(folder, {
      config: { ...configOf(folder), policy: { policy, hash: policyHash(policy) } },
      say: output.hear,
    })
    for (const [at, address] of ['rae@reporter.example', 'ana@quillmark.example'].entries()) {
      await sendMail(program.smtpPort ?? 0, {
        from: { name: 'R', address },
        to: 'security@quillmark.example',
        subject: `kumquat ${at}`,
        text: 'kumquat',
        attachments: [{ filename: '../poc.sh', content: '#!/bin/sh\nid\n' }],
        messageId: `<${at}@reporter.example>`,
      })
      await output.heard(`-000${at + 1}`)
    }
    await look((operation, input = {}) => operate(program, { operation, input }), program)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Ask = (operation: string, input?: Readonly<Record<string, unknown>>) => Promise<unknown>

const year = new Date().getUTCFullYear()
const [theirs, own] = [`SEC-${year}-0001`, `SEC-${year}-0002`]

it('a team member who reported a case reads neither its mails nor its log, but those of all other cases', async () => {
  await withTwoReports(['admin', 'team'], async (ask) => {
    const { came, went } = (await ask('mail-list')) as Mails
    expect(came.map(({ stream }) => stream)).toEqual([theirs])
    expect(new Set(went.map((one) => one.case))).toEqual(new Set([theirs]))
    expect(await ask('mail-show', { id: came[0]?.id ?? '' })).toMatchObject({
      raw: expect.stringContaining('kumquat 0'),
    })
    expect(await ask('mail-files', { id: came[0]?.name ?? '' })).toMatchObject({
      files: [
        { name: 'poc.sh', kind: 'script', bytes: 13, content: Buffer.from('#!/bin/sh\nid\n').toString('base64') },
      ],
    })
    expect(came).toMatchObject([{ from: 'R <rae@reporter.example>', subject: 'kumquat 0' }])
    // Without the date, because a mail that has not left is composed again each time, with the current date.
    const shown = async (id?: string) => JSON.stringify(await ask('mail-show', { id })).replace(/Date: [^\\]*/u, '')
    for (const [id, name] of [
      [came[0]?.id, came[0]?.name],
      [went[0]?.effect, went[0]?.name],
    ])
      expect(await shown(name)).toBe(await shown(id))
    const { events, withheld } = (await ask('export')) as AuditExport
    expect(withheld).toBe(1)
    expect(events.map(({ stream }) => stream)).not.toContain(own)
    await expect(ask('export', { stream: own })).rejects.toThrow(/^There is no SEC-\d+-0002 that you may read/u)
    await expect(ask('mail-list', { case: own })).rejects.toThrow('/people invite')
  })
}, 60_000)

it('a person without a seat cannot read a received or sent mail by its id either', async () => {
  await withTwoReports(['observer'], async (ask, { store, engine }) => {
    const came = await store.spool.list({ limit: 10 })
    const went = (await engine.queries.effects(CaseId.parse(theirs))).filter(
      ({ effect }) => effect.kind === 'send-mail',
    )
    const ids = [...came.map(({ id }) => id), ...went.map(({ effect }) => effect.id)]
    expect(ids.length).toBeGreaterThan(2)
    for (const operation of ['mail-show', 'mail-files'])
      for (const id of ids) await expect(ask(operation, { id })).rejects.toThrow('There is no such mail here.')
    expect(await ask('mail-list')).toMatchObject({ came: [], went: [] })
    expect(await ask('export')).toMatchObject({ events: [], withheld: 2 })
  })
}, 60_000)

it('a person is told only what waits for a decision in their own cases', async () => {
  await withTwoReports(['admin', 'team'], async (ask, { engine }) => {
    const parked = async (number: string): Promise<void> => {
      const stream = CaseId.parse(number)
      const mail = (await engine.queries.effects(stream)).find(({ effect }) => effect.kind === 'send-mail')
      if (mail === undefined) throw new Error('nothing is mailed')
      await engine.deps.handle({
        commandId: CommandId.parse(`park ${number}`),
        actor: { kind: 'system', part: 'dispatcher' },
        at: engine.now(),
        request: {
          verb: 'record-outcome',
          stream,
          effect: mail.effect.id,
          outcome: { is: 'parked', doubt: false, because: 'the connection broke' },
        },
      })
    }
    const waiting = await ask('waiting')
    expect(waiting).toEqual({ said: expect.stringContaining(theirs) })
    expect(waiting).toEqual({ said: expect.not.stringContaining(own) })
    await parked(own)
    expect(await ask('waiting')).toEqual(waiting)
    await parked(theirs)
    expect(await ask('waiting')).toEqual({
      said: expect.stringContaining('Something failed or is in doubt in 1 case. To see it: embargo settle'),
    })
  })
}, 60_000)
