import { parentPort, workerData } from 'node:worker_threads'
import { explorePolicy } from '@embargo/core'
import type { Instant, Policy, ReporterKind } from '@embargo/core'

/** One exploration of a policy, as the command hands it to a thread. */
export type Exploration = {
  readonly policy: Policy
  readonly project: string
  readonly reporter: ReporterKind
  readonly start: Instant
}

const { policy, project, reporter, start }: Exploration = workerData

parentPort?.postMessage(explorePolicy(policy, project, reporter, start))
