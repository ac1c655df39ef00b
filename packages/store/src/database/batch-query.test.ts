import { describe, expect, it } from 'vitest'
import { batchQuery } from './batch-query.ts'

/** Queries that wait until the test answers them. */
function held() {
  const batches: { readonly asked: readonly number[]; readonly answer: () => void; readonly fail: () => void }[] = []
  const ask = batchQuery(
    (asked: readonly number[]) =>
      new Promise<readonly string[]>((resolve, reject) =>
        batches.push({
          asked,
          answer: () => resolve(asked.map((each) => `answer ${each}`)),
          fail: () => reject(new Error('no connection')),
        }),
      ),
  )
  return { ask, batches }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a batch query', () => {
  it('sends a single call at once', async () => {
    const { ask, batches } = held()
    const answer = ask(1)
    await turn()
    batches[0]?.answer()
    expect(await answer).toBe('answer 1')
    expect(batches).toHaveLength(1)
  })

  it('combines the calls that come while a query runs, each with its own answer', async () => {
    const { ask, batches } = held()
    const first = ask(1)
    await turn()
    const later = [ask(2), ask(3), ask(4)]
    await turn()
    expect(batches).toHaveLength(1)
    batches[0]?.answer()
    await first
    await turn()
    expect(batches.map(({ asked }) => asked)).toEqual([[1], [2, 3, 4]])
    batches[1]?.answer()
    expect(await Promise.all(later)).toEqual(['answer 2', 'answer 3', 'answer 4'])
  })

  it('fails only the calls of the query that failed', async () => {
    const { ask, batches } = held()
    const first = ask(1).catch((error: unknown) => String(error))
    await turn()
    const second = ask(2)
    batches[0]?.fail()
    expect(await first).toBe('Error: no connection')
    await turn()
    batches[1]?.answer()
    expect(await second).toBe('answer 2')
  })

  it('sends several queries if too many calls wait', async () => {
    const { ask, batches } = held()
    const all = Promise.all(Array.from({ length: 120 }, (_, n) => ask(n)))
    for (let round = 0; round < 3; round += 1) {
      await turn()
      batches[round]?.answer()
    }
    expect(await all).toHaveLength(120)
    expect(batches.map(({ asked }) => asked.length)).toEqual([50, 50, 20])
  })

  it('fails if an answer is missing', async () => {
    const ask = batchQuery(() => Promise.resolve(['one']))
    await expect(Promise.all([ask(1), ask(2)])).rejects.toThrow('2 asked, 1 answered')
  })
})
