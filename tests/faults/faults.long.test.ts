import { describe, expect, it } from 'vitest'
import { playCell } from './cell.ts'
import { EFFECTS } from './effects.ts'
import { CELLS, DAILY, Matrix } from './matrix.ts'
import { isWhole, sumOf, tableOf } from './report.ts'

/** Each test starts a whole program, and the machine may be busy with other tests. */
const TIMEOUT_MS = 120_000

describe('a chat platform that fails', () => {
  const matrix = new Matrix()

  // `npm run faults` plays all cells.
  it.each(DAILY.map((cell) => [`${cell.platform}: ${cell.effect.name}, ${cell.fault.name}`, cell] as const))(
    '%s: nothing is lost or done twice',
    async (_name, cell) => {
      const { lost, doubled, met } = await matrix.play(cell)
      expect({ lost, doubled, met }).toEqual({ lost: [], doubled: [], met: true })
    },
    TIMEOUT_MS,
  )
})

describe('what is kept of the talk', () => {
  const effect = EFFECTS.find(({ name }) => name === 'archive what is kept')
  if (effect === undefined) throw new Error('nothing is kept')

  it.each(['slack', 'discord'] as const)(
    'is compared: on %s people’s own words, when the case is closed and when its channel is archived',
    async (platform) => {
      const { sight } = await playCell(platform, effect)
      expect(
        sight.filter((line) => line.startsWith('kept: ')).map((line) => line.replace(/^kept: [^:]+: /u, '')),
      ).toEqual(['I cannot see it either.', 'I cannot see it either.'])
    },
    TIMEOUT_MS,
  )
})

describe('the table of faults', () => {
  const [cell] = CELLS
  if (cell === undefined) throw new Error('there is nothing to play')

  it('says what was lost or done twice, and which fault never occurred', () => {
    const bad = { cell, lost: ['a'], doubled: ['b', 'c'], met: true }
    expect(tableOf([bad])).toContain('-1 +2')
    expect(sumOf([bad])).toBe('1 plays: 1 lost, 2 doubled.')
    expect(tableOf([{ ...bad, met: false }])).toContain('not met')
    expect([isWhole(bad), isWhole({ cell, lost: [], doubled: [], met: false })]).toEqual([false, false])
    expect(isWhole({ cell, lost: [], doubled: [], met: true })).toBe(true)
  })
})
