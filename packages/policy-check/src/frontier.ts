import type { Visit } from './step.ts'

type Queue = { readonly visits: Visit[]; next: number; taken: number }

/**
 * The states that are still to be explored, in groups. The next state comes from the group in which the fewest states
 * were explored; within this group, it is the oldest. If several groups have equally few explored states, the newest
 * group is chosen, so some cases reach late stages early in the exploration.
 */
export class Frontier {
  readonly #groups = new Map<string, Queue>()
  size = 0

  add(group: string, visit: Visit): void {
    const queue = this.#groups.get(group) ?? { visits: [], next: 0, taken: 0 }
    this.#groups.set(group, queue)
    queue.visits.push(visit)
    this.size += 1
  }

  next(): Visit | undefined {
    let least: Queue | undefined
    for (const queue of this.#groups.values()) {
      if (queue.next === queue.visits.length) continue
      if (least === undefined || queue.taken <= least.taken) least = queue
    }
    if (least === undefined) return undefined
    this.size -= 1
    return take(least)
  }
}

/** Takes the next state. From time to time, it drops the taken states from the queue, so they do not stay in memory. */
function take(queue: Queue): Visit | undefined {
  const visit = queue.visits[queue.next]
  if (visit === undefined) return undefined
  queue.next += 1
  queue.taken += 1
  if (queue.next > 1024) {
    queue.visits.splice(0, queue.next)
    queue.next = 0
  }
  return visit
}
