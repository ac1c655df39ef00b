import { expect, it } from 'vitest'
import { missingRanges } from './affected-ranges.ts'

const of = (name: string, range?: string) => ({
  branch: 'main',
  package: { ecosystem: 'npm', name },
  isFixed: false,
  ...(range === undefined ? {} : { range }),
})

const missing = (...affected: Parameters<typeof missingRanges>[0]['affected']) =>
  missingRanges({ affected }).flatMap(({ isKnown, name, ...fact }) =>
    isKnown ? [] : [[name, 'package' in fact ? fact.package : undefined]],
  )

it('a missing range is named once for all packages of a branch, and else with its package', () => {
  expect(missing(of('quillmark'))).toEqual([['a range of versions for main, npm/quillmark', undefined]])
  expect(missing(of('quillmark'), of('inkwell'))).toEqual([['a range of versions for main', undefined]])
  expect(missing(of('quillmark', '< 4.3'), of('inkwell'))).toEqual([
    ['a range of versions for main, npm/inkwell', 'npm/inkwell'],
  ])
  expect(missing(of('quillmark', '< 4.3'), of('inkwell', '< 1.9'))).toEqual([])
})
