import { describe, expect, it } from 'vitest'
import { Sha256, type ReleaseId, type ReporterId, type StreamId } from '@embargo/core'
import { arriving } from './spool.ts'
import type { Suite } from './suite.ts'
import { acknowledged, commandId, commitOf, DIGEST, newCase, post, reported, rowOf, yes } from './samples.ts'

export function eventStoreContract(suite: Suite): void {
  describe('event store', () => {
    it('returns what was committed, in order, from any version', async () => {
      const { events } = suite.store()
      const stream = newCase()
      expect(await events.version(stream)).toBe(0)
      expect(await events.read(stream)).toEqual([])
      const commit = commitOf(stream, { events: [acknowledged('one'), acknowledged('two')] })
      expect(await events.commit(commit)).toEqual({ is: 'committed' })
      expect(await events.commit(commitOf(stream, { expectedVersion: 2, events: [acknowledged('three')] }))).toEqual({
        is: 'committed',
      })
      expect(await events.version(stream)).toBe(3)
      const all = await events.read(stream)
      expect(all.slice(0, 2)).toEqual(commit.appends[0]?.events)
      expect(all.map(({ version }) => version)).toEqual([1, 2, 3])
      expect((await events.read(stream, 2)).map(({ event }) => event)).toEqual([acknowledged('three')])
    })

    it('gives a repeated command its first answer, and changes nothing', async () => {
      const { events, outbox } = suite.store()
      const stream = newCase()
      const first = commitOf(stream, { events: [acknowledged('a')], answer: yes(stream, 'the first answer') })
      await events.commit(first)
      const again = commitOf(stream, {
        commandId: first.commandId,
        digest: Sha256.parse('e'.repeat(64)),
        expectedVersion: 1,
        events: [acknowledged('b')],
        effects: [post(stream, 'never')],
        answer: yes(stream, 'another'),
      })
      expect(await events.commit(again)).toEqual({ is: 'known', answer: first.answer, digest: DIGEST })
      expect(await events.version(stream)).toBe(1)
      expect(await outbox.ofStream(stream)).toEqual([])
      expect(await events.handled(first.commandId)).toEqual({ answer: first.answer, digest: DIGEST })
      expect(await events.handled(commandId('never seen'))).toBeUndefined()
    })

    it('stores a refusal, although it appends nothing', async () => {
      const { events } = suite.store()
      const answer = {
        ok: false,
        refusal: { gate: 'role', because: 'You are not on the team.', facts: { role: 'observer' }, liftedBy: [] },
      } as const
      const commit = commitOf(newCase(), { answer })
      expect(await events.commit(commit)).toEqual({ is: 'committed' })
      expect(await events.handled(commit.commandId)).toEqual({ answer, digest: DIGEST })
    })

    it('commits only one of two commits on the same version, and rolls the other back completely', async () => {
      const { events, outbox, readModels } = suite.store()
      const stream = newCase()
      await events.commit(commitOf(stream, { events: [acknowledged('start')] }))
      const names = ['a', 'b', 'c', 'd']
      const results = await Promise.all(
        names.map((name) =>
          events.commit(
            commitOf(stream, {
              expectedVersion: 1,
              events: [acknowledged(name)],
              effects: [post(stream, name)],
              rows: [rowOf(stream, { stage: name })],
            }),
          ),
        ),
      )
      const winners = names.filter((_, index) => results[index]?.is === 'committed')
      expect(winners).toHaveLength(1)
      expect(results.filter(({ is }) => is === 'conflict')).toEqual(Array(3).fill({ is: 'conflict', stream }))
      expect(await events.version(stream)).toBe(2)
      expect((await outbox.ofStream(stream)).map(({ effect }) => effect.id)).toEqual([`${stream}/${winners[0]}`])
      expect((await readModels.row(stream))?.stage).toBe(winners[0])
    })

    it('gives a mark that only one case may have to one of two cases, and rolls the other commit back', async () => {
      const { events, outbox, readModels } = suite.store()
      const [one, two] = [newCase(), newCase()]
      const mark = `mark of ${one}`
      for (const stream of [one, two]) await events.commit(commitOf(stream, { events: [acknowledged('start')] }))
      const marking = (stream: StreamId, expectedVersion = 1) =>
        events.commit(
          commitOf(stream, {
            expectedVersion,
            events: [acknowledged('marked')],
            effects: [post(stream, `marked ${expectedVersion}`)],
            rows: [rowOf(stream, { keyMarks: [mark], version: expectedVersion + 1 })],
            soleMark: { mark, of: stream },
          }),
        )
      const results = await Promise.all([marking(one), marking(two)])
      expect(results.map(({ is }) => is).sort()).toEqual(['committed', 'mark-taken'])
      const [winner, other] = results[0].is === 'committed' ? [one, two] : [two, one]
      expect(await events.version(other)).toBe(1)
      expect(await outbox.ofStream(other)).toEqual([])
      expect(await readModels.byKeyMarks([mark], 10)).toEqual([winner])
      expect(await marking(winner, 2)).toEqual({ is: 'committed' })
    })

    it('lets only one of two commits open a stream', async () => {
      const { events } = suite.store()
      const stream = newCase()
      const results = await Promise.all(
        ['a', 'b'].map((name) => events.commit(commitOf(stream, { events: [acknowledged(name)] }))),
      )
      expect(results.map(({ is }) => is).sort()).toEqual(['committed', 'conflict'])
    })

    it('handles only one of two simultaneous deliveries of a command', async () => {
      const { events } = suite.store()
      const stream = newCase()
      const commit = commitOf(stream, { events: [acknowledged('once')] })
      const results = await Promise.all([events.commit(commit), events.commit(commit)])
      expect(results.map(({ is }) => is).sort()).toEqual(['committed', 'known'])
    })

    it('appends to a case and its release together or not at all', async () => {
      const { events } = suite.store()
      const stream = newCase()
      const release = `REL-${stream}-1` as ReleaseId
      const both = (version: number) => {
        const onCase = commitOf(stream, { expectedVersion: version, events: [acknowledged('both')] })
        const onRelease = commitOf(release, { events: [{ type: 'ReleasePlanned', implicit: true }] })
        return { ...onCase, appends: [...onCase.appends, ...onRelease.appends] }
      }
      expect(await events.commit(both(3))).toEqual({ is: 'conflict', stream })
      expect(await events.version(release)).toBe(0)
      expect(await events.commit(both(0))).toEqual({ is: 'committed' })
      expect(await events.version(release)).toBe(1)
      expect(await events.commit(both(1))).toEqual({ is: 'conflict', stream: release })
      expect(await events.version(stream)).toBe(1)
    })

    it('serves twenty writers at once', async () => {
      const { events } = suite.store()
      const streams = Array.from({ length: 20 }, newCase)
      const results = await Promise.all(
        streams.map((stream) =>
          events.commit(
            commitOf(stream, { events: [acknowledged('x')], effects: [post(stream, 'x')], rows: [rowOf(stream)] }),
          ),
        ),
      )
      expect(results).toEqual(Array(20).fill({ is: 'committed' }))
      for (const stream of streams) expect(await events.verify(stream)).toMatchObject({ ok: true, events: 1 })
    })

    it('gives each number once, from 1, for each prefix and year', async () => {
      const { events } = suite.store()
      const numbers = await Promise.all(Array.from({ length: 10 }, () => events.nextNumber('NUM', 2026)))
      expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(await events.nextNumber('NUM', 2027)).toBe(1)
    })

    it.each(['Stream', 'StreamKey', 'Event', 'Effect', 'CaseRow', 'Mail'])(
      'never draws a number again that only the table %s still has, whatever the counter says',
      async (table) => {
        const { events, spool } = suite.store()
        const prefix = `N${table}`.toUpperCase()
        const numbered = (number: number) => `${prefix}-2026-${String(number).padStart(4, '0')}` as StreamId
        for (let count = 0; count < 3; count += 1) {
          const stream = numbered(await events.nextNumber(prefix, 2026))
          const stored = await spool.store(arriving())
          if (stored.is === 'full') throw new Error('unreachable')
          await events.commit(
            commitOf(stream, {
              events: [acknowledged('x')],
              effects: [post(stream, '1')],
              rows: [rowOf(stream)],
              mail: { message: stored.id, stream },
            }),
          )
        }
        await using raw = await suite.raw()
        await raw.execute(`UPDATE "Counter" SET "value" = 0 WHERE "name" = 'number/${prefix}/2026'`)
        for (const other of ['Stream', 'StreamKey', 'Event', 'Effect', 'CaseRow', 'Mail'])
          if (other !== table) await raw.execute(`DELETE FROM "${other}" WHERE "stream" LIKE '${prefix}-%'`)
        expect(await events.nextNumber(prefix, 2026)).toBe(4)
        expect(await events.nextNumber(prefix, 2026)).toBe(5)
      },
    )

    it('lists every stream once', async () => {
      const { events } = suite.store()
      const stream = newCase()
      await events.commit(commitOf(stream, { events: [acknowledged('listed')] }))
      const seen: string[] = []
      for await (const each of events.streams()) seen.push(each)
      expect(seen).toContain(stream)
      expect(new Set(seen).size).toBe(seen.length)
    })

    it('refuses events that do not follow on the expected version', async () => {
      const stream = newCase()
      const commit = commitOf(stream, { expectedVersion: 4, events: [acknowledged('gap')] })
      const wrong = { ...commit, appends: commit.appends.map((append) => ({ ...append, expectedVersion: 0 })) }
      await expect(suite.store().events.commit(wrong)).rejects.toThrow(RangeError)
    })

    it('erases a reporter: the identity is null, in new events too, and the chain still verifies', async () => {
      const { events, keys } = suite.store()
      const stream = newCase()
      const reporter = `${stream}/reporter` as ReporterId
      const identity = { name: 'Ada Example', address: 'ada@reporter.example' }
      await events.commit(commitOf(stream, { events: [reported(stream, reporter, identity), acknowledged('after')] }))
      expect((await events.read(stream))[0]?.event).toMatchObject({
        identity: { $personal: reporter, value: identity },
      })
      await keys.eraseReporter(reporter)
      expect((await events.read(stream))[0]?.event).toMatchObject({ identity: { $personal: reporter, value: null } })
      await events.commit(commitOf(stream, { expectedVersion: 2, events: [reported(stream, reporter, identity)] }))
      expect((await events.read(stream, 2))[0]?.event).toMatchObject({ identity: { value: null } })
      expect(await events.verify(stream)).toMatchObject({ ok: true, events: 3 })
    })
  })
}
