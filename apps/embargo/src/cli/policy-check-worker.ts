import { parentPort, workerData } from 'node:worker_threads'
import type { Policy } from '@embargo/core'
import { exploreProject } from '@embargo/policy-check'
import type { ExplorationTask, ProjectExploration } from '@embargo/policy-check'

/** The input of the thread, and the messages that it sends: its progress, and at the end its result. */
export type WorkerInput = { readonly policy: Policy; readonly task: ExplorationTask }
export type WorkerMessage =
  | { readonly is: 'progress'; readonly explored: number; readonly waiting: number }
  | { readonly is: 'done'; readonly exploration: ProjectExploration }

const STATES_BETWEEN_MESSAGES = 50

const { policy, task }: WorkerInput = workerData
const send = (message: WorkerMessage): void => parentPort?.postMessage(message)

const exploration = exploreProject(policy, task, (explored, waiting) => {
  if (explored % STATES_BETWEEN_MESSAGES === 0) send({ is: 'progress', explored, waiting })
})
send({ is: 'done', exploration })
