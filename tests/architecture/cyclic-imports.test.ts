import { expect, it } from 'vitest'
import { cyclicImports } from './cyclic-imports.ts'

const found = (imports: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  cyclicImports(
    Object.entries(imports).map(([source, to]) => ({ source, dependencies: to.map((resolved) => ({ resolved })) })),
  ).map(({ from, to }) => `${from} ${to}`)

it('names the imports of a cycle, and not those that lead into it or out of it', () => {
  expect(found({ entry: ['a'], a: ['b'], b: ['c'], c: ['a', 'leaf'], leaf: [] })).toEqual(['a b', 'b c', 'c a'])
})

it('names a file that imports itself', () => {
  expect(found({ a: ['a', 'b'], b: [] })).toEqual(['a a'])
})

it('names nothing if two files import the same third one', () => {
  expect(found({ top: ['left', 'right'], left: ['base'], right: ['base'], base: [] })).toEqual([])
})
