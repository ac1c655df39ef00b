import { describe, expect, it } from 'vitest'
import type { StreamId } from '@embargo/core'
import type { Suite } from './suite.ts'
import { acknowledged, commitOf, newCase } from './samples.ts'

export function tamperingContract(suite: Suite): void {
  const written = async (): Promise<StreamId> => {
    const stream = newCase()
    await suite
      .store()
      .events.commit(commitOf(stream, { events: [acknowledged('one'), acknowledged('two'), acknowledged('three')] }))
    return stream
  }
  const vandal = async (sql: string): Promise<void> => {
    await using raw = await suite.raw()
    await raw.execute(sql)
  }
  /** Flips the last bit of a column of bytes. */
  const flipped = (column: string): string =>
    suite.place().dialect === 'postgresql'
      ? `set_bit("${column}", 8 * length("${column}") - 8, 1 - get_bit("${column}", 8 * length("${column}") - 8))`
      : `CAST(substr("${column}", 1, length("${column}") - 1) || (CASE WHEN substr("${column}", -1) = x'00' THEN x'01' ELSE x'00' END) AS BLOB)`

  describe('hash chain', () => {
    it('verifies an untouched log and names its head', async () => {
      const stream = await written()
      const verdict = await suite.store().events.verify(stream)
      expect(verdict).toMatchObject({ ok: true, events: 3 })
      expect(verdict.ok && verdict.head).toMatch(/^[0-9a-f]{64}$/)
    })

    it.each([
      [
        'a flipped bit in the sealed payload',
        (stream: string) =>
          `UPDATE "Event" SET "sealed" = ${flipped('sealed')} WHERE "stream" = '${stream}' AND "version" = 2`,
        2,
      ],
      [
        'a flipped bit in a hash',
        (stream: string) =>
          `UPDATE "Event" SET "hash" = ${flipped('hash')} WHERE "stream" = '${stream}' AND "version" = 2`,
        2,
      ],
      [
        'another time',
        (stream: string) => `UPDATE "Event" SET "at" = "at" + 1 WHERE "stream" = '${stream}' AND "version" = 1`,
        1,
      ],
      ['a missing event', (stream: string) => `DELETE FROM "Event" WHERE "stream" = '${stream}' AND "version" = 2`, 2],
      ['a log cut short', (stream: string) => `DELETE FROM "Event" WHERE "stream" = '${stream}' AND "version" = 3`, 3],
      [
        'a head put back',
        (stream: string) =>
          `UPDATE "Stream" SET "version" = 2, "head" = (SELECT "hash" FROM "Event" WHERE "stream" = '${stream}' AND "version" = 2) WHERE "stream" = '${stream}'`,
        2,
      ],
      ['a missing head', (stream: string) => `DELETE FROM "Stream" WHERE "stream" = '${stream}'`, 3],
    ])('notices %s', async (_, sql, version) => {
      const stream = await written()
      await vandal(sql(stream))
      expect(await suite.store().events.verify(stream)).toMatchObject({ ok: false, version })
    })

    it('does not open an altered event, nor one copied over another', async () => {
      const stream = await written()
      await vandal(
        `UPDATE "Event" SET "sealed" = (SELECT "sealed" FROM "Event" WHERE "stream" = '${stream}' AND "version" = 1) WHERE "stream" = '${stream}' AND "version" = 2`,
      )
      await expect(suite.store().events.read(stream)).rejects.toMatchObject({ name: 'StoreError', code: 'damaged' })
    })
  })
}
