import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { nameOf, prove } from './prove.ts'
import type { Progress, Task } from './prove.ts'

const EVERY_MS = 30_000
const STDERR = 2

const task: Task = workerData
const began = performance.now()
let told = began

/** An exploration never comes back to the event loop before it ends, so this is written at once. */
const progress: Progress = (places, waiting) => {
  const now = performance.now()
  if (now - told < EVERY_MS) return
  told = now
  const seconds = Math.round((now - began) / 1000)
  writeSync(STDERR, `${nameOf(task)}: ${places} places so far, ${waiting} to ask, after ${seconds} s\n`)
}

parentPort?.postMessage(prove(task, progress))
