import { explainGates, isAboutACase, oneOf, stageOf, STAGES, withStandIns } from '@embargo/core'
import type { Instant, PersonVerb, Policy, Refusal, Severity, Stage } from '@embargo/core'
import type { ReporterKind } from './scenario.ts'
import { scenarioOf } from './scenario-of.ts'
import { explore } from './explore.ts'
import type { Exploration, Finding } from './explore.ts'
import { calendars } from './findings/calendars.ts'
import type { PolicyFinding, StaticCheck } from './findings/finding.ts'
import { audiences } from './findings/audiences.ts'
import { leads } from './findings/leads.ts'
import { publications } from './findings/publications.ts'
import { recipients } from './findings/recipients.ts'
import { reporters } from './findings/reporters.ts'
import { roles } from './findings/roles.ts'
import { seats } from './findings/approvers.ts'
import { templates } from './findings/templates.ts'
import { worldAt } from './state.ts'
import { mainLineModel } from './main-line-model.ts'
import type { Execution } from './execute.ts'
import { withInvitations } from './invitations.ts'
import { distinctSeverities } from './distinct-severities.ts'

const STATIC_CHECKS: readonly StaticCheck[] = [
  calendars,
  leads,
  seats,
  audiences,
  roles,
  recipients,
  reporters,
  publications,
  templates,
]

/**
 * What is wrong as it is written: fast, and enough to say why an exploration could not go on. Members of groups count, and
 * nobody knows them from the policy alone.
 */
export function staticFindings(policy: Policy, from: Instant): readonly PolicyFinding[] {
  const peopled = withStandIns(policy)
  return STATIC_CHECKS.flatMap((look) => look(peopled, from))
}

/** What was seen of one project with one kind of reporter: plain data, so that it can come from another thread. */
export type ProjectExploration = Pick<Exploration, 'states' | 'transitions' | 'whole' | 'findings'> & {
  readonly stages: readonly Stage[]
  readonly met: readonly CommandOutcome[]
}

/**
 * How near a command came for cases of one severity: it passed, or what refused it where it came farthest. Gates are asked
 * in the order in which people can lift them, so that is where the most of them passed before one refused.
 */
type CommandOutcome = {
  readonly verb: PersonVerb
  readonly severity: Severity
  readonly passed: boolean
  readonly nearest?: Nearest
}
type Nearest = { readonly refusal: Refusal; readonly passing: number; readonly refusing: number }

/** At least one gate refuses, so nothing is nearer than a state where it alone refuses after as many passed. */
const mayBeNearer = (passingAtMost: number, known: Nearest | undefined): boolean =>
  known === undefined || passingAtMost > known.passing || (passingAtMost === known.passing && known.refusing > 1)

const isNearer = (one: Nearest, other: Nearest | undefined): boolean =>
  other === undefined || one.passing > other.passing || (one.passing === other.passing && one.refusing < other.refusing)

/**
 * Explores one project of a policy with one kind of reporter, by the state key, and reduced to what a policy settles: the
 * main line; one branch, since each branch is asked the same of; one recipient for each list; of people with the same roles
 * two; and each severity that the policy tells apart.
 */
export function exploreProject(
  policy: Policy,
  project: string,
  reporter: ReporterKind,
  start: Instant,
): ProjectExploration {
  const seen = new Observations()
  const scenario = scenarioOf(withStandIns(policy), project, reporter, start)
  const model = withInvitations(scenario, mainLineModel(scenario, [...distinctSeverities(policy, project).keys()]))
  const { states, transitions, whole, findings } = explore({
    scenario,
    model,
    watch: (execution) => seen.note(execution),
  })
  return { states, transitions, whole, findings, stages: [...seen.stages], met: seen.met }
}

/** What was reached on the way, and what each command met, for cases of each severity. */
class Observations {
  readonly stages = new Set<Stage>()
  readonly #met = new Map<string, CommandOutcome>()
  /** How many gates pass at most before a gate of a verb: its last place in their order. */
  readonly #before = new Map<string, number>()

