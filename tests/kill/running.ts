import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CommandAnswer, Ask, FromChild, FromParent, Ports, Snapshot, Settings, StreamVerdict } from './messages.ts'

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))

/** How many lines of the program's log are stored for the report of a failed round. */
const LINES_KEPT = 40

/** Thrown if the program was killed before it was ready, or before it answered. The caller must start it again. */
export class DeathError extends Error {
  override readonly name = 'DeathError'
}

/** Thrown if the program ended without being killed. */
export class CrashError extends Error {
  override readonly name = 'CrashError'
}

export type RunningProgram = {
  readonly ports: Ports
  readonly dead: boolean
  /** The last lines of the program's log. */
  readonly lines: readonly string[]
  look(): Promise<Snapshot>
  verify(): Promise<readonly StreamVerdict[]>
  move(to: number): Promise<void>
  command(command: Omit<Extract<Ask, { ask: 'command' }>, 'ask'>): Promise<CommandAnswer>
  /** Kills the program with SIGKILL, and waits for its end. */
  kill(): Promise<void>
}

/**
 * Starts the program.
 * @throws DeathError if it was killed before it was ready, CrashError if it ended without being killed
 */
export async function start(settings: Settings): Promise<RunningProgram> {
  const child = fork(CHILD, [JSON.stringify(settings)], {
    execArgv: ['--conditions=@embargo/source'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''))
    lines.splice(0, Math.max(0, lines.length - LINES_KEPT))
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const ready = Promise.withResolvers<Ports>()
  const ended = Promise.withResolvers<void>()
  let dead: Error | undefined
  let calls = 0

  child.on('message', (message: FromChild) => {
    if (message.is === 'ready') return ready.resolve(message.ports)
    const waits = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.is === 'answer') waits?.resolve(message.value)
    else waits?.reject(new Error(message.message))
  })
  child.once('exit', (code, signal) => {
    dead =
      signal === 'SIGKILL'
        ? new DeathError()
        : new CrashError(`The program ended without being killed (${code ?? signal}):\n${lines.join('\n')}`)
    ready.reject(dead)
    for (const each of waiting.values()) each.reject(dead)
    ended.resolve()
  })
  // For a kill of the kind `moment`, `afterMs` counts from the start of the process, whatever the process is doing.
  const waits = settings.kills.find((kill) => kill.is === 'moment')
  const moment = waits && setTimeout(() => child.kill('SIGKILL'), waits.afterMs)
  void ended.promise.then(() => clearTimeout(moment))

  async function ask(question: Ask): Promise<unknown> {
    if (dead !== undefined) throw dead
    calls += 1
    const id = calls
    const waits = Promise.withResolvers<unknown>()
    waiting.set(id, waits)
    child.send({ id, question } satisfies FromParent, () => undefined)
    return waits.promise
  }

  const ports = await ready.promise
  return {
    ports,
    lines,
    get dead() {
      return dead !== undefined
    },
    look: async () => (await ask({ ask: 'look' })) as Snapshot,
    verify: async () => (await ask({ ask: 'verify' })) as readonly StreamVerdict[],
    move: async (to) => void (await ask({ ask: 'move', to })),
    command: async (command) => (await ask({ ask: 'command', ...command })) as CommandAnswer,
    async kill() {
      child.kill('SIGKILL')
      await ended.promise
    },
  }
}
