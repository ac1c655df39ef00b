import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { REACHED } from './probes.ts'

/** Writes, beside the copy, which functions a test file entered. */
afterAll(() => {
  const { testPath } = expect.getState()
  const reached: unknown = Reflect.get(globalThis, REACHED)
  const folder = join(process.cwd(), 'reached')
  mkdirSync(folder, { recursive: true })
  const file = `${Buffer.from(testPath ?? '').toString('base64url')}.json`
  writeFileSync(join(folder, file), JSON.stringify({ testPath, reached: reached instanceof Set ? [...reached] : [] }))
})