  get met(): readonly CommandOutcome[] {
    return [...this.#met.values()]
  }

  note({ request, actor, policy, refusal, trail, before, after }: Execution): void {
    for (const one of trail) {
      if (one.after.kind === 'case') this.stages.add(stageOf(one.after, worldAt(after).release))
    }
    const severity = worldAt(before).case?.severity
    if (actor.kind !== 'person' || !isAboutACase(request) || severity === undefined) return
    const { verb } = request
    const met = this.#met.get(`${verb} ${severity}`) ?? { verb, severity, passed: false }
    const noted = met.passed || refusal === undefined ? { verb, severity, passed: true } : met
    this.#met.set(`${verb} ${severity}`, noted)
    if (noted.passed || refusal === undefined || refusal.gate === 'makes-sense') return
    const asked = `${verb} ${refusal.gate}`
    // Every gate is asked anew only where that can come to something: most refusals are of a gate that was passed elsewhere.
    if (!mayBeNearer(this.#before.get(asked) ?? Infinity, met.nearest)) return
    const gates = explainGates(policy, worldAt(before), { actor, request }, before.now) ?? []
    const last = gates.findLastIndex(({ gate }) => gate === refusal.gate)
    this.#before.set(asked, last === -1 ? Infinity : last)
    const first = gates.findIndex(({ state }) => state === 'refuses')
    const passing = first === -1 ? gates.length : first
    const nearest = { refusal, passing, refusing: gates.filter(({ state }) => state === 'refuses').length }
    if (isNearer(nearest, met.nearest)) this.#met.set(`${verb} ${severity}`, { ...met, nearest })
  }
}

/**
 * What is wrong with a project, as its explorations with every kind of reporter saw it. What no case can do is shut for all
 * of them: a case that nobody answers for may take another path than one whose reporter writes.
 */
export function explorationFindings(
  policy: Policy,
  project: string,
  explored: readonly ProjectExploration[],
): readonly PolicyFinding[] {
  const name = policy.projects.find(({ id }) => id === project)?.name ?? project
  const broken = once(explored.flatMap(({ findings }) => findings)).map((one) => brokenIn(name, one))
  if (!explored.every(({ whole }) => whole)) return broken
  const reached = new Set(explored.flatMap(({ stages }) => stages))
  const unreached = STAGES.filter((stage) => !reached.has(stage)).map((stage): PolicyFinding => ({
    rule: 'unreachable-stage',
    what: `No case of ${name} ever comes to the stage ${stage}.`,
    why: 'Every path there meets a gate that nobody can lift; see the other findings.',
    instead: 'Settle those first, and check again.',
  }))
  const alike = distinctSeverities(policy, project)
  return [
    ...broken,
    ...blockedCommands(explored).map((one) => blockedFinding(name, alike.get(one.severity) ?? [], one)),
    ...unreached,
  ]
}

/** The first of each kind: two reporters often meet the same wall. */
const once = (findings: readonly Finding[]): readonly Finding[] =>
  [...new Map(findings.toReversed().map((one) => [one.what, one])).values()].toReversed()

const brokenIn = (project: string, { what, path }: Finding): PolicyFinding =>
  what === 'nobody can bring the case to its end'
    ? {
        rule: 'no-end',
        what: `A case of ${project} can come to where it never ends.`,
        why: 'From there no command, no clock and no answer from outside leads to a closed case.',
        instead:
          path.length === 0
            ? 'It is so from the report on: see the other findings.'
            : 'Look at the path: its last step is what the policy makes impossible to leave.',
        path,
      }
    : {
        rule: 'broken-rule',
        what: `In ${project} something can happen that must never: ${what}.`,
        why: 'The rules of the process allow it under this policy.',
        instead: 'Report it: this is a mistake of Embargo, not of the policy.',
        path,
      }

type BlockedCommand = Required<CommandOutcome>

/** What passed in no exploration, with what stood before it where it came nearest. */
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
  project: string,
  severities: readonly Severity[],
  { verb, nearest: { refusal } }: BlockedCommand,
): PolicyFinding => ({
  rule: 'unliftable-gate',
  what: `Nobody can ever run /${verb} for a ${oneOf(severities)} case of ${project}: the rule ${refusal.gate} stands before it.`,
  why: refusal.because,
  instead: `${refusal.liftedBy.map(({ who, how }) => `${who} ${how}`).join('; ')}.`,
})
