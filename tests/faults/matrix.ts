import { playCell } from './cell.ts'
import type { Fault, Played } from './cell.ts'
import { EFFECTS } from './effects.ts'
import type { ChatName, EffectUnderTest } from './effects.ts'
import { CONNECTION_FAULTS, FAULT_NAMES } from './faults.ts'

export const PLATFORMS: readonly ChatName[] = ['slack', 'discord']

/** The typed command is what connections carry. */
const COMMAND: EffectUnderTest = {
  name: 'a command',
  steps: ['mail', 'ack'],
  call: { slack: '', discord: '' },
}

export type Cell = {
  readonly platform: ChatName
  readonly effect: EffectUnderTest
  readonly fault: Fault
}

/** Every fault for every effect on every platform, and what can happen to a connection for a command. */
export const CELLS: readonly Cell[] = PLATFORMS.flatMap((platform) => [
  ...EFFECTS.flatMap((effect) =>
    FAULT_NAMES.map((name): Cell => ({
      platform,
      effect,
      fault: { is: 'request', call: effect.call[platform], name },
    })),
  ),
  ...CONNECTION_FAULTS.map((name): Cell => ({ platform, effect: COMMAND, fault: { is: 'connection', name } })),
])

/** What people lack, and what they see too often, beside a play without a fault. */
export type Outcome = {
  readonly cell: Cell
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly met: boolean
}

/** Plays cells, each beside a play of the same steps that no fault met. */
export class Matrix {
  readonly #without = new Map<string, Promise<Played>>()

  async play(cell: Cell): Promise<Outcome> {
    const { platform, effect, fault } = cell
    const key = `${platform} ${effect.steps.join()}`
    const known = this.#without.get(key) ?? playCell(platform, effect.steps)
    this.#without.set(key, known)
    const wanted = await known
    const got = await playCell(platform, effect.steps, fault).catch((error: unknown): Played => {
      return { sight: [`it ended with: ${error instanceof Error ? error.message : String(error)}`], met: true }
    })
    return { cell, lost: missing(wanted.sight, got.sight), doubled: missing(got.sight, wanted.sight), met: got.met }
  }
}

/** The lines of one that the other has not, each as often as it is missing. */
function missing(one: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other]
  return one.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
