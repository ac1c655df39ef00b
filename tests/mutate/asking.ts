import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** Which test files to run, in this order, after these sources were changed. */
export type Question = { readonly changed: readonly string[]; readonly tests: readonly string[] }

/** What the program says: the last three end a run. */
export type Answer =
  | { readonly is: 'ready' }
  | { readonly is: 'ended'; readonly file: string; readonly at: number }
  | { readonly is: 'passed' }
  | { readonly is: 'failed'; readonly file: string }
  /** No test failed, and yet they did not all pass: what runs them died, of too much memory for one. */
  | { readonly is: 'broke-off' }

/** What came of a run of tests. */
export type Ran =
  | { readonly is: 'passed'; readonly took: ReadonlyMap<string, number> }
  /** In the file that failed first; in none where the tests came to no end. */
  | { readonly is: 'failed'; readonly file: string | undefined }

/** A test file that takes so long, and so many times what it takes otherwise, never ends. */
const PATIENCE_MS = 20_000
const PATIENCE = 10
/** Where it is not known yet how long a file takes. */
const FIRST_MS = 300_000

export type Tester = AsyncDisposable & { ask(question: Question): Promise<Ran> }

export type TesterOptions = { readonly folder: string; readonly setup?: string }

/** Asks a program that runs tests, and begins it anew when it had to be stopped. */
export function tester({ folder, setup }: TesterOptions): Tester {
  const usual = new Map<string, number>()
  let running: ChildProcess | undefined

  async function begun(): Promise<ChildProcess> {
    if (running?.connected) return running
    const args = ['--folder', folder, ...(setup === undefined ? [] : ['--setup', setup])]
    const child = fork(join(import.meta.dirname, 'tester.ts'), args, {
      cwd: folder,
      // What it starts is stopped with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve())
      child.once('exit', () => reject(new Error('The program that runs tests did not begin.')))
    })
    return (running = child)
  }

  async function stop(): Promise<void> {
    const child = running
    running = undefined
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL')
    await gone
  }

  return {
    async ask(question) {
      // Asked twice before it counts: a machine that is too busy is not a test that fails.
      for (let tries = 0; ; tries++) {
        const ran = await run(await begun(), question, usual)
        const cameToNoEnd = ran === 'never-ended' || ran === 'broke-off'
        if (cameToNoEnd) await stop()
        if (cameToNoEnd && tries > 0) return { is: 'failed', file: undefined }
        if (cameToNoEnd) continue
        if (ran.is === 'passed') for (const [file, took] of ran.took) usual.set(file, usual.get(file) ?? took)
        return ran
      }
    },
    [Symbol.asyncDispose]: stop,
  }
}

type Came = Ran | 'never-ended' | 'broke-off'

function run(child: ChildProcess, question: Question, usual: ReadonlyMap<string, number>): Promise<Came> {
  const took = new Map<string, number>()
  return new Promise((resolve) => {
    let since = Date.now()
    let timer: NodeJS.Timeout | undefined
    const end = (came: Came): void => {
      clearTimeout(timer)
      child.off('message', hear)
      child.off('exit', gone)
      resolve(came)
    }
    const gone = (): void => end('broke-off')
    const wait = (): void => {
      const next = question.tests.find((file) => !took.has(file))
      const known = next === undefined ? undefined : usual.get(next)
      clearTimeout(timer)
      timer = setTimeout(() => end('never-ended'), known === undefined ? FIRST_MS : PATIENCE_MS + PATIENCE * known)
    }
    const hear = (answer: Answer): void => {
      if (answer.is === 'passed') return end({ is: 'passed', took })
      if (answer.is === 'failed') return end({ is: 'failed', file: answer.file })
      if (answer.is === 'broke-off') return end('broke-off')
      if (answer.is !== 'ended') return
      took.set(answer.file, answer.at - since)
      since = answer.at
      wait()
    }
    child.on('message', hear)
    child.once('exit', gone)
    wait()
    child.send(question)
  })
}
