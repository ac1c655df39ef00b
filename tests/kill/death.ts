import { writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Settings } from './messages.ts'
import type { Kill } from './points.ts'

export type Death = {
  /** Must be called when the program passes a named place. Kills the program if it is planned to die there. */
  passed(hook: string): void
  /** Like `passed`, for places where the program can wait. */
  reached(hook: string): Promise<void>
}

/**
 * Before a process kills itself, it writes into this file which of the planned kills this is: its index in `kills` of
 * the settings.
 */
export const deathFile = (folder: string): string => join(folder, 'died-at')

/**
 * Kills this process when it reaches a place in the code for the n-th time. As in a power cut, nothing is flushed and
 * nothing is closed.
 */
export function deathAt(settings: Pick<Settings, 'kills' | 'folder' | 'answered'>): Death {
  const { kills, folder } = settings
  const answered = countFrom(settings.answered)
  const passages = new Map<Kill, number>()

  function isDue(kill: Kill): boolean {
    const passage = (passages.get(kill) ?? 0) + 1
    passages.set(kill, passage)
    return kill.is !== 'moment' && passage >= kill.nth
  }
  function die(kill: Kill): void {
    writeFileSync(deathFile(folder), String(kills.indexOf(kill)))
    process.kill(process.pid, 'SIGKILL')
  }
  function passed(hook: string): void {
    for (const kill of kills) if (kill.is === 'point' && kill.hook === hook && isDue(kill)) die(kill)
  }
  return {
    passed,
    async reached(hook) {
      passed(hook)
      if (hook === 'mail-answered-250') answered.add()
      if (hook !== 'mail-placed-before-case') return
      for (const kill of kills) {
        if (kill.is !== 'answered-not-placed' || !isDue(kill)) continue
        await answered.reaches(kill.nth)
        die(kill)
      }
    },
  }
}

function countFrom(start: number): { add(): void; reaches(count: number): Promise<void> } {
  let count = start
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

/**
 * Calls `passed` between the LMTP replies for the recipients of one mail. The listener writes each reply separately,
 * but does not pause between the replies. So this function watches the writes to the port's connections.
 */
export function watchReplies(port: () => number, passed: Death['passed']): void {
  const { write } = Socket.prototype
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    const done = Boolean(Reflect.apply(write, this, args))
    if (this.localPort === port() && String(args[0]).startsWith('250 2.6.0 Stored')) passed('lmtp-first-reply')
    return done
  }
}
