import { describe, expect, it } from 'vitest'
import { CUSTOM_ID_MAX } from '../limits.ts'
import type { CarriedCommand } from './custom-id.ts'
import { customIdOf, hashKey, readCarried, readCustomId, tooLong } from './custom-id.ts'

const carried = (input: Readonly<Record<string, string>>, more: Partial<CarriedCommand> = {}): CarriedCommand => ({
  verb: 'triage',
  input,
  ...more,
})

describe('the input of a button', () => {
  it.each<readonly [string, CarriedCommand]>([
    ['nothing', carried({})],
    ['values', carried({ case: 'SEC-2026-0042', disposition: 'spam' })],
    ['a form', carried({ case: 'SEC-2026-0042' }, { form: true })],
    ['a question', carried({ a: 'b' }, { confirm: 'Sure? 100% & more=1' })],
    ['signs of its own', carried({ 'a&b=c%': '1&2=3%26' })],
    ['many lines', carried({ reason: 'one\ntwo' })],
  ])('%s is read back as it was written', (_what, given) => {
    const id = customIdOf('button', given, { index: 3, keyFor: hashKey })
    expect(id === undefined ? undefined : readCustomId(id)).toEqual({ kind: 'button', index: 3, carried: given })
  })

  it('is in the custom id if it fits, and is otherwise replaced by a key', () => {
    const frame = 'b7=triage?a='.length
    const fits = carried({ a: 'x'.repeat(CUSTOM_ID_MAX - frame) })
    const long = carried({ a: 'x'.repeat(CUSTOM_ID_MAX - frame + 1) })
    expect(customIdOf('button', fits, { index: 7, keyFor: () => undefined })).toHaveLength(CUSTOM_ID_MAX)
    expect(customIdOf('button', long, { index: 7, keyFor: () => undefined })).toBeUndefined()
    const id = customIdOf('button', long, { index: 7, keyFor: hashKey })
    expect(id).toMatch(/^b7#[0-9a-f]{32}$/)
    expect(readCustomId(id ?? '')).toEqual({ kind: 'button', index: 7, key: id?.slice(3) })
    expect(readCarried(tooLong('button', long) ?? '')).toEqual(long)
  })

  it('is stored if it would be too long at any position of the button', () => {
    const edge = carried({ a: 'x'.repeat(CUSTOM_ID_MAX - 'b99=triage?a='.length) })
    expect(tooLong('button', edge)).toBeUndefined()
    expect(tooLong('button', carried({ a: `${edge.input['a']}x` }))).toBeDefined()
  })

  it.each(['', 'other', 'b=1', 'b0=', 'b0=Triage?', 'b0=triage', 'x0#abc', 'b0#'])('is nothing of ours in %j', (id) => {
    expect(readCustomId(id)).toBeUndefined()
  })
})
