import type { Refusal } from '../../case/decision.ts'
import type { PersonVerb } from '../../case/command.ts'
import { isAboutACase } from '../../case/decide.ts'
import { explainGates } from '../../case/explain.ts'
import { STAGES, stageOf } from '../../case/stage.ts'
import type { Stage } from '../../case/stage.ts'
import type { Instant } from '../../shared/instant.ts'
import { isPersonVerb, teamRole } from '../../people/roles.ts'
import { withStandIns } from '../../people/accounts/stand-ins.ts'
import { policyFor } from '../policy-for.ts'
import type { Policy } from '../schema.ts'
import type { Arena, ReporterKind } from './arena.ts'
import { explore } from './explore.ts'
import type { Explored } from './explore.ts'
import { calendars } from './findings/calendars.ts'
import type { PolicyFinding, PolicyLook } from './findings/finding.ts'
import { hearers } from './findings/hearers.ts'
import { leads } from './findings/leads.ts'
import { publications } from './findings/publications.ts'
import { recipients } from './findings/recipients.ts'
import { roles } from './findings/roles.ts'
import { seats } from './findings/seats.ts'
import { templates } from './findings/templates.ts'
import type { Step } from './moves.ts'
import { worldAt } from './place.ts'
import type { Ran } from './run.ts'

const LOOKS: readonly PolicyLook[] = [calendars, leads, seats, hearers, roles, recipients, publications, templates]

/** What is wrong as it is written: fast, and enough to say why an exploration could not go on. */
export const lookAtPolicy = (policy: Policy, from: Instant): readonly PolicyFinding[] =>
  LOOKS.flatMap((look) => look(policy, from))

/**
 * The commands that carry a case from its report to its end. A policy settles who may run them and what stands before
 * them; the others are asked at every place too, and lead one step further.
 */
const CARRYING: ReadonlySet<string> = new Set<PersonVerb>([
  'ack',
  'triage',
  'affects',
  'assign-patch',
  'patch-submit',
  'confirm',
  'log-answer',
  'advisory',
  'cve-request',
  'defer',
  'prenotify',
  'disclose',
  'approve',
  'settle',
  'close',
])

/** Where a project's exploration ended, and what it saw. */
export type PolicyExplored = Pick<Explored, 'places' | 'transitions' | 'whole'> & {
  readonly findings: readonly PolicyFinding[]
}

/**
 * Explores one project of a policy with one kind of reporter, folded as `fold.ts` says, and to what a policy settles: one
 * branch, since each branch is asked the same of; one recipient for each list; and of people with the same roles two.
 */
export function explorePolicy(policy: Policy, project: string, reporter: ReporterKind, start: Instant): PolicyExplored {
  const seen = new Seen()
  const arena = arenaOf(withStandIns(policy), project, reporter, start)
  const explored = explore({ arena, watch: (ran) => seen.note(ran), follows: onTheMainLine })
  const name = policy.projects.find(({ id }) => id === project)?.name ?? project
  return { ...explored, findings: findingsOf(name, explored, seen) }
}

function arenaOf(policy: Policy, project: string, reporter: ReporterKind, start: Instant): Arena {
  const own = policyFor(policy, { project })
  const byRoles = new Map<string, number>()
  const people = own.people.filter((person) => {
    const roles = person.roles.toSorted().join()
    const before = byRoles.get(roles) ?? 0
    byRoles.set(roles, before + 1)
    return teamRole(person) !== undefined && before < 2
  })
  const folded: Policy = {
    ...own,
    projects: own.projects
      .filter(({ id }) => id === project)
      .map((one) => ({ ...one, branches: one.branches.filter(({ supported }) => supported).slice(0, 1) })),
    prenotification: {
      ...own.prenotification,
      lists: own.prenotification.lists.map((list) => ({ ...list, recipients: list.recipients.slice(0, 1) })),
    },
  }
  return { policy: folded, reporter, people: people.map(({ id }) => id), start, coarse: true }
}

/** How near a command came for cases of one severity: it passed, or what refused it where least else stood in the way. */
type Met = {
  readonly verb: PersonVerb
  readonly severity: string
  passed: boolean
  nearest?: { readonly refusal: Refusal; readonly refusing: number }
}

/** What was reached on the way, and what each command met, for cases of each severity. */
class Seen {
  readonly stages = new Set<Stage>()
  readonly #met = new Map<string, Met>()

  get met(): readonly Met[] {
    return [...this.#met.values()]
  }

  note({ request, actor, policy, refusal, trail, before, after }: Ran): void {
    for (const one of trail) {
      if (one.after.kind === 'case') this.stages.add(stageOf(one.after, worldAt(after).release))
    }
    if (actor.kind !== 'person' || actor.person === undefined || !isAboutACase(request) || !isCarrying(request.verb))
      return
    const { verb } = request
    const severity = worldAt(before).case?.severity ?? 'unrated'
    const met: Met = this.#met.get(`${verb} ${severity}`) ?? { verb, severity, passed: false }
    this.#met.set(`${verb} ${severity}`, met)
    if (refusal === undefined) met.passed = true
    if (met.passed || refusal === undefined || refusal.gate === 'makes-sense') return
    const gates = explainGates(policy, worldAt(before), { actor, request }, before.now) ?? []
    const refusing = gates.filter(({ state }) => state === 'refuses').length
    if (refusing < (met.nearest?.refusing ?? Infinity)) met.nearest = { refusal, refusing }
  }
}

/** The main line alone: what comes from outside and from clocks belongs to it always. */
export const onTheMainLine = ({ request: { verb } }: Step): boolean => !isPersonVerb(verb) || isCarrying(verb)

export const isCarrying = (verb: PersonVerb): boolean => CARRYING.has(verb)

function findingsOf(project: string, { findings, whole }: Explored, seen: Seen): readonly PolicyFinding[] {
  const broken = findings.map(({ what, path }): PolicyFinding =>
    what === 'nobody can bring the case to its end'
      ? {
          rule: 'no-end',
          what: `A case of ${project} can come to where it never ends.`,
          why: 'From there no command, no clock and no answer from outside leads to a closed case.',
          instead: 'Look at the path: its last step is what the policy makes impossible to leave.',
          path,
        }
      : {
          rule: 'broken-rule',
          what: `In ${project} something can happen that must never: ${what}.`,
          why: 'The rules of the process allow it under this policy.',
          instead: 'Report it: this is a mistake of Embargo, not of the policy.',
          path,
        },
  )
  if (!whole) return broken
  const unreached = STAGES.filter((stage) => !seen.stages.has(stage)).map((stage): PolicyFinding => ({
    rule: 'unreachable-stage',
    what: `No case of ${project} ever comes to the stage ${stage}.`,
    why: 'Every way there meets a gate that nobody can lift; see the other findings.',
    instead: 'Settle those first, and check again.',
  }))
  const shut = seen.met.flatMap(({ verb, severity, passed, nearest }): readonly PolicyFinding[] => {
    if (passed || nearest === undefined || severity === 'unrated') return []
    const { refusal } = nearest
    return [
      {
        rule: 'unliftable-gate',
        what: `Nobody can ever run /${verb} for a ${severity} case of ${project}: the rule ${refusal.gate} stands before it.`,
        why: refusal.because,
        instead: `${refusal.liftedBy.map(({ who, how }) => `${who} ${how}`).join('; ')}.`,
      },
    ]
  })
  return [...broken, ...shut, ...unreached]
}
