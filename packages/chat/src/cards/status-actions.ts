import {
  aloneInSolo,
  approvableFrom,
  bindsToDate,
  branchesToFix,
  getsNoCve,
  isPossibleNow,
  policyFor,
  TWO_PERSON_VERBS,
  unverifiedFix,
} from '@embargo/core'
import type { CaseState, Instant, NextAction, PersonVerb, Policy, Stage, WaivableGate, World } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { chatVerbOf } from '../verbs.ts'
import { dateState, patchState } from './button-state.ts'

type Offer = { readonly label: string; readonly form?: true; readonly input?: Readonly<Record<string, string>> }

/** The buttons of a case, by the name of the request in core. */
const OFFERS = {
  ack: { label: 'Acknowledge' },
  take: { label: 'Take the case' },
  triage: { label: 'Triage', form: true },
  'triage.affects': { label: 'Affected branch', form: true },
  'assign-patch': { label: 'Assign the patch', form: true },
  patch: { label: 'Submit patch', form: true },
  // This button opens no form: it shows the patch, and asks for the answer.
  confirm: { label: 'Confirm' },
  'log-answer': { label: 'Log an answer', form: true },
  'log-answer.credit': { label: 'Log the credit', form: true },
  waive: { label: 'Waive the rule', form: true },
  advisory: { label: 'Advisory text', form: true },
  'release.plan': { label: 'Plan the release', form: true },
  'release.notes': { label: 'Give the notes again' },
  'release.move': { label: 'Move release', form: true },
  prenotify: { label: 'Pre-notify', form: true },
  'prenotify.update': { label: 'Send the update' },
  'hold.off': { label: 'Let it go on' },
  disclose: { label: 'Disclose' },
  'disclose.interim': { label: 'Interim advisory' },
  approve: { label: 'Look and approve' },
  settle: { label: 'Settle it' },
  reply: { label: 'Write to reporter', form: true },
  'embargo.accept': { label: 'Accept the date' },
  'embargo.reject': { label: 'Reject the date', form: true },
  'embargo.end': { label: 'End the embargo', form: true },
  'people.invite': { label: 'Invite', form: true },
  'party.forward': { label: 'Forward', form: true },
  correct: { label: 'Correct', form: true },
  // This button opens no form: it first shows the records as they would be with the CVE id.
  'correct.cve': { label: 'CVE id into the records' },
  // This button opens no form: it first shows the mail, or the text for the CNA's form.
  'cve.update': { label: 'Ask the CNA' },
  retro: { label: 'Retrospective', form: true },
  reopen: { label: 'Reopen', form: true },
  close: { label: 'Close', form: true },
} as const satisfies Partial<Record<PersonVerb, Offer>>

type OfferedVerb = keyof typeof OFFERS

const isOffered = (verb: PersonVerb): verb is OfferedVerb => Object.hasOwn(OFFERS, verb)

/** What people most likely do at each stage. Whether they may do it is decided when they press the button. */
const AT_STAGE: Readonly<Record<Stage, readonly OfferedVerb[]>> = {
  received: ['ack', 'triage'],
  acknowledged: ['triage'],
  assessing: ['triage.affects', 'assign-patch'],
  fixing: ['patch'],
  confirming: ['confirm', 'log-answer'],
  ready: ['advisory', 'prenotify'],
  prenotified: ['disclose', 'release.move'],
  publishing: [],
  disclosed: ['close'],
  rejected: ['close'],
  deferred: ['close'],
  closed: [],
}

type ActionContext = {
  readonly state: CaseState
  readonly world: World
  readonly policy: Policy
  readonly at: Instant
  readonly next: NextAction | undefined
}

/** Whether the publication still waits for its date and is too far away to be approved. */
const isTooEarly = ({ state, world: { release }, at }: ActionContext): boolean =>
  release?.at !== undefined && bindsToDate(state) && at < approvableFrom(release.at)

/** Whether nobody else could check the patch, because its author works alone. */
const isOwnAlone = ({ state: { branches }, policy }: ActionContext): boolean =>
  aloneInSolo(policy) &&
  branches.some(({ fix, waived }) => waived === undefined && fix?.is === 'submitted' && fix.author.kind === 'person')

/**
 * The world (the case with its release) as it will be once the form is filled in. The form of a pre-notification asks
 * for the link of the CVE request, so the request counts as made.
 */
const withForm = (verb: OfferedVerb, world: World, at: Instant): World =>
  verb === 'prenotify' && world.case !== undefined && world.case.cve === undefined
    ? { ...world, case: { ...world.case, cve: { requestedAt: at } } }
    : world

/**
 * Whether a button is of use now. A button is of no use if its command would be refused to everybody, or if the command
 * must first wait for its date, for an approval or for the end of a publication.
 */
