import { aloneInSolo, approvableFrom, bindsToDate, TWO_PERSON_VERBS, unverifiedFix } from '@embargo/core'
import type { CaseState, Instant, Policy, Stage, World } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { patchState } from './button-state.ts'

type Offer = Pick<Action, 'label' | 'verb'> & {
  readonly input?: Readonly<Record<string, string>>
  readonly form?: boolean
}

/** What people most likely do next at each stage. What may be done is decided when the button is pressed. */
const OFFERS: Readonly<Record<Stage, readonly Offer[]>> = {
  received: [
    { label: 'Acknowledge', verb: 'ack' },
    { label: 'Triage', verb: 'triage', form: true },
  ],
  acknowledged: [{ label: 'Triage', verb: 'triage', form: true }],
  assessing: [
    { label: 'Affected branch', verb: 'affects', form: true },
    { label: 'Assign the patch', verb: 'assign-patch', form: true },
  ],
  fixing: [{ label: 'Submit patch', verb: 'patch', input: { action: 'submit' }, form: true }],
  confirming: [
    // Without a form: it shows the patch, and asks.
    { label: 'Confirm', verb: 'confirm' },
    { label: 'Log an answer', verb: 'log-answer', form: true },
  ],
  ready: [
    { label: 'Advisory text', verb: 'advisory', form: true },
    { label: 'Pre-notify', verb: 'prenotify', form: true },
  ],
  prenotified: [{ label: 'Disclose', verb: 'disclose' }],
  disclosed: [{ label: 'Close', verb: 'close', form: true }],
  rejected: [{ label: 'Close', verb: 'close', form: true }],
  deferred: [{ label: 'Close', verb: 'close', form: true }],
  closed: [],
}

const DISCLOSE: Offer = { label: 'Disclose', verb: 'disclose' }

/** Nobody else is here to check what they wrote, or to log that the reporter did. */
const WITHOUT_CHECK: Offer = {
  label: 'Go on without a check',
  verb: 'waive',
  input: { gate: 'fix' },
  form: true,
}

const isOwnAlone = ({ branches }: CaseState, policy: Policy): boolean =>
  aloneInSolo(policy) &&
  branches.some(({ fix, waived }) => waived === undefined && fix?.is === 'submitted' && fix.author.kind === 'person')

type ActionContext = {
  readonly state: CaseState
  readonly release: World['release']
  readonly policy: Policy
  readonly at: Instant
}

/** Whether the publication waits for its date and cannot be approved yet. */
const isTooEarly = ({ state, release, at }: ActionContext): boolean =>
  release?.at !== undefined && bindsToDate(state) && at < approvableFrom(release.at)

/** Leaves out what already waits for an approval, a second pre-notification, and a pre-notification of what is public. */
function offers(seen: ActionContext, stage: Stage): readonly Offer[] {
  const { state, release, policy } = seen
  const isPublic = state.cs.public !== undefined
  const offered = (stage === 'confirming' && isOwnAlone(state, policy) ? [WITHOUT_CHECK] : OFFERS[stage])
    .map((offer) => (offer.verb === 'prenotify' && (isPublic || release?.is === 'prenotified') ? DISCLOSE : offer))
    .filter(({ verb }) => verb !== 'disclose' || !isTooEarly(seen))
  const [waiting] = state.approvals.filter(({ status }) => status === 'open')
  if (waiting !== undefined)
    return [{ label: 'Look and approve', verb: 'approve' }, ...offered.filter(({ verb }) => !IRREVERSIBLE.has(verb))]
  return isPublic && stage === 'confirming' && unverifiedFix(state).length > 0 ? [DISCLOSE, ...offered] : offered
}

const IRREVERSIBLE: ReadonlySet<string> = TWO_PERSON_VERBS

export function statusActions(seen: ActionContext, stage: Stage): readonly Action[] {
  const { state } = seen
  const reply: readonly Offer[] =
    state.rm === 'closed' || state.reports.every(({ answerable }) => !answerable)
      ? []
      : [{ label: 'Write to reporter', verb: 'reply', form: true }]
  return [{ label: 'Status', verb: 'status' }, ...offers(seen, stage), ...reply].map((offer) => ({
    ...offer,
    input: { case: state.id, ...offer.input, ...(offer.verb === 'confirm' ? patchState(state) : {}) },
  }))
}
