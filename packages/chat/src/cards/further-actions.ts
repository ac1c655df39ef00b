import { embargoInForce, getsNoCve, isPossibleNow, policyFor } from '@embargo/core'
import type { CaseState, Instant, PersonVerb, Policy, ReleaseState, World } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { chatVerbOf } from '../verbs.ts'

type ViewedCase = {
  readonly state: CaseState
  readonly world: World
  readonly policy: Policy
  readonly at: Instant
}

type Offer = {
  readonly verb: PersonVerb
  readonly label: string
  readonly input?: Readonly<Record<string, string>>
  readonly form?: false
}

/**
 * Actions that people need rarely, or a second time. The button “More” shows these actions. Most of them open a form,
 * so a whole case can be handled without typing commands. `offered`: the actions that the card already has. Actions
 * that would be refused to everybody now are left out.
 */
export function furtherActions(seen: ViewedCase, offered: readonly Action[]): readonly Action[] {
  const { state, world, policy, at } = seen
  return [...whileOpen(seen), ...aboutCve(seen), ...aboutRelease(seen), ...afterwards(seen)]
    .filter(({ verb }) => isPossibleNow(policy, world, verb, at))
    .map(({ verb, label, input, form }) => {
      const { verb: typed, input: words } = chatVerbOf(verb)
      const action: Action = {
        label,
        verb: typed,
        input: { case: state.id, ...words, ...input },
        ...(form === false ? {} : { form: true }),
      }
      const isOffered = offered.some(
        (other) =>
          other.label === label ||
          (other.verb === typed && Object.entries(words).every(([name, value]) => other.input[name] === value)),
      )
      return { action, isOffered }
    })
    .flatMap(({ action, isOffered }) => (isOffered ? [] : [action]))
}

const isOut = ({ state, world: { release } }: ViewedCase): boolean =>
  state.cs.public !== undefined || release?.startedAt !== undefined

function whileOpen(seen: ViewedCase): readonly Offer[] {
  const { state } = seen
  const { rm, disposition, severity, em } = state
  if (isOut(seen) || (rm !== 'valid' && rm !== 'accepted')) return []
  const rated = { disposition: disposition ?? 'valid', ...(severity === undefined ? {} : { severity }) }
  return [
    { verb: 'triage', label: 'Change the rating', input: rated },
    { verb: 'triage.affects', label: 'Affected branch' },
    { verb: 'assign-patch', label: 'Assign the patch' },
    { verb: 'advisory', label: 'Advisory text' },
    ...(embargoInForce(em) ? [{ verb: 'embargo.until', label: 'Another embargo date' } as const] : []),
    { verb: 'people.invite', label: 'Invite' },
  ]
}

function aboutCve({ state, policy }: ViewedCase): readonly Offer[] {
  const { cve, rm, cs } = state
  const counts = rm === 'accepted' || (rm === 'closed' && cs.public !== undefined)
  if (!counts || getsNoCve(policyFor(policy, state), state)) return []
  if (cve === undefined) return [{ verb: 'cve.request', label: 'A CVE id is requested' }]
  if (cve.id === undefined) return [{ verb: 'cve.set', label: 'The CVE id is assigned' }]
  const isOwed = cs.public !== undefined && cve.publishedAt === undefined
  return isOwed ? [{ verb: 'cve.published', label: 'The CVE is published' }] : []
}

function aboutRelease(seen: ViewedCase): readonly Offer[] {
  const { state, world } = seen
  const { release } = world
  if (isOut(seen) || state.rm !== 'accepted') return []
  if (release?.at === undefined) return [{ verb: 'release.plan', label: 'Plan the release' }]
  return [
    { verb: 'release.notes', label: 'Ids for the release notes' },
    { verb: 'release.move', label: 'Move the release' },
    { verb: 'release.cancel', label: 'Cancel the release' },
    ...waiting(release).map(({ list, recipient }): Offer => ({
      verb: 'log-answer.has-it',
      label: `${recipient}: they have it`,
      input: { message: 'elsewhere', name: `${list}/${recipient}` },
      form: false,
    })),
  ]
}

/** Recipients who were notified and have not answered by mail. Perhaps they confirmed in another way. */
const waiting = ({ prenotified }: ReleaseState): ReleaseState['prenotified'] =>
  prenotified.filter((one) => one.acknowledgedAt === undefined && one.suspendedAt === undefined)

function afterwards({ state, world: { release } }: ViewedCase): readonly Offer[] {
  const goesOn = (state.rm === 'closed' || state.rm === 'deferred') && release?.startedAt === undefined
  return [
    ...(state.cs.public !== undefined && state.retrospective === undefined
      ? [{ verb: 'retro', label: 'Retrospective' } as const]
      : []),
    { verb: 'correct', label: 'Correct what is published' } as const,
    ...(goesOn ? [{ verb: 'reopen', label: 'Reopen' } as const] : []),
  ]
}
