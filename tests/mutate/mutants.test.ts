import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { mutantsOf } from './mutants.ts'
import { probed, REACHED } from './probes.ts'

const SOURCE = `import { refuse } from './gate.ts'
const LIMIT = 3 // an “é” before, so that bytes and letters differ
export const rule = (n: number, on: boolean) => {
  if (n >= LIMIT && !on) return refuse('too-many', n > 5 ? 'many' : 'more')
  return [n + 1].some((one) => one === 2)
}
`

describe('the mutants of a rule', () => {
  it('are one change each, of comparisons, conditions, numbers, lists and methods', () => {
    expect(mutantsOf('rule.ts', SOURCE).map(({ line, change }) => `${line}: ${change}`)).toEqual([
      '2: 3 → (3 + 1)',
      '4: n >= LIMIT && !on → !(n >= LIMIT && !on)',
      '4: && → ||',
      '4: >= → >',
      '4: !on → on',
      '5: some → every',
      '5: [n + 1] → []',
      '5: + → -',
      '5: 1 → (1 + 1)',
      '5: === → !==',
      '5: 2 → (2 + 1)',
    ])
  })

  it('leave alone what is said to people, and say which of several alike they are', () => {
    const changes = mutantsOf('rule.ts', SOURCE).map(({ change }) => change)
    expect(changes.join()).not.toContain('many')
    expect(mutantsOf('rule.ts', 'const sum = 1 + 1\n').map(({ change }) => change)).toEqual([
      '+ → -',
      '1 → (1 + 1)',
      '1 → (1 + 1) (2)',
    ])
  })

  it('are the whole source with the one place changed, and know the function that they are in', () => {
    const [limit, turned] = mutantsOf('rule.ts', SOURCE)
    expect(limit?.text).toBe(SOURCE.replace('LIMIT = 3', 'LIMIT = (3 + 1)'))
    expect(limit?.within).toBeUndefined()
    expect(turned?.code).toBe("if (n >= LIMIT && !on) return refuse('too-many', n > 5 ? 'many' : 'more')")
    expect(turned?.within).toBe(Buffer.from(SOURCE).indexOf('{\n  if'))
  })

  it('of a table of moves are the moves that it no longer has', () => {
    const table = "export const MOVES = { none: { propose: 'proposed' } }\n"
    expect(mutantsOf('embargo/transitions.ts', table).map(({ change }) => change)).toEqual([
      'none → lost',
      'propose → lost',
    ])
  })
})

describe('a source with probes', () => {
  it('does what it did, and says which functions were entered', () => {
    const source = 'const half = (n) => n / 2; const all = (list) => { return list.map((one) => ({ one })) }'
    const [half, all] = runInThisContext(`(() => { ${probed('sums.ts', source)}; return [half, all] })()`) as [
      (n: number) => number,
      (list: number[]) => unknown,
    ]
    const reached = (): unknown => Reflect.get(globalThis, REACHED)
    Reflect.set(globalThis, REACHED, undefined)
    expect(half(8)).toBe(4)
    expect(reached()).toEqual(new Set([`sums.ts:${source.indexOf('n / 2')}`]))
    expect(all([])).toEqual([])
    expect(all([1])).toEqual([{ one: 1 }])
    expect(reached()).toEqual(
      new Set(['n / 2', '{ return', '({ one })'].map((body) => `sums.ts:${source.indexOf(body)}`)),
    )
  })
})
