import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { explored, kept, readsTelling } from './kept.ts'
import { nameOf } from './prove.ts'
import type { Proved, Task } from './prove.ts'

const task = (theme: Task['theme']): Task => ({ arena: { profile: 'solo', reporter: 'silent' }, theme })

const PEOPLE = task('people')
const SIGNALS = task('signals')
const WAIVERS = task('waivers')

const proved = (of: Task, more: Partial<Proved> = {}): Proved => ({
  name: nameOf(of),
  bound: 'straight line',
  places: 1234,
  transitions: 5678,
  commands: 91_011,
  twins: 12,
  stages: [],
  findings: [],
  stuck: 0,
  whole: true,
  seconds: 1,
  ...more,
})

describe('what is kept of explorations', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-kept-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('knows again what is whole and clean with the same rules alone', () => {
    const file = join(folder, 'kept.jsonl')
    kept(file, 'then').keep(PEOPLE, proved(PEOPLE))
    kept(file, 'then').keep(SIGNALS, proved(SIGNALS, { findings: [{ what: 'broken', path: [] }] }))
    kept(file, 'now').keep(WAIVERS, proved(WAIVERS, { whole: false }))
    kept(file, 'now').keep(SIGNALS, proved(SIGNALS))
    const now = kept(file, 'now')
    expect([PEOPLE, SIGNALS, WAIVERS].map((one) => now.of(one)?.name)).toEqual([undefined, nameOf(SIGNALS), undefined])
  })
})

describe('the name of the rules that were run', () => {
  const files = explored()

  it('covers commands, gates, folds, clocks and questions', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'src/case/decide.ts',
        'src/policy/gates/frozen.ts',
        'src/policy/clocks/index.ts',
        'src/policy/check/fold.ts',
        'src/release/react.ts',
        'test/proof/facts/fix.ts',
        'test/proof/themes.ts',
      ]),
    )
  })

  // The index of the core names everything, for whoever stands outside of it.
  it.each(files.filter((path) => path !== 'src/index.ts'))('%s runs nothing that the name leaves out', (path) => {
    expect(readsTelling(path)).toEqual([])
  })
})
