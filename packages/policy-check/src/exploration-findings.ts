import { listOr, policyFor, Severity, STAGES } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { distinctSeverities } from './distinct-severities.ts'
import { isNearer } from './explore-project.ts'
import type { CommandOutcome, ProjectExploration } from './explore-project.ts'
import type { Finding } from './explore.ts'
import type { PolicyFinding } from './findings/finding.ts'

/**
 * The findings for a project, from one exploration for each kind of reporter. A command counts as blocked only if it is
 * blocked in all explorations, because a case may take another path with another reporter.
 */
export function explorationFindings(
  policy: Policy,
  project: string,
  explored: readonly ProjectExploration[],
): readonly PolicyFinding[] {
  const name = policy.projects.find(({ id }) => id === project)?.name ?? project
  const broken = firstOfEachKind(explored.flatMap(({ findings }) => findings)).map((one) => brokenIn(name, one))
  const isWhole = explored.every(({ whole }) => whole)
  const reached = new Set(explored.flatMap(({ stages }) => stages))
  // A publication without steps is complete at once, so no case needs to reach `publishing`.
  const expected = STAGES.filter(
    (stage) => stage !== 'publishing' && (stage !== 'prenotified' || tellsAhead(policy, project)),
  )
  const unreached = expected
    .filter((stage) => !reached.has(stage))
    .map((stage): PolicyFinding => ({
      rule: 'unreachable-stage',
      what: isWhole
        ? `No case of ${name} ever comes to the stage ${stage}.`
        : `In the explored states, no case of ${name} came to the stage ${stage}.`,
      why: 'Every path to this stage is blocked by a rule that nobody can satisfy; see the other findings.',
      instead: 'Correct those first, then check again.',
    }))
  const alike = distinctSeverities(policy, project)
  const blocked = blockedCommands(explored).map((one): PolicyFinding => {
    const cases = `${listOr(alike.get(one.severity) ?? [])} case of ${name}`
    return blockedFinding(isWhole ? 'Nobody can ever' : 'In the explored states, nobody could', cases, one)
  })
  return [...broken, ...blocked, ...unreached]
}

/** Whether anybody is told of a case before the public. If nobody is, no case needs to reach `prenotified`. */
function tellsAhead(policy: Policy, project: string): boolean {
  const announces = policy.projects.some(({ id, announce }) => id === project && announce !== undefined)
  return Severity.options.some((severity) => {
    const { lists, headsUp } = policyFor(policy, { project, severity }).prenotification
    return lists.some(({ recipients }) => recipients.length > 0) || (announces && headsUp.includes(severity))
  })
}

/** The first finding of each kind. Explorations with different kinds of reporter often have the same finding. */
const firstOfEachKind = (findings: readonly Finding[]): readonly Finding[] =>
  [...new Map(findings.toReversed().map((one) => [one.what, one])).values()].toReversed()

const brokenIn = (project: string, { what, path }: Finding): PolicyFinding =>
  what === 'nobody can bring the case to its end'
    ? {
        rule: 'no-end',
        what: `A case of ${project} can reach a state from which it never ends.`,
        why: 'From that state, no command, no clock and no answer from outside leads to a closed case.',
        instead:
          path.length === 0
            ? 'This is true from the first state on: see the other findings.'
            : 'Look at the path: its last step leads to the state that the policy makes impossible to leave.',
        path,
      }
    : {
        rule: 'broken-rule',
        what: `In ${project}, something can happen that must never happen: ${what}.`,
        why: 'The rules of the process allow it under this policy.',
        instead: 'Report it: this is a bug in Embargo, not a mistake in the policy.',
        path,
      }

type BlockedCommand = Required<CommandOutcome>

/** Commands that passed in no exploration, each with the refusal in the state where it came closest to passing. */
function blockedCommands(explored: readonly ProjectExploration[]): readonly BlockedCommand[] {
  const passed = new Set<string>()
  const nearest = new Map<string, BlockedCommand>()
  for (const met of explored.flatMap((one) => one.met)) {
    const key = `${met.verb} ${met.severity}`
    if (met.passed) passed.add(key)
    if (met.nearest === undefined) continue
    if (isNearer(met.nearest, nearest.get(key)?.nearest)) nearest.set(key, { ...met, nearest: met.nearest })
  }
  return [...nearest].flatMap(([key, shut]) => (passed.has(key) ? [] : [shut]))
}

const blockedFinding = (
  nobodyCould: string,
  cases: string,
  { verb, nearest: { refusal } }: BlockedCommand,
): PolicyFinding => ({
  rule: 'unliftable-gate',
  what: `${nobodyCould} run /${verb} for a ${cases}: the rule "${refusal.gate}" blocks it.`,
  why: refusal.because,
  instead: `${refusal.liftedBy.map(({ who, how }) => `${who} ${how}`).join('; ')}.`,
})
