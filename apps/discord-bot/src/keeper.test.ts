import { BlobId, Sha256 } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { keeper } from './keeper.ts'

const store = () => {
  const blobs = new Map<string, string>()
  return {
    blobs,
    commands: {
      putBlob: async (stream: string, bytes: Uint8Array) => {
        const blob = BlobId.parse(`${stream}/${blobs.size}`)
        blobs.set(blob, Buffer.from(bytes).toString())
        return { blob, sha256: Sha256.parse('0'.repeat(64)) }
      },
    },
    queries: { blobText: async (blob: string) => blobs.get(blob) },
  }
}
const action = (input: Readonly<Record<string, string>>) => ({ label: 'Go', verb: 'disclose', input })

describe('a value that is too long for a button', () => {
  it('is stored with its case, and can be read after a restart', async () => {
    const engine = store()
    const long = { case: 'SEC-2026-0042', reason: 'x'.repeat(200) }
    const keyFor = await keeper(engine).forCard([action(long), action({ case: 'SEC-2026-0042' })])
    const text = `disclose?case=SEC-2026-0042&reason=${'x'.repeat(200)}`
    expect([...engine.blobs.values()]).toEqual([text])
    expect(await keeper(engine).read(keyFor(text) ?? '')).toBe(text)
  })

  it('is kept only in memory if it belongs to no case', async () => {
    const engine = store()
    const kept = keeper(engine)
    const keyFor = await kept.forCard([action({ reason: 'x'.repeat(200) })])
    const key = keyFor(`disclose?reason=${'x'.repeat(200)}`) ?? ''
    expect(engine.blobs.size).toBe(0)
    expect(await kept.read(key)).toContain('disclose?')
    expect(await keeper(engine).read(key)).toBeUndefined()
  })

  it('is forgotten when memory is full: the oldest value first', async () => {
    const kept = keeper(store())
    const [first, ...others] = Array.from({ length: 2001 }, (_, index) => kept.remember(String(index)))
    expect(await kept.read(first ?? '')).toBeUndefined()
    expect(await kept.read(others.at(-1) ?? '')).toBe('2000')
  })

  it('is forgotten earlier if the values are long', async () => {
    const kept = keeper(store())
    const long = (index: number) => String(index).padEnd(1_000_000, 'x')
    const [first, second] = Array.from({ length: 5 }, (_, index) => kept.remember(long(index)))
    expect(await kept.read(first ?? '')).toBeUndefined()
    expect(await kept.read(second ?? '')).toBe(long(1))
    kept.remember(long(1))
    expect(await kept.read(second ?? '')).toBe(long(1))
  })
})
