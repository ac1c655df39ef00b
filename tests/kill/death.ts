import type { Kill } from './points.ts'

export type Death = {
  /** Told of each passage; does not return from the last one. */
  passed(hook: string): void
  /** The same, for places that wait. */
  reached(hook: string): Promise<void>
}

/** Kills this process at the n-th passage of the place, as a power cut would: nothing is flushed, nothing is closed. */
export function deathAt(kill: Kill | undefined): Death {
  const answered = countOf()
  let passages = 0
  function passed(hook: string): void {
    if (kill?.is !== 'point' || kill.hook !== hook) return
    passages += 1
    if (passages === kill.nth) die()
  }
  return {
    passed,
    async reached(hook) {
      passed(hook)
      if (kill?.is !== 'answered-not-placed') return
      if (hook === 'mail-answered-250') answered.add()
      if (hook !== 'mail-placed-before-case') return
      passages += 1
      if (passages < kill.nth) return
      await answered.reaches(kill.nth)
      die()
    },
  }
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

function countOf(): { add(): void; reaches(count: number): Promise<void> } {
  let count = 0
  let wake: (() => void) | undefined
  return {
    add() {
      count += 1
      wake?.()
    },
    async reaches(wanted) {
      while (count < wanted) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}
