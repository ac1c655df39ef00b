import { parentPort, workerData } from 'node:worker_threads'
import type { Instant, Policy } from '@embargo/core'
import { exploreProject } from '@embargo/policy-check'
import type { ReporterKind } from '@embargo/policy-check'

/** One exploration of a policy, as the command hands it to a thread. */
export type ExplorationTask = {
  readonly policy: Policy
  readonly project: string
  readonly reporter: ReporterKind
  readonly start: Instant
}

const { policy, project, reporter, start }: ExplorationTask = workerData

parentPort?.postMessage(exploreProject(policy, project, reporter, start))
