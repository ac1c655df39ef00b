import { withRoom } from './state-table.ts'

/** The edges between states. Each state is given by its number. */
export class Graph {
  #from = new Uint32Array(1 << 12)
  #to = new Uint32Array(1 << 12)
  edges = 0

  edge(from: number, to: number): void {
    this.#from = withRoom(this.#from, this.edges + 1)
    this.#to = withRoom(this.#to, this.edges + 1)
    this.#from[this.edges] = from
    this.#to[this.edges] = to
    this.edges += 1
  }

  /** Marks every state from which one of `goals` can be reached. */
  leadsTo(goals: readonly number[], states: number): Uint8Array {
    const starts = new Uint32Array(states + 1)
    for (let edge = 0; edge < this.edges; edge += 1) {
      const to = (this.#to[edge] ?? 0) + 1
      starts[to] = (starts[to] ?? 0) + 1
    }
    for (let at = 1; at <= states; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
    const next = starts.slice()
    const sources = new Uint32Array(this.edges)
    for (let edge = 0; edge < this.edges; edge += 1) {
      const to = this.#to[edge] ?? 0
      const at = next[to] ?? 0
      sources[at] = this.#from[edge] ?? 0
      next[to] = at + 1
    }
    const marked = new Uint8Array(states)
    const queue = [...goals]
    for (const goal of goals) marked[goal] = 1
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (let edge = starts[at] ?? 0; edge < (starts[at + 1] ?? 0); edge += 1) {
        const source = sources[edge] ?? 0
        if (marked[source] === 1) continue
        marked[source] = 1
        queue.push(source)
      }
    }
    return marked
  }
}
