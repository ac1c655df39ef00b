import { playCell } from './cell.ts'
import type { Fault, CellResult } from './cell.ts'
import { EFFECTS } from './effects.ts'
import type { ChatName, EffectUnderTest } from './effects.ts'
import type { ConnectionFault } from './faults.ts'
import { CONNECTION_FAULTS, CONNECTION_FAULTS_WHILE, FAULT_NAMES } from './faults.ts'

export const PLATFORMS: readonly ChatName[] = ['slack', 'discord']

/** What a person does in chat. These actions reach the bot on a connection. */
const COMMAND: EffectUnderTest = { name: 'a command', steps: ['mail', 'ack'], call: {} }
const BUTTON: EffectUnderTest = { name: 'a button', steps: ['mail', 'press'], call: {} }
const FORM: EffectUnderTest = { name: 'a form', steps: ['mail', 'valid', 'write', 'send in'], call: {} }
/**
 * The same actions over HTTP, where only a delivery can fail. If Slack gets no acknowledgement, it shows the person an
 * error or delivers again.
 */
const OVER_HTTP: readonly EffectUnderTest[] = [
  { ...COMMAND, name: 'a command over HTTP', overHttp: true },
  { ...BUTTON, name: 'a button over HTTP', overHttp: true },
  { ...FORM, name: 'a form over HTTP', overHttp: true },
]
const TOLD: readonly ConnectionFault[] = ['delivered twice', 'acknowledgement lost']

const CARRIED: Readonly<Record<ChatName, readonly EffectUnderTest[]>> = {
  slack: [COMMAND, BUTTON, FORM],
  discord: [COMMAND, BUTTON, FORM],
}

export type Cell = {
  readonly platform: ChatName
  readonly effect: EffectUnderTest
  readonly fault: Fault
}

/**
 * On every platform, every effect is combined with every fault. Every action of a person is combined with every fault
 * of the connection on which the action reaches the bot. An action over HTTP is combined with the faults of a delivery.
 */
export const CELLS: readonly Cell[] = PLATFORMS.flatMap((platform) => [
  ...EFFECTS.flatMap((effect) => cellsOf(platform, effect)),
  ...CARRIED[platform].flatMap((effect) =>
    CONNECTION_FAULTS[platform].map((name): Cell => ({ platform, effect, fault: { is: 'connection', name } })),
  ),
  ...(platform === 'slack' ? OVER_HTTP : []).flatMap((effect) =>
    TOLD.map((name): Cell => ({ platform, effect, fault: { is: 'connection', name } })),
  ),
])

/**
 * The cells of an effect: one for each fault of its call, and one for each fault that the connection for events can
 * have during the call. Empty if the platform has no such call.
 */
function cellsOf(platform: ChatName, effect: EffectUnderTest): readonly Cell[] {
  const call = effect.call[platform]
  if (call === undefined) return []
  return [
    ...FAULT_NAMES[platform].map((name): Cell => ({ platform, effect, fault: { is: 'request', call, name } })),
    ...CONNECTION_FAULTS_WHILE[platform].map((name): Cell => ({ platform, effect, fault: { is: 'connection', name } })),
  ]
}

/**
 * The daily selection: the worst fault for every effect, every fault for one effect, a start during an outage, faults
 * of the connection, and repeated deliveries of a form.
 */
export const DAILY: readonly Cell[] = CELLS.filter(
  ({ effect, fault }) =>
    (Object.keys(effect.call).length === 0 && !effect.steps.includes('send in')) ||
    (effect.steps.includes('send in') && TOLD.some((name) => name === fault.name)) ||
    fault.name === 'answer lost' ||
    effect.name === 'post a message' ||
    (effect.steps.includes('start') && fault.name === 'server outage'),
)

/** The lines that people do not see, or see too often, compared with a play without a fault. */
export type Outcome = {
  readonly cell: Cell
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly met: boolean
}

/** Plays several cells at the same time, because each cell mostly waits. Calls `onOutcome` when a cell ends. */
export async function playAll(
  cells: readonly Cell[],
  onOutcome: (outcome: Outcome) => void = () => {},
): Promise<readonly Outcome[]> {
  const matrix = new Matrix()
  const outcomes: Outcome[] = []
  const left = cells.entries()
  const one = async (): Promise<void> => {
    for (const [at, cell] of left) {
      const outcome = await matrix.play(cell)
      outcomes[at] = outcome
      onOutcome(outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return outcomes
}

const AT_ONCE = 3

/** Plays cells, and for each cell the same steps without a fault. */
export class Matrix {
  readonly #without = new Map<string, Promise<CellResult>>()

  async play(cell: Cell): Promise<Outcome> {
    const { platform, effect, fault } = cell
    const key = `${platform} ${effect.steps.join()} ${effect.keepsTranscript ?? false} ${effect.overHttp ?? false}`
    const known = this.#without.get(key) ?? playCell(platform, effect)
    this.#without.set(key, known)
    const wanted = await known
    const got = await playCell(platform, effect, fault).catch((error: unknown): CellResult => {
      return { sight: [`it ended with: ${error instanceof Error ? error.message : String(error)}`], met: true }
    })
    return { cell, lost: missing(wanted.sight, got.sight), doubled: missing(got.sight, wanted.sight), met: got.met }
  }
}

/** The lines in the first list that the second lacks, each as often as it is missing. */
function missing(one: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other]
  return one.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
