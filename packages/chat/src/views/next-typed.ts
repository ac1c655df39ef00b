import { outlook, TWO_PERSON_VERBS, unreadMails } from '@embargo/core'
import type { CaseState, Instant, NextAction, PersonId, Policy, StepId, World } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { nextStep } from '../cards/status-actions.ts'
import { ownerName } from '../people/names.ts'
import { shellWord, typedAction } from '../render/typed-action.ts'
import { timesInWords } from '../text/times.ts'

/** The next step and the command line for it. */
export type NextTyped = {
  readonly said: string
  readonly typed: string
  /** Before this time, the command would be refused. */
  readonly from?: Instant
  /**
   * Set if no person can act now, because the program or the invented reporter of a practice case does the next step.
   */
  readonly waits?: true
  /** True if the command first shows what it would do, and asks for confirmation. */
  readonly confirms?: true
}

type ViewedCase = {
  readonly policy: Policy
  readonly world: World
  readonly at: Instant
  readonly viewer: PersonId | undefined
  /** The path of the sample patch for a practice case. */
  readonly samplePatch: string
}

/**
 * What a terminal prints after a command: the case's next action, as a command line. If only a person knows a fact, the
 * line has a placeholder in angle brackets for the fact. In a practice case, the line has invented facts instead. A
 * line without placeholders can be run as printed.
 */
export function nextTyped({ policy, world, at, viewer, samplePatch }: ViewedCase): NextTyped | undefined {
  const { case: state } = world
  const next = outlook(policy, world, at, viewer)?.next
  if (state === undefined || next === undefined) return undefined
  if (state.rm === 'closed' && next.verb === undefined) return undefined
  const waiting = state.approvals.find(({ status, mode }) => status === 'open' && mode === 'second-look')
  const from =
    next.verb === 'approve' && waiting !== undefined && at < waiting.notBefore ? waiting.notBefore : undefined
  const action = nextStep({ state, world, policy, at: from ?? at, next })
  const ofOthers = isOfOthers(policy, next)
  const isTyped = action !== undefined && !ofOthers
  const byHand = ofOthers ? undefined : next.step
  const isBlocked = action === undefined && next.verb !== undefined && !ofOthers
  const typed = isTyped ? typedNext(state, { action, next, policy, samplePatch }) : look(state, isBlocked)
  return {
    said: `${ownerName(policy, next.owner)}: ${inWords(next)}`,
    typed: byHand === undefined ? typed : doneTyped(state, byHand),
    ...(from === undefined ? {} : { from }),
    ...(isTyped && next.verb !== undefined && TWO_PERSON_VERBS.has(next.verb) ? { confirms: true as const } : {}),
    ...(next.owner === 'Embargo' || (ofOthers && state.practice === true) ? { waits: true as const } : {}),
  }
}

/** The next action in words. The time of a second look is left out, because it is shown separately. */
const inWords = ({ action }: NextAction): string => timesInWords(action.replace(/, from \S+Z$/u, ''))

/**
 * True if the next step is to log an answer, and the policy does not name the owner of the step as a person. An example
 * of such an owner is a reporter who must first answer by mail.
 */
const isOfOthers = ({ people }: Policy, { owner, verb }: NextAction): boolean =>
  verb === 'log-answer' && people.every(({ name }) => name !== owner)

/**
 * The command that shows the case. If the rules refuse the next step of the case, returns the command that explains why
 * and says what helps.
 */
const look = ({ id }: CaseState, isBlocked: boolean): string =>
  typedAction({ verb: isBlocked ? 'status.why' : 'status', input: { case: id } })

const doneTyped = ({ id }: CaseState, step: StepId): string =>
  `${typedAction({ verb: 'done', input: { case: id, what: step } })} <link>`

type SuggestedAction = Pick<ViewedCase, 'policy' | 'samplePatch'> & {
  readonly action: Action
  readonly next: NextAction
}

function typedNext(state: CaseState, { action, next, policy, samplePatch }: SuggestedAction): string {
  const bare = { verb: action.verb, input: action.input }
  switch (next.verb) {
    case 'triage':
      return state.practice === true
        ? typedAction({ ...bare, input: { ...bare.input, disposition: 'valid', severity: 'high' } })
        : `${typedAction(action)}${state.severity === undefined ? ' <severity>' : ''}`
    case 'patch':
      return patchTyped(state, bare, { next, policy, samplePatch })
    case 'confirm':
      return typedAction(
        next.branch === undefined ? action : { ...bare, input: { ...bare.input, branch: next.branch } },
      )
    case 'log-answer':
      return state.practice === true
        ? typedAction({ ...bare, input: { ...bare.input, message: 'last', fix: 'fixed' } })
        : `${typedAction({ ...bare, input: { ...bare.input, message: 'last' } })} <answer>`
    case 'approve':
      return typedAction({ ...bare, input: { ...bare.input, typedCase: state.id } })
    case 'retro':
      return retroTyped(state, bare)
    case 'close':
      return unreadMails(state).length > 0 ? `${typedAction(bare)} <reason>` : typedAction(bare)
    default:
      return typedAction(action)
  }
}

/** The invented facts of a practice case. Its report and its sample patch are about the same weakness. */
const PRACTICE = {
  fixedIn: '2.4.1',
  component: 'the template loader',
  impact: 'A crafted template name reads any file.',
  rootCause: 'Template names were joined to a path without a check.',
} as const

/** The line that records a retrospective. If nothing else keeps the case open, the line also closes the case. */
function retroTyped(state: CaseState, { verb, input }: Pick<Action, 'verb' | 'input'>): string {
  const closes = state.rm !== 'closed' && unreadMails(state).length === 0
  const bare = { verb: closes ? 'close' : verb, input }
  if (state.practice === true) return typedAction({ ...bare, input: { ...input, rootCause: PRACTICE.rootCause } })
  return `${typedAction(bare)} ${closes ? '--root-cause ' : ''}<root-cause>`
}

function patchTyped(
  state: CaseState,
  { verb, input }: Pick<Action, 'verb' | 'input'>,
  { next, policy, samplePatch }: Pick<SuggestedAction, 'next' | 'policy' | 'samplePatch'>,
): string {
  const project = policy.projects.find(({ id }) => id === state.project)
  const branches = project?.branches.filter(({ supported }) => supported) ?? []
  const named = state.branches.find(({ name }) => name === next.branch)
  const branch = next.branch ?? (branches.length > 1 ? branches[0]?.name : undefined)
  const place = branch === undefined ? input : { ...input, branch }
  if (state.practice === true) {
    const { rootCause: _later, ...facts } = PRACTICE
    return `${typedAction({ verb, input: { ...place, ...facts } })} ${shellWord(samplePatch)}`
  }
  const missingOptions = [
    ...(named?.fixedVersion === undefined ? ['--fixed-in <version>'] : []),
    ...(state.advisory === undefined ? ['--component <component>', '--impact <impact>'] : []),
  ]
  return [typedAction({ verb, input: place }), ...missingOptions, '<file>'].join(' ')
}
