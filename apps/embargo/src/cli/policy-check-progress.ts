import type { ExplorationTask } from '@embargo/policy-check'
import type { Output } from './output.ts'

type Progress = { readonly explored: number; readonly waiting: number }

const SECOND = 1000
const MINUTE = 60 * SECOND

/** One line that shows how far the explorations are, if stderr is a terminal. */
export class ProgressLine {
  readonly #progress = new Map<ExplorationTask, Progress>()
  readonly #tasks: readonly ExplorationTask[]
  readonly #show: Output['progress']
  readonly #now: () => number
  readonly #began: number

  constructor(tasks: readonly ExplorationTask[], show: Output['progress'], now: () => number = Date.now) {
    this.#tasks = tasks
    this.#show = show
    this.#now = now
    this.#began = now()
  }

  update(task: ExplorationTask, progress: Progress): void {
    this.#progress.set(task, progress)
    const all = [...this.#progress.values()]
    const explored = all.reduce((sum, one) => sum + one.explored, 0)
    const most = this.#tasks.reduce((sum, { atMost = Infinity }) => sum + atMost, 0)
    if (most < Infinity) return this.#show?.(`Exploring how cases can go: ${explored} of ${most} states`)
    const waiting = all.reduce((sum, one) => sum + one.waiting, 0)
    const remaining = this.#tasks.length - this.#progress.size
    this.#show?.(`Exploring how cases can go: ${explored} states, ${this.#estimate(explored, waiting, remaining)}`)
  }

  clear(): void {
    this.#show?.('')
  }

  /**
   * A rough lower bound of the remaining time, because more states may still be found. An exploration that has not
   * begun is assumed to be as long as the average of the others.
   */
  #estimate(explored: number, waiting: number, remaining: number): string {
    const each = (this.#now() - this.#began) / Math.max(1, explored)
    const perTask = (explored + waiting) / this.#progress.size
    const minutes = Math.ceil((each * (waiting + remaining * perTask)) / MINUTE)
    return `at least ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to go`
  }
}
