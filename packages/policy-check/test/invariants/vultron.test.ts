import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EM_TRANSITIONS, RM_TRANSITIONS } from '@embargo/core'
import { EM, EM_MOVES, isState, mayComeTrue, RM } from './vultron.ts'
import type { Letter } from './vultron.ts'

const published = new URL('../../../../../shared/data/vultron/transitions.json', import.meta.url)
const Moves = z.record(z.string(), z.record(z.string(), z.string()))
const Tables = z.object({
  cs: z.object({ transitions: Moves }),
  rm: z.object({ states: z.record(z.string(), z.string()), transitions: Moves }),
  em: z.object({ states: z.record(z.string(), z.string()), transitions: Moves }),
})

const LETTERS: readonly Letter[] = ['V', 'F', 'D', 'P', 'X', 'A']

const lettersIn = (state: string): ReadonlySet<Letter> => new Set(LETTERS.filter((letter) => state.includes(letter)))

/** A state as Vultron writes it, such as `VFdpxa`: a small letter stands for something that has not happened. */
const named = (letters: ReadonlySet<Letter>): string =>
  LETTERS.map((letter) => (letters.has(letter) ? letter : letter.toLowerCase())).join('')

const allStates = Array.from(
  { length: 2 ** LETTERS.length },
  (_, bits) => new Set(LETTERS.filter((_letter, index) => (bits & (1 << index)) !== 0)),
)

describe('the tables that the exploration holds histories against', () => {
  it('know the thirty-two states of a case', () => {
    expect(allStates.filter(isState)).toHaveLength(32)
  })

  it('let a case come from nothing to everything, and only in order', () => {
    const reached = new Set(['vfdpxa'])
    for (const state of reached) {
      const letters = lettersIn(state)
      for (const letter of LETTERS.filter((one) => mayComeTrue(one, letters)))
        reached.add(named(new Set([...letters, letter])))
    }
    expect(reached.has('VFDPXA')).toBe(true)
    expect(mayComeTrue('F', lettersIn('vfdpxa'))).toBe(false)
    expect(mayComeTrue('A', lettersIn('VfdpXa'))).toBe(false)
  })

  it('are those that the rules move by', () => {
    expect(RM_TRANSITIONS).toEqual(RM)
    expect(EM_TRANSITIONS).toEqual(EM_MOVES)
    for (const [from, moves] of Object.entries(EM_TRANSITIONS))
      expect(new Set(Object.values(moves))).toEqual(new Set(Object.entries(EM).find(([state]) => state === from)?.[1]))
  })

  it('are those of the published protocol', () => {
    if (!existsSync(published)) {
      console.log(`not compared with the published tables: ${published.pathname} is not here`)
      expect(EM.exited).toEqual([])
      return
    }
    const { cs, rm, em } = Tables.parse(JSON.parse(readFileSync(published, 'utf8')))
    for (const [state, moves] of Object.entries(cs.transitions)) {
      const letters = lettersIn(state)
      expect([state, LETTERS.filter((letter) => mayComeTrue(letter, letters))]).toEqual([
        state,
        LETTERS.filter((letter) => letter in moves),
      ])
    }
    expect(Object.keys(cs.transitions).toSorted()).toEqual(allStates.filter(isState).map(named).toSorted())
    const nameOf = (table: typeof rm, short: string): string => table.states[short] ?? short
    for (const [table, ours] of [
      [rm, RM],
      [em, EM],
    ] as const) {
      for (const [from, moves] of Object.entries(table.transitions).filter(([state]) => state !== 'S')) {
        const to = Object.entries(ours).find(([state]) => state === nameOf(table, from))?.[1] ?? []
        expect([from, new Set<string>(to)]).toEqual([
          from,
          new Set(Object.values(moves).map((target) => nameOf(table, target))),
        ])
      }
    }
  })
})
