import { describe, expect, it } from 'vitest'
import type { Capability, Effect } from '@embargo/core'
import type { ClaimRequest, PutBack } from '@embargo/engine'
import type { Suite } from './suite.ts'
import { acknowledged, commitOf, effectId, mailTo, newCase, post } from './samples.ts'

export function outboxContract(suite: Suite): void {
  const LEASE = 30_000
  const claim = (over: Partial<ClaimRequest> = {}) =>
    suite
      .store()
      .outbox.claim({ capabilities: ['slack'], worker: 'w1', nowMs: 1_000, leaseMs: LEASE, limit: 100, ...over })
  const back = (notBeforeMs: number, because: string): PutBack => ({
    notBeforeMs,
    because,
    counts: true,
    inDoubt: false,
  })
  const idsOf = (claimed: readonly { readonly effect: Effect }[]): string[] => claimed.map(({ effect }) => effect.id)
  /** Claims and finishes the rows that other tests left, so each test begins without rows. */
  const drain = async (): Promise<void> => {
    const { outbox } = suite.store()
    const capabilities: readonly Capability[] = ['slack', 'mail', 'terminal']
    for (;;) {
      const claimed = await outbox.claim({
        capabilities,
        worker: 'drain',
        nowMs: Number.MAX_SAFE_INTEGER - 1,
        leaseMs: 1,
        limit: 1_000,
      })
      if (claimed.length === 0) return
      for (const { effect } of claimed) await outbox.done(effect.id, 'drain', 'drained')
    }
  }
  const enqueue = async (...effects: readonly Effect[]) => {
    const stream = effects[0]?.stream ?? newCase()
    const expectedVersion = await suite.store().events.version(stream)
    await suite.store().events.commit(commitOf(stream, { expectedVersion, events: [acknowledged('x')], effects }))
  }

  describe('outbox', () => {
    it('lets a process claim only the first effect of each lane, in order, and only kinds that it can perform', async () => {
      await drain()
      const stream = newCase()
      const other = newCase()
      const [first, second, third] = [post(stream, '1'), post(stream, '2'), post(stream, '3')]
      await enqueue(first, second, third)
      await enqueue(post(other, '1'))
      await enqueue(mailTo(newCase(), 'mail'))
      expect(idsOf(await claim())).toEqual([first.id, `${other}/1`])
      expect(await claim()).toEqual([])
      await suite.store().outbox.done(first.id, 'w1', 'posted')
      expect(idsOf(await claim())).toEqual([second.id])
      expect(await suite.store().outbox.find(first.id)).toMatchObject({
        state: 'done',
        evidence: 'posted',
        attempts: 1,
        effect: first,
      })
    })

    it('keeps the order of the commits within a lane of several streams', async () => {
      await drain()
      const [a, b] = [newCase(), newCase()]
      await enqueue(post(a, '1', { lane: 'shared' }))
      await enqueue(post(b, '1', { lane: 'shared' }))
      expect(idsOf(await claim())).toEqual([`${a}/1`])
    })

    it('gives a row to only one of many workers', async () => {
      await drain()
      const streams = Array.from({ length: 5 }, newCase)
      for (const stream of streams) await enqueue(post(stream, '1'))
      const claims = await Promise.all(Array.from({ length: 6 }, (_, index) => claim({ worker: `w${index}` })))
      expect(claims.flatMap(idsOf).sort()).toEqual(streams.map((stream) => `${stream}/1`).sort())
    })

    it('lets a row of a dead worker be claimed when its lease is over, in doubt only if the attempt had begun', async () => {
      await drain()
      const { outbox } = suite.store()
      const [calm, begun] = [post(newCase(), 'calm'), post(newCase(), 'begun')]
      await enqueue(calm)
      await enqueue(begun)
      expect((await claim()).map(({ attempt, inDoubt }) => [attempt, inDoubt])).toEqual([
        [1, false],
        [1, false],
      ])
      expect(await outbox.begin(begun.id, 'w1', { nowMs: 1_000, leaseMs: LEASE })).toBe(true)
      expect(await claim({ worker: 'w2', nowMs: 1_000 + LEASE - 1 })).toEqual([])
      const later = await claim({ worker: 'w2', nowMs: 1_000 + LEASE })
      expect(later.map(({ effect, attempt, inDoubt }) => [effect.id, attempt, inDoubt])).toEqual([
        [calm.id, 2, false],
        [begun.id, 2, true],
      ])
      for (const effect of [calm.id, begun.id]) {
        expect(await outbox.begin(effect, 'w1', { nowMs: 1_000, leaseMs: LEASE })).toBe(false)
        expect(await outbox.renew(effect, 'w1', 1_000, LEASE)).toBe(false)
        expect(await outbox.keepRendered(effect, 'w1', new Uint8Array([1]))).toBe(false)
        expect(await outbox.putBack(effect, 'w1', back(0, 'late'))).toBe(false)
        expect(await outbox.done(effect, 'w1', 'late')).toBe(false)
      }
      await outbox.putBack(begun.id, 'w2', back(40_000, 'the look-up was refused'))
      expect((await claim({ worker: 'w3', nowMs: 40_000 })).map(({ inDoubt }) => inDoubt)).toEqual([true])
    })

    it('counts an attempt as begun from its claim on, if that is requested for its kind', async () => {
      await drain()
      const [chat, letter] = [post(newCase(), 'chat'), mailTo(newCase(), 'mail')]
      await enqueue(chat)
      await enqueue(letter)
      const both = { capabilities: ['slack', 'mail'], beginning: ['post', 'invite'] } as const
      const claimed = await claim(both)
      expect(claimed.map(({ inDoubt, begunAtMs }) => [inDoubt, begunAtMs])).toEqual([
        [false, 1_000],
        [false, undefined],
      ])
      const later = await claim({ ...both, worker: 'w2', nowMs: 1_000 + LEASE })
      expect(later.map(({ effect, inDoubt }) => [effect.id, inDoubt])).toEqual([
        [chat.id, true],
        [letter.id, false],
      ])
    })

    it('renews a lease', async () => {
      await drain()
      const effect = post(newCase(), '1')
      await enqueue(effect)
      await claim()
      expect(await suite.store().outbox.renew(effect.id, 'w1', 20_000, LEASE)).toBe(true)
      expect(await claim({ worker: 'w2', nowMs: 1_000 + LEASE })).toEqual([])
    })

    it('makes a lane wait until a retry is due, and says when that is', async () => {
      await drain()
      const { outbox } = suite.store()
      const stream = newCase()
      await enqueue(post(stream, '1'), post(stream, '2'))
      expect(await outbox.nextAt(['slack'])).toBe(0)
      expect(await outbox.nextAt(['terminal'])).toBeUndefined()
      await claim()
      expect(await outbox.nextAt(['slack'])).toBe(1_000 + LEASE)
      await outbox.putBack(effectId(`${stream}/1`), 'w1', back(9_000, 'rate limited'))
      expect(await outbox.nextAt(['slack'])).toBe(9_000)
      expect(await claim({ nowMs: 8_999 })).toEqual([])
      expect(idsOf(await claim({ nowMs: 9_000 }))).toEqual([`${stream}/1`])
    })

    it('does not count a try that only waited, and keeps an earlier doubt', async () => {
      await drain()
      const { outbox } = suite.store()
      const effect = post(newCase(), '1')
      await enqueue(effect)
      await claim()
      await outbox.putBack(effect.id, 'w1', { ...back(9_000, 'a person must look'), counts: false })
      expect(await claim({ nowMs: 8_999 })).toEqual([])
      const [again] = await claim({ nowMs: 9_000 })
      expect([again?.attempt, again?.inDoubt]).toEqual([1, false])
      await outbox.begin(effect.id, 'w1', { nowMs: 9_000, leaseMs: LEASE })
      const [doubtful] = await claim({ worker: 'w2', nowMs: 9_000 + LEASE })
      expect([doubtful?.attempt, doubtful?.inDoubt]).toEqual([2, true])
      expect(await outbox.putBack(effect.id, 'w1', { ...back(0, 'late'), counts: false })).toBe(false)
      await outbox.putBack(effect.id, 'w2', { ...back(90_000, 'a person must look'), counts: false })
      const [still] = await claim({ nowMs: 90_000 })
      expect([still?.attempt, still?.inDoubt]).toEqual([2, true])
      expect(await outbox.find(effect.id)).toMatchObject({ state: 'leased', evidence: 'a person must look' })
    })

    it('keeps the doubt of an attempt that is put back in doubt', async () => {
      await drain()
      const { outbox } = suite.store()
      const effect = post(newCase(), '1')
      await enqueue(effect)
      await claim()
      await outbox.begin(effect.id, 'w1', { nowMs: 1_000, leaseMs: LEASE })
      await outbox.putBack(effect.id, 'w1', { ...back(9_000, 'no answer'), counts: false, inDoubt: true })
      const [doubtful] = await claim({ nowMs: 9_000 })
      expect([doubtful?.attempt, doubtful?.inDoubt]).toEqual([1, true])
    })

    it('lets the effect whose last try is longest ago be claimed first, if requested', async () => {
      await drain()
      const { outbox } = suite.store()
      const [first, second, third] = [newCase(), newCase(), newCase()].map((each) => post(each, '1'))
      if (first === undefined || second === undefined || third === undefined) throw new Error('three effects')
      for (const each of [first, second]) await enqueue(each)
      await claim()
      await outbox.putBack(first.id, 'w1', back(9_000, 'away'))
      await outbox.putBack(second.id, 'w1', back(8_000, 'away'))
      await enqueue(third)
      const next = () => claim({ nowMs: 9_000, limit: 1, untriedFirst: true })
      expect(idsOf([...(await next()), ...(await next()), ...(await next())])).toEqual([third.id, second.id, first.id])
    })

    it('limits the claims of each capability, so that a busy platform does not delay letters', async () => {
      await drain()
      const cases = Array.from({ length: 3 }, newCase)
      for (const each of cases) await enqueue(post(each, '1'))
      const letter = newCase()
      await enqueue(mailTo(letter, 'mail'))
      const [first, second, third] = cases.map((each) => `${each}/1`)
      const both = { capabilities: ['slack', 'mail'], limit: 2 } as const
      expect(idsOf(await claim(both))).toEqual([first, second, `${letter}/mail`])
      expect(idsOf(await claim(both))).toEqual([third])
    })

    it('leaves excluded effects at the head of their lanes, and says when the next effect of another lane is due', async () => {
      await drain()
      const { outbox } = suite.store()
      const [held, free] = [newCase(), newCase()]
      const opening = { ...post(held, '1'), kind: 'open-channel' } as Effect
      await enqueue(opening, post(held, '2'))
      const except = [
        { capability: 'slack', kind: 'open-channel' },
        { capability: 'terminal', kind: 'post' },
      ] as const
      expect(await claim({ except })).toEqual([])
      expect(await outbox.nextAt(['slack'], except)).toBeUndefined()
      await enqueue(post(free, '1'))
      expect(await outbox.nextAt(['slack'], except)).toBe(0)
      expect(idsOf(await claim({ except }))).toEqual([`${free}/1`])
      expect(idsOf(await claim())).toEqual([opening.id])
    })

    it.each(['done', 'failed', 'parked'] as const)(
      'finishes a row as %s in the transaction that records the outcome, and lets its lane continue',
      async (as) => {
        await drain()
        const { events, outbox } = suite.store()
        const stream = newCase()
        const [first, second] = [post(stream, '1'), post(stream, '2')]
        await enqueue(first, second)
        await claim()
        await outbox.begin(first.id, 'w1', { nowMs: 1_000, leaseMs: LEASE })
        await events.commit(
          commitOf(stream, {
            expectedVersion: 1,
            events: [acknowledged('went')],
            settles: { effect: first.id, as, evidence: 'the outcome' },
          }),
        )
        expect(await outbox.find(first.id)).toMatchObject({ state: as, evidence: 'the outcome' })
        expect(idsOf(await claim())).toEqual([second.id])
      },
    )

    it.each(['done', 'failed', 'parked'] as const)(
      'does not let a row be claimed that ended as %s but whose state was set to pending, and corrects the state',
      async (as) => {
        await drain()
        const { events, outbox } = suite.store()
        const stream = newCase()
        const [marked, settled] = [post(stream, '1'), post(stream, '2')]
        await enqueue(marked, settled)
        await claim()
        await outbox.done(marked.id, 'w1', 'posted')
        const settles = { effect: settled.id, as, evidence: 'the outcome' }
        await events.commit(commitOf(stream, { expectedVersion: 1, events: [acknowledged('went')], settles }))
        await using raw = await suite.raw()
        await raw.execute(`UPDATE "Effect" SET "state" = 'pending', "attempts" = 0 WHERE "stream" = '${stream}'`)
        expect(await claim()).toEqual([])
        expect(await claim()).toEqual([])
        expect(await outbox.find(marked.id)).toMatchObject({ state: 'done', evidence: 'posted' })
        expect(await outbox.find(settled.id)).toMatchObject({ state: as, evidence: 'the outcome' })
      },
    )

    it('lets a row be claimed, in doubt, if it was tried but its outcome was not recorded', async () => {
      await drain()
      const effect = post(newCase(), '1')
      await enqueue(effect)
      await claim()
      await suite.store().outbox.done(effect.id, 'w1', 'posted')
      await using raw = await suite.raw()
      await raw.execute(`UPDATE "Effect" SET "state" = 'pending', "evidence" = NULL WHERE "id" = '${effect.id}'`)
      expect((await claim()).map(({ inDoubt }) => inDoubt)).toEqual([true])
    })

    it('keeps the final bytes of a mail when it is retried, and when it is revived at the end of its lane', async () => {
      await drain()
      const { events, outbox } = suite.store()
      const stream = newCase()
      const bytes = new TextEncoder().encode('Subject: final\r\n\r\nbytes')
      const mail = mailTo(stream, 'm')
      await enqueue(mail, mailTo(stream, 'n'))
      await claim({ capabilities: ['mail'] })
      expect(await outbox.begin(mail.id, 'w1', { nowMs: 1_000, leaseMs: LEASE, rendered: bytes })).toBe(true)
      await outbox.putBack(mail.id, 'w1', back(2_000, 'unreachable'))
      const [again] = await claim({ capabilities: ['mail'], nowMs: 2_000 })
      expect(Buffer.from(again?.rendered ?? [])).toEqual(Buffer.from(bytes))
      const [listed] = await outbox.ofStream(mail.stream)
      expect(listed?.effect).toEqual(mail)
      expect(listed).not.toHaveProperty('rendered')
      const leased = await outbox.ofStream(mail.stream, 'leased')
      expect(leased.map(({ effect }) => effect.id)).toEqual([mail.id])
      await events.commit(
        commitOf(stream, {
          expectedVersion: 1,
          events: [acknowledged('parked')],
          settles: { effect: mail.id, as: 'parked', evidence: 'in doubt' },
        }),
      )
      await events.commit(commitOf(stream, { expectedVersion: 2, events: [acknowledged('again')], revives: [mail.id] }))
      expect(idsOf(await claim({ capabilities: ['mail'], nowMs: 3_000 }))).toEqual([`${stream}/n`])
      await outbox.done(effectId(`${stream}/n`), 'w1', 'sent')
      const [revived] = await claim({ capabilities: ['mail'], nowMs: 3_000 })
      expect(revived).toMatchObject({ effect: mail, attempt: 1, inDoubt: false })
      expect(Buffer.from(revived?.rendered ?? [])).toEqual(Buffer.from(bytes))
    })

    it('tells listeners of commits that bring effects, until they unsubscribe', async () => {
      const { events, outbox } = suite.store()
      let calls = 0
      const off = outbox.onAppend(() => void calls++)
      const stream = newCase()
      await events.commit(commitOf(stream, { events: [acknowledged('quiet')] }))
      await enqueue(post(stream, '1'))
      await events.version(stream)
      expect(calls).toBe(1)
      off()
      await enqueue(post(newCase(), '1'))
      await events.version(stream)
      expect(calls).toBe(1)
    })

    it('refuses to settle or revive an effect that it does not have, and rolls the command back', async () => {
      const { events } = suite.store()
      const stream = newCase()
      const settles = { effect: effectId('nowhere'), as: 'done', evidence: '' } as const
      await expect(events.commit(commitOf(stream, { events: [acknowledged('x')], settles }))).rejects.toMatchObject({
        code: 'unknown-row',
      })
      await expect(
        events.commit(commitOf(stream, { events: [acknowledged('x')], revives: [effectId('nowhere')] })),
      ).rejects.toMatchObject({ code: 'unknown-row' })
      expect(await events.version(stream)).toBe(0)
    })
  })
}
