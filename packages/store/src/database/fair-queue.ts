import type { Turn } from './db.ts'

/** A queue that takes one job of each kind in turn, so a burst of one kind cannot hold up the other kinds. */
export class FairQueue<Job> {
  readonly #waiting = new Map<Turn, Job[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  add(turn: Turn, job: Job): void {
    const jobs = this.#waiting.get(turn)
    if (jobs) jobs.push(job)
    if (!jobs) this.#waiting.set(turn, [job])
    this.#size++
  }

  /** Takes up to `limit` jobs: the kinds in turn, and the jobs of one kind in the order in which they came. */
  take(limit: number): Job[] {
    const taken: Job[] = []
    while (taken.length < limit && this.#size > 0) {
      for (const [turn, jobs] of [...this.#waiting]) {
        if (taken.length >= limit) break
        // Moves this kind of work (`turn`) to the end of the map, so the next call of `take` begins with another kind.
        this.#waiting.delete(turn)
        const job = jobs.shift()
        if (job !== undefined) {
          taken.push(job)
          this.#size--
        }
        if (jobs.length > 0) this.#waiting.set(turn, jobs)
      }
    }
    return taken
  }
}
