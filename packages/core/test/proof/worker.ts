import { parentPort, workerData } from 'node:worker_threads'
import { prove } from './prove.ts'
import type { Task } from './prove.ts'

const task: Task = workerData
parentPort?.postMessage(prove(task))
