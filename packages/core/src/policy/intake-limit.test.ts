import { describe, expect, it } from 'vitest'
import { tooManyNewCases } from './intake-limit.ts'
import type { Opening } from './intake-limit.ts'

const intake = { lists: 'open', newCases: 5 } as const
const from = (sender: string, project = 'quillmark'): Opening => ({ project, sender })

describe('one more new case', () => {
  it.each<[string, readonly Opening[], Opening, string | undefined]>([
    ['is the first', [], from('a'), undefined],
    ['is within every limit', [from('a'), from('b')], from('a'), undefined],
    ['is the third of one sender', [from('a'), from('a', 'inkwell')], from('a'), 'perSender'],
    ['is the fourth of one project', [from('a'), from('b'), from('c')], from('d'), 'perProject'],
    ['goes to another project', [from('a'), from('b'), from('c')], from('d', 'inkwell'), undefined],
    ['is the fifth of all', [from('a'), from('b'), from('c', 'x'), from('d', 'y')], from('e', 'z'), undefined],
    [
      'is the sixth of all',
      [from('a'), from('b'), from('c', 'x'), from('d', 'y'), from('e', 'z')],
      from('f', 'z'),
      'perHour',
    ],
  ])('%s', (_name, recent, next, expected) => {
    expect(tooManyNewCases(intake, recent, next)).toBe(expected)
  })
})