function isUseful(verb: OfferedVerb, seen: ActionContext): boolean {
  const { state, world, policy, at } = seen
  const { release } = world
  // `isPossibleNow` is not asked, because it does not know which rule would be waived. The next step names the rule.
  if (verb === 'waive') return seen.next?.waives !== undefined && !isWaiting(state)
  if (!isPossibleNow(policy, withForm(verb, world, at), verb, at)) return false
  if (verb === 'disclose' && isTooEarly(seen)) return false
  if (verb === 'confirm' && isOwnAlone(seen)) return false
  if (verb === 'close' && release?.startedAt !== undefined && release.disclosedAt === undefined) return false
  return !(IRREVERSIBLE.has(verb) && isWaiting(state))
}

const IRREVERSIBLE: ReadonlySet<string> = TWO_PERSON_VERBS

const isWaiting = ({ approvals }: CaseState): boolean => approvals.some(({ status }) => status === 'open')

/**
 * The commands offered at a stage. The publication is offered in place of the pre-notification if recipients have
 * already been pre-notified, or if the vulnerability is already public.
 */
function atStage(seen: ActionContext, stage: Stage): readonly OfferedVerb[] {
  const { state, world } = seen
  const { release } = world
  const isPublic = state.cs.public !== undefined
  const first: readonly OfferedVerb[] = isWaiting(state)
    ? ['approve']
    : isPublic && stage === 'confirming' && unverifiedFix(state).length > 0
      ? ['disclose']
      : []
  const offered = AT_STAGE[stage].map((verb) =>
    verb === 'prenotify' && (isPublic || release?.is === 'prenotified') ? 'disclose' : verb,
  )
  return [...first, ...offered]
}

/** The button for the next step, if a person can do it now. */
export function nextStep(seen: ActionContext): Action | undefined {
  const verb = seen.next?.verb
  return verb !== undefined && isOffered(verb) && isUseful(verb, seen) ? actionOf(verb, seen) : undefined
}

/** All buttons, the next step first, each once. */
export function statusActions(seen: ActionContext, stage: Stage): readonly Action[] {
  const { state, next } = seen
  const canWrite =
    state.rm !== 'closed' && state.reports.some(({ answerable, advisory }) => answerable || advisory !== undefined)
  const verbs: readonly OfferedVerb[] = [
    ...(next?.verb !== undefined && isOffered(next.verb) ? [next.verb] : []),
    ...atStage(seen, stage),
    ...(canWrite ? (['reply'] as const) : []),
  ]
  return [...new Set(verbs)].filter((verb) => isUseful(verb, seen)).map((verb) => actionOf(verb, seen))
}

/**
 * Options that the form need not ask for, because the facts are already entered or the case needs no CVE id. The button
 * carries an empty text for each of these options. Then the form has no field for the option, and the command ignores
 * the empty text.
 */
function unasked(verb: OfferedVerb, state: CaseState, policy: Policy): Readonly<Record<string, string>> {
  if (verb === 'patch' && state.advisory !== undefined)
    return { component: '', impact: '', ...(state.advisory.workaround === undefined ? {} : { workaround: '' }) }
  if (verb === 'prenotify' && (state.cve !== undefined || getsNoCve(policyFor(policy, state), state)))
    return { cveRequest: '' }
  return {}
}

/**
 * Offers a waiver to a maintainer who works alone: nobody else could check the patch, or log that the reporter checked
 * it.
 */
const waiverOffer = (gate: WaivableGate, branch: string | undefined): Offer => ({
  label: gate === 'fix' ? 'Go on without a check' : 'Publish it as it is',
  form: true,
  input: { gate, ...(branch !== undefined && { branch }) },
})

/** Whether a waiver must name a branch, because several patches are not checked. */
const severalPatches = (state: CaseState): boolean =>
  branchesToFix(state).filter(({ fix, waived }) => fix?.is !== 'verified' && waived === undefined).length > 1

/** A button carries the state that was shown, so pressing the button cannot answer a later question. */
function actionOf(verb: OfferedVerb, { state, policy, next }: ActionContext): Action {
  const offer: Offer =
    verb === 'waive' && next?.waives !== undefined
      ? waiverOffer(next.waives, severalPatches(state) ? next.branch : undefined)
      : OFFERS[verb]
  const { verb: typed, input } = chatVerbOf(verb)
  const shown =
    verb === 'confirm'
      ? patchState(state)
      : verb === 'embargo.accept' || verb === 'embargo.reject'
        ? dateState(state)
        : unasked(verb, state, policy)
  // If there are several patches, the caller is asked which one they mean.
  const isChosen = verb === 'confirm' && !Object.hasOwn(shown, 'branch')
  return {
    ...offer,
    ...(isChosen ? { form: true } : {}),
    verb: typed,
    input: { case: state.id, ...input, ...offer.input, ...shown },
  }
}
