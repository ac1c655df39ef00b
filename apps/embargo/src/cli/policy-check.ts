import { safeJson } from '@embargo/chat'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { DAY, HOUR, instant, oneOf } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { staticFindings, explorationFindings, distinctProjects, REPORTERS } from '@embargo/policy-check'
import type { ProjectExploration } from '@embargo/policy-check'
import type { CliContext } from './context.ts'
import type { ExplorationTask } from './policy-check-worker.ts'

/** `embargo policy check`: what is wrong with the policy, before a case finds it. Exit code 1 when something is. */
export async function check({ output, config }: CliContext, json: boolean): Promise<number> {
  const { policy } = config().policy
  const start = mondayAfter(Date.now())
  const nameOf = new Map<string, string>(policy.projects.map(({ id, name }) => [id, name]))
  const explored = await inTurn(
    [...distinctProjects(policy)].flatMap(([project, alike]) =>
      REPORTERS.map((reporter) => async () => {
        const names = oneOf(alike.map((id) => nameOf.get(id) ?? id))
        if (!json) output.err(`ExploreOptions every place that a case of ${names} can come to, ${WITH[reporter]} …`)
        return { alike, ...(await exploredApart({ policy, project, reporter, start })) }
      }),
    ),
  )
  const findings = [
    ...staticFindings(policy, start),
    ...policy.projects.flatMap(({ id }) =>
      explorationFindings(
        policy,
        id,
        explored.filter(({ alike }) => alike.includes(id)),
      ),
    ),
  ]
  const states = sumOf(explored, ({ states: seen }) => seen)
  const transitions = sumOf(explored, ({ transitions: seen }) => seen)
  if (json) {
    output.out(safeJson({ is: 'policy-check', states, transitions, findings }))
    return findings.length === 0 ? 0 : 1
  }
  for (const { rule, what, why, instead, path = [] } of findings) {
    output.out(`${rule}: ${what}`)
    output.out(`  Why: ${why}`)
    output.out(`  Do: ${instead}`)
    for (const [index, step] of path.entries()) output.out(`  ${String(index + 1).padStart(3)}. ${step}`)
  }
  const sum =
    findings.length === 0
      ? 'Nothing is wrong'
      : `${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong`
  output.out(`${sum}: ${states} states and ${transitions} ways between them were looked at.`)
  return findings.length === 0 ? 0 : 1
}

/** 1 January 1970 was a Thursday. */
const FIRST_MONDAY_MORNING = 4 * DAY + 9 * HOUR
const WEEK = 7 * DAY

/**
 * The next Monday at 09:00 UTC. What is explored begins there on whichever day it is run: how a weekday lies to the window
 * would else decide what is found.
 */
export const mondayAfter = (now: number): Instant =>
  instant(FIRST_MONDAY_MORNING + Math.ceil((now - FIRST_MONDAY_MORNING) / WEEK) * WEEK)

const WITH: Readonly<Record<ExplorationTask['reporter'], string>> = {
  reachable: 'with a reporter who writes',
  silent: 'with a reporter who never answers',
  unreachable: 'with a reporter whom no answer reaches',
  absent: 'with no reporter',
}

/** As many at a time as there are cores: an exploration is all computing. */
async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const done = new Map<number, T>()
  const waiting = works.entries()
  const one = async (): Promise<void> => {
    for (const [index, work] of waiting) done.set(index, await work())
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), works.length) }, one))
  return works.flatMap((_work, index) => done.get(index) ?? [])
}

/** In a thread of its own. @throws what went wrong in it */
async function exploredApart(exploration: ExplorationTask): Promise<ProjectExploration> {
  const worker = new Worker(new URL(`./policy-check-worker.${FROM.ending}`, import.meta.url), {
    workerData: exploration,
    execArgv: FROM.execArgv,
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The exploration ended without an answer, most likely out of memory.')))
  })
}

/** The worker runs from the sources under type stripping, where an export condition finds them, and from the build. */
const FROM = import.meta.url.endsWith('.ts')
  ? { ending: 'ts', execArgv: ['--conditions=@embargo/source'] }
  : { ending: 'js', execArgv: [] }

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0)
