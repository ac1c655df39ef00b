import { addresseeKey, isSystem } from '@embargo/core'
import type { CaseState, Outcome, PersonId } from '@embargo/core'
import { isMainLineStep } from '../../src/main-line.ts'
import { pendingName, worldAt } from '../../src/state.ts'
import type { PendingDelivery } from '../../src/state.ts'
import type { Scenario } from '../../src/scenario.ts'
import type { ExploreOptions } from '../../src/explore.ts'
import type { Step } from '../../src/transitions.ts'
import { THEMES } from './themes.ts'
import type { Theme, ThemeName } from './themes.ts'

/**
 * States with more open approvals than this are not explored further. One is enough, because no approval affects
 * another.
 */
const MAX_OPEN = 1

/**
 * A parked mail waits until a person says whether it was sent. States with more parked mails than this are not explored
 * further.
 */
const MAX_PARKED = 1

/** Whether the same letter to the same addressee is pending twice, which happens when a date is moved again. */
const waitsTwice = (pending: readonly PendingDelivery[]): boolean =>
  new Set(pending.map(pendingName)).size < pending.length

/**
 * Whether the outcomes of mails arrive in a fixed order. One order is enough, because every order leads to the same
 * final state.
 */
function inOrder(outcome: Outcome, pending: readonly PendingDelivery[]): boolean {
  if (!('letter' in outcome) || outcome.letter === undefined || outcome.to === undefined) return true
  const name = `${outcome.letter}>${addresseeKey(outcome.to)}`
  return pending.every((one) => one.held || pendingName(one) >= name)
}

/** Commands of the main line that only the first person on the case gives. */
const OF_THE_FIRST: ReadonlySet<string> = new Set([
  'ack',
  'triage',
  'assign-patch',
  'embargo.until',
  'embargo.extend',
  'prenotify',
  'disclose',
])

/** In every theme, only the first person on the case raises these signals. Somebody else must approve them. */
const SEEN_BY_THE_FIRST: ReadonlySet<string> = new Set([
  'signal.public',
  'signal.exploit',
  'signal.attack',
  'signal.leak',
])

/** The themes in which a mail may remain unread. In the other themes, the reporter's answer is logged at once. */
const READS_MAIL: ReadonlySet<ThemeName> = new Set<ThemeName>(['main line', 'waivers'])

/**
 * Commands of the main line that are explored further only in the themes that list them in `with`. If all themes
 * explored these commands, each theme would explore every state twice: with and without the command.
 */
const OF_A_THEME: ReadonlySet<string> = new Set(['triage.not-now', 'cve.request'])

/** The commands that lead to a patch and its publication. */
const OF_A_FIX: ReadonlySet<string> = new Set(['triage.affects', 'advisory', 'assign-patch', 'patch'])

/** The person whom this step is about: they join or leave the case, are away, or take the case over. */
function concerns({ actor, request }: Step): PersonId | undefined {
  switch (request.verb) {
    case 'people.invite':
    case 'people.remove':
    case 'people.conflict':
      return request.person
    case 'people.handoff':
      return request.to
    case 'away':
    case 'take':
    case 'people.consent':
      return actor.kind === 'person' ? actor.person : undefined
    default:
      return undefined
  }
}

export function followsOf(
  name: ThemeName,
  { people, late, reportedBy }: Scenario,
): NonNullable<ExploreOptions['follows']> {
  const theme = THEMES[name]
  const verbs = new Set<string>(theme.with)
  // If the first person is barred or was removed, the next person counts as the first.
  const onIt = (state: CaseState | undefined): readonly PersonId[] =>
    [...people, ...(late === undefined ? [] : [late])].filter((id) => state?.people[id] !== undefined)
  return (step, after) => {
    const { request, actor } = step
    const by = actor.kind === 'person' ? actor.person : undefined
    if (request.verb === 'take-in-message' && !READS_MAIL.has(name)) return false
    // A team member who reported the case may not act in it, so adding or removing them changes nothing for the others.
    if (reportedBy !== undefined && concerns(step) === reportedBy) return false
    if (request.verb === 'waive' && request.rule !== 'fix') return false
    if (request.verb === 'disclose' && request.unfixed !== undefined && !verbs.has('signal.public')) return false
    const { case: state, release } = worldAt(after)
    // The person who joins late is invited only in place of somebody who has a conflict and cannot come back.
    if (request.verb === 'people.invite' && request.person === late && state?.conflicts === undefined) return false
    if (SEEN_BY_THE_FIRST.has(request.verb) && by !== onIt(state)[0]) return false
    if (!isSystem(request) && !verbs.has(request.verb)) {
      const those = onIt(state)
      if (!isMainLineStep(step) || OF_A_THEME.has(request.verb)) return false
      if (request.verb === 'log-answer' && !theme.answers.includes(request.answer.about)) return false
      if (theme.unfixed === true && OF_A_FIX.has(request.verb)) return false
      if (OF_THE_FIRST.has(request.verb) && by !== those[0]) return false
      if (theme.line === 'straight' && leavesTheLine(step, theme, those.at(-1))) return false
    }
    if (state === undefined) return true
    if (theme.unchanged === true && request.verb === 'patch' && release?.is === 'prenotified') return false
    if (request.verb === 'record-outcome' && !inOrder(request.outcome, after.pending)) return false
    if ((release?.parked.length ?? 0) > MAX_PARKED || waitsTwice(after.pending)) return false
    // If it is unknown whether a mail was sent, and nobody settles that question in this theme, the state is not
    // explored further. No command except `settle` depends on the answer to the question.
    if (state.parked.length > 0 && !verbs.has('settle')) return false
    const open = state.approvals.filter((one) => one.status === 'open').length
    return open <= MAX_OPEN && (theme.atOnce === undefined || theme.atOnce.count(state, after.now) <= theme.atOnce.most)
  }
}

/**
 * Whether a step leaves the straight line (see `line` in `themes.ts`). On the straight line, only one course leads from
 * a valid report to its publication.
 */
function leavesTheLine({ request, actor }: Step, { answers }: Theme, last: PersonId | undefined): boolean {
  switch (request.verb) {
    case 'triage':
      return request.disposition === 'valid' ? request.severity !== 'high' : request.disposition !== 'invalid'
    case 'triage.affects':
      return 'remove' in request || !request.affected
    case 'assign-patch':
      return request.to === 'reporter' ? !answers.includes('patch-offer') : request.to !== last
    case 'patch':
      return request.author !== undefined || actor.kind !== 'person' || actor.person !== last
    case 'confirm':
      return !request.fixed
    case 'log-answer':
      return request.answer.about === 'verification' && !request.answer.fixed
    default:
      return false
  }
}
