import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRelay } from '@embargo/mail-bridge'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/program/log.ts'
import { listener, startIn } from '../fixtures/in-process.ts'

const bytes = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode([...lines, ''].join('\r\n'))

describe('an automatic mail to the running program', () => {
  it('opens no case and is reported where the team looks, without any of its words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-aside-'))
    const output = listener()
    const logged = listener()
    try {
      await using program = await startIn(folder, {
        log: createLog({ write: logged.hear }),
        say: output.hear,
      })
      await using relay = createRelay({
        host: '127.0.0.1',
        tls: 'plain',
        port: program.smtpPort ?? 0,
        timeoutMs: 10_000,
        name: 'localhost',
      })
      await relay.send({
        raw: bytes(
          'From: Rea <rea@reporter.example>',
          'Subject: plumbago away',
          'Auto-Submitted: auto-replied',
          '',
          'plumbago',
        ),
        envelopeFrom: 'rea@reporter.example',
        envelopeTo: 'security@quillmark.example',
        messageId: '<1@reporter.example>',
      })
      await output.heard('1 mail opened no case. Look at it: ')
      expect((await program.engine.queries.cases({ limit: 10, offset: 0 })).rows).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    for (const line of [...output.all(), ...logged.all()]) expect(line).not.toMatch(/plumbago|rea@reporter/u)
  }, 60_000)
})
