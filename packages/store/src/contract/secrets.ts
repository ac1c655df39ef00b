import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { commitOf, mailTo, newCase, reported, rowOf, yes } from './samples.ts'
import { arriving } from './spool.ts'

/** The columns that are not encrypted, so a thief of the database can read them. */
const PLAIN =
  /^(stream|version|schema|at|id|name|bytes|value|seq|lane|capability|kind|state|attempts|begun|doubt|worker|leaseUntil|notBefore|open|stage|urgency|nextDue|severity|owner|openedAt|dueAt|people|keyMarks|projection|platform|channel|receivedAt|claimedBy|claimedUntil|checkAt|reporter)$/
const TABLES = [
  'Stream',
  'Event',
  'Command',
  'Counter',
  'Effect',
  'CaseRow',
  'Channel',
  'Mail',
  'MailBytes',
  'Blob',
  'StreamKey',
  'ReporterKey',
  'Setting',
]

export function secretsContract(suite: Suite): void {
  describe('sealing', () => {
    it('leaves no planted word in any column, and stores unsealed only what belongs in plain columns', async () => {
      const { events, spool, blobs, outbox } = suite.store()
      const stream = newCase()
      const word = 'xylophone-overflow'
      const stored = await spool.store(
        arriving({
          raw: new TextEncoder().encode(`Subject: ${word}\r\n\r\n${word}`),
          envelopeFrom: `${word}@reporter.example`,
          envelopeTo: [`${word}@project.example`],
          delivery: word,
        }),
      )
      if (stored.is === 'full') throw new Error('unreachable')
      await blobs.put(stream, new TextEncoder().encode(word))
      await events.commit(
        commitOf(stream, {
          answer: yes(stream, word),
          events: [
            reported(stream, `${stream}/p`, { name: word, address: `${word}@reporter.example` }),
            { type: 'CaseAcknowledged', note: word },
          ],
          effects: [mailTo(stream, 'secret')],
          rows: [rowOf(stream, { summary: { title: word } })],
          mail: { message: stored.id, stream, reporter: `${stream}/p` },
        }),
      )
      const [claimed] = (
        await outbox.claim({
          capabilities: ['mail'],
          worker: 'secret',
          nowMs: Number.MAX_SAFE_INTEGER - 1,
          leaseMs: 1,
          limit: 1_000,
        })
      ).filter(({ effect }) => effect.stream === stream)
      await outbox.keepRendered(claimed?.effect.id ?? ('' as never), 'secret', new TextEncoder().encode(word))
      await outbox.done(claimed?.effect.id ?? ('' as never), 'secret', word)

      await using raw = await suite.raw()
      let rows = 0
      for (const table of TABLES) {
        const names = await raw.columns(table)
        for (const row of await raw.rows(`SELECT * FROM "${table}"`)) {
          rows++
          for (const [index, value] of row.entries()) {
            const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
            expect(bytes.includes(word), `${table}.${names[index]}`).toBe(false)
            if (!(value instanceof Uint8Array) && value !== null) expect(names[index], table).toMatch(PLAIN)
          }
        }
      }
      expect(rows).toBeGreaterThan(TABLES.length)
    })

    it('gives each blob an id that does not reveal its content; the same bytes in a case always have the same id', async () => {
      const { blobs } = suite.store()
      const [one, two] = [newCase(), newCase()]
      const bytes = new TextEncoder().encode('--- a/parser.c\n+++ b/parser.c\n')
      const put = await blobs.put(one, bytes)
      expect(await blobs.put(one, bytes)).toEqual(put)
      const other = await blobs.put(two, bytes)
      expect(other.blob).not.toBe(put.blob)
      expect(put.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(put.blob).not.toContain(put.sha256.slice(0, 16))
      expect(Buffer.from((await blobs.get(put.blob)) ?? [])).toEqual(Buffer.from(bytes))
      expect(await blobs.get(`${one}/none` as never)).toBeUndefined()
    })

    it('computes MACs that depend on purpose and text', () => {
      const { keys } = suite.store()
      const mac = keys.mac('address-token', 'a')
      expect(mac).toHaveLength(32)
      expect(keys.mac('address-token', 'a')).toEqual(mac)
      expect(keys.mac('message-id', 'a')).not.toEqual(mac)
      expect(keys.mac('address-token', 'b')).not.toEqual(mac)
    })
  })
}
