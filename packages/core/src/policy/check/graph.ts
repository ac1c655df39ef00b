import { withRoom } from './table.ts'

/** Which place leads to which, and how each was first reached: numbers only. */
export class Graph {
  #from = new Uint32Array(1 << 12)
  #to = new Uint32Array(1 << 12)
  #parent = new Uint32Array(1 << 10)
  #move = new Uint32Array(1 << 10)
  edges = 0

  reached(index: number, parent: number, move: number): void {
    this.#parent = withRoom(this.#parent, index + 1)
    this.#move = withRoom(this.#move, index + 1)
    this.#parent[index] = parent
    this.#move[index] = move
  }

  edge(from: number, to: number): void {
    this.#from = withRoom(this.#from, this.edges + 1)
    this.#to = withRoom(this.#to, this.edges + 1)
    this.#from[this.edges] = from
    this.#to[this.edges] = to
    this.edges += 1
  }

  /** The moves from the start to a place, by their numbers. The first way found is a shortest one. */
  pathTo(index: number): readonly number[] {
    const path: number[] = []
    for (let at = index; at !== 0; at = this.#parent[at] ?? 0) path.push(this.#move[at] ?? 0)
    return path.toReversed()
  }

  /** Marks every place from which some place of `goals` can be reached. */
  leadsTo(goals: readonly number[], places: number): Uint8Array {
    const starts = new Uint32Array(places + 1)
    for (let edge = 0; edge < this.edges; edge += 1) {
      const to = (this.#to[edge] ?? 0) + 1
      starts[to] = (starts[to] ?? 0) + 1
    }
    for (let at = 1; at <= places; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
    const next = starts.slice()
    const sources = new Uint32Array(this.edges)
    for (let edge = 0; edge < this.edges; edge += 1) {
      const to = this.#to[edge] ?? 0
      const at = next[to] ?? 0
      sources[at] = this.#from[edge] ?? 0
      next[to] = at + 1
    }
    const marked = new Uint8Array(places)
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
