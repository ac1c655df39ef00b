import { safeJson } from '@embargo/chat'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { DAY, HOUR, listAnd, instant } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import { pinKeys } from '@embargo/engine'
import type { PinnedKeyProblem } from '@embargo/engine'
import { explorationFindings, explorationTasks, staticFindings, withDistinctProjects } from '@embargo/policy-check'
import type { ExplorationTask, PolicyFinding, ProjectExploration } from '@embargo/policy-check'
import type { CliContext } from './context.ts'
import type { Output } from './output.ts'
import { ProgressLine } from './policy-check-progress.ts'
import type { WorkerInput, WorkerMessage } from './policy-check-worker.ts'

type Options = { readonly json: boolean; readonly whole: boolean }

/**
 * `embargo policy check`: finds mistakes in the policy before a case does. The exit code is 1 if there is a mistake.
 */
export async function check({ output, config }: CliContext, { json, whole }: Options): Promise<number> {
  const { policy: pinned, problems } = await pinKeys(config().policy.policy, instant(Date.now()))
  const policy = withDistinctProjects(pinned)
  const start = mondayAfter(Date.now())
  const ofText = [...staticFindings(policy, start), ...problems.map(keyFinding)]
  if (!json) print(output, ofText)

  const tasks = explorationTasks(policy, start, whole)
  const explored = await explore(policy, tasks, json ? {} : output)
  const ofCases = policy.projects.flatMap(({ id }) => {
    const own = explored.filter(({ project }) => project === id)
    return own.length === 0 ? [] : explorationFindings(policy, id, own)
  })
  const findings = [...ofText, ...ofCases]
  const states = sumOf(explored, (one) => one.states)
  const transitions = sumOf(explored, (one) => one.transitions)
  const notExplored = notExploredOf(policy, explored)
  if (json) output.out(safeJson({ is: 'policy-check', states, transitions, findings, notExplored }))
  else {
    print(output, ofCases)
    output.out(`${inSum(findings.length)}: ${states} states and ${transitions} transitions were explored.`)
    for (const [index, one] of notExplored.entries())
      output.out(`${index === 0 ? 'Not explored: ' : '              '}${one}`)
    if (notExplored.length > 0) output.out('`embargo policy check --whole` explores everything. It may take an hour.')
  }
  return findings.length === 0 ? 0 : 1
}

const keyFinding = ({ of, because, instead }: PinnedKeyProblem): PolicyFinding => ({
  rule: 'unusable-key',
  what: `The key of ${of} cannot be used.`,
  why: because,
  instead,
})

const inSum = (count: number): string =>
  count === 0 ? 'Nothing is wrong' : `${count} ${count === 1 ? 'thing is' : 'things are'} wrong`

function print(output: Output, findings: readonly PolicyFinding[]): void {
  for (const { rule, what, why, instead, path = [] } of findings) {
    output.out(`${rule}: ${what}`)
    output.out(`  Why: ${why}`)
    output.out(`  Do: ${instead}`)
    for (const [index, step] of path.entries()) output.out(`  ${String(index + 1).padStart(3)}. ${step}`)
  }
}

/** Says in words what a bounded exploration left out. */
function notExploredOf({ projects }: Policy, explored: readonly ProjectExploration[]): readonly string[] {
  const partly = projects.filter(({ id }) => explored.some(({ project, whole }) => project === id && !whole))
  const never = projects.filter(({ id }) => explored.every(({ project }) => project !== id))
  const namesOf = (some: Policy['projects']): string => listAnd(some.map(({ name }) => name))
  return [
    ...(partly.length === 0
      ? []
      : [`some states that cases of ${namesOf(partly)} can reach, and whether a case can end from there.`]),
    ...(never.length === 0 ? [] : [`cases of ${namesOf(never)}, whose rules differ from those explored.`]),
  ]
}

/** 09:00 UTC on 5 January 1970, the first Monday after the start of Unix time. */
const FIRST_MONDAY_MORNING = 4 * DAY + 9 * HOUR
const WEEK = 7 * DAY

/**
 * The next Monday at 09:00 UTC. Each exploration begins there: otherwise its findings would differ from day to day,
 * because they depend on how far the first day is from the release window.
 */
export const mondayAfter = (now: number): Instant =>
  instant(FIRST_MONDAY_MORNING + Math.ceil((now - FIRST_MONDAY_MORNING) / WEEK) * WEEK)

/** Explores as many tasks at a time as there are cores, because an exploration only computes and never waits. */
async function explore(
  policy: Policy,
  tasks: readonly ExplorationTask[],
  { progress }: Pick<Output, 'progress'>,
): Promise<readonly ProjectExploration[]> {
  const line = new ProgressLine(tasks, progress)
  const done = new Map<ExplorationTask, ProjectExploration>()
  const waiting = tasks.values()
  const work = async (): Promise<void> => {
    for (const task of waiting) done.set(task, await exploreInThread({ policy, task }, line))
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work))
  line.clear()
  return tasks.flatMap((task) => done.get(task) ?? [])
}

/** @throws the error that ended the thread */
async function exploreInThread(input: WorkerInput, line: ProgressLine): Promise<ProjectExploration> {
  const worker = new Worker(new URL(`./policy-check-worker.${FROM.ending}`, import.meta.url), {
    workerData: input,
    execArgv: FROM.execArgv,
  })
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.is === 'progress') line.update(input.task, message)
      else {
        line.update(input.task, { explored: message.exploration.states, waiting: 0 })
        resolve(message.exploration)
      }
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The exploration ended without an answer, most likely out of memory.')))
  })
}

/**
 * How the worker is started: the ending of its file name, and the arguments for Node. If this file runs as a source,
 * with type stripping, the worker is a source too. Otherwise it is the built file.
 */
const FROM = import.meta.url.endsWith('.ts')
  ? { ending: 'ts', execArgv: ['--conditions=@embargo/source'] }
  : { ending: 'js', execArgv: [] }

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0)
