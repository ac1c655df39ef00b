#!/usr/bin/env node
// In a clone the sources run as they are, under the Node of the workspace; a published package has only what was built.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Megabytes. The program uses some 45 however long it runs, but V8 measures out a heap by the machine: with much memory
 * it lets 200 more of garbage lie about. Half of the first costs time, for what is still in use is then copied more
 * often; the second is what Node takes on a machine with 2 GiB. `npm run bench -- start` measures the memory.
 */
const HEAP = ['--max-semi-space-size=32', '--max-old-space-size=1024']

/**
 * Bytes. From this size on, glibc returns a freed block to the system. Without this setting it raises the limit with each
 * freed block, so that after a flood of mails of 20 MB the program keeps some 150 MB for nothing. Node reads from a socket
 * into blocks of 64 KiB, so with a higher limit it keeps as much. Other C libraries ignore it.
 */
const ENV = { MALLOC_MMAP_THRESHOLD_: String(64 * 1024), ...process.env }

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const built = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
const node = existsSync(own) ? own : process.execPath
const main = existsSync(source) ? ['--conditions=@embargo/source', source] : [built]
// Flags that somebody gave to Node come last, so they win.
const words = [...HEAP, ...process.execArgv, ...main, ...process.argv.slice(2)]

// npm and npx end with a signal while the shell between them and us takes it to nobody: then we must outlive them.
const underNpm = process.env['npm_lifecycle_event'] !== undefined

// From Node 22.15 on this process becomes the program, so that signals to it reach the program.
if (!underNpm && process.platform !== 'win32') process.execve?.(node, [node, ...words], ENV)

// Elsewhere it hands on each signal that would end it: otherwise the program would keep the port and the database.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']
const PARENT_LOOK_MS = 500

const program = spawn(node, words, { stdio: 'inherit', env: ENV })
for (const signal of SIGNALS) process.on(signal, () => program.kill(signal))
if (underNpm) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && program.kill('SIGTERM'), PARENT_LOOK_MS).unref()
}
program.once('error', (error) => {
  process.stderr.write(`Node could not be started: ${error.message}\n`)
  process.exitCode = 1
})
program.once('exit', (code, signal) => {
  process.exitCode = code ?? 1
  if (signal === null) return
  for (const each of SIGNALS) process.removeAllListeners(each)
  process.kill(process.pid, signal)
})
