import type { Visit } from './step.ts'

type Queue = { readonly visits: Visit[]; next: number }

/**
 * The states still to be explored, in groups. Every second state comes from the newest group, so that some cases get
 * far soon; the others come from each group in turn. Within a group the oldest comes first.
 */
export class Frontier {
  readonly #groups = new Map<string, Queue>()
  #turn: Iterator<Queue> = [].values()
  #taken = 0
  size = 0

  add(group: string, visit: Visit): void {
    const queue = this.#groups.get(group) ?? { visits: [], next: 0 }
    this.#groups.set(group, queue)
    queue.visits.push(visit)
    this.size += 1
  }

  next(): Visit | undefined {
    if (this.size === 0) return undefined
    this.size -= 1
    this.#taken += 1
    return this.#taken % 2 === 0 ? this.#ofNewest() : this.#inTurn()
  }

  #ofNewest(): Visit | undefined {
    const newest = [...this.#groups.values()].findLast(({ visits, next }) => next < visits.length)
    return newest === undefined ? undefined : take(newest)
  }

  #inTurn(): Visit | undefined {
    for (;;) {
      const { value: queue, done } = this.#turn.next()
      if (done === true) this.#turn = this.#groups.values()
      else {
        const visit = take(queue)
        if (visit !== undefined) return visit
      }
    }
  }
}

/** Drops taken states now and then: an explored state must not be kept in memory. */
function take(queue: Queue): Visit | undefined {
  const visit = queue.visits[queue.next]
  if (visit === undefined) return undefined
  queue.next += 1
  if (queue.next > 1024) {
    queue.visits.splice(0, queue.next)
    queue.next = 0
  }
  return visit
}
