import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import { projectOf } from '../../state/project.ts'
import { policyFor } from '../../state/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { answerableReports } from '../../state/report/reachability.ts'
import { outdatedHeadsUp } from '../../state/release/heads-up.ts'
import { holdersOf, isToldOf, toldOf } from '../../state/release/holders.ts'
import { announcesAhead, isSuspected, listsToldOf } from '../../state/release/advance-notice.ts'
import type { PrenotifiedRecipient, ReleaseState } from '../../state/release/state.ts'
import type { CaseId } from '../../shared/ids.ts'
import { MAIL_STEPS } from './steps.ts'
import type { StepContext } from './steps.ts'
import { implicitRelease } from '../../vocabulary/stream.ts'

/** One mail that an irreversible command would send. */
export type PlannedMail = {
  readonly title: string
  readonly letter: ApprovedMail['letter']
  readonly to: ApprovedMail['to']
  /** The cases that this mail is about, if they differ from those of the command's other mails. */
  readonly cases?: readonly CaseId[]
}

/** The recipients who get no mail because details of one of the cases may have leaked through them. */
export const leftOut = (whole: Policy, cases: readonly CaseState[]): readonly string[] =>
  listsToldOf(whole, cases).flatMap(({ list }) =>
    list.recipients.filter(({ id }) => isSuspected(cases, list.id, id)).map(({ name }) => name),
  )

/**
 * The mails of a pre-notification: one to each recipient of the lists and, if there is one, the public heads-up. A
 * recipient through whom details may have leaked gets no mail.
 */
export function prenotificationMails(whole: Policy, cases: readonly CaseState[]): readonly PlannedMail[] {
  const mails = listsToldOf(whole, cases).flatMap(({ list }) =>
    list.recipients
      .filter(({ id }) => !isSuspected(cases, list.id, id))
      .map(({ id, name }): PlannedMail => ({
        title: `Pre-notification to ${name}`,
        letter: 'prenotification',
        to: { kind: 'recipient', list: list.id, recipient: id },
      })),
  )
  if (!announcesAhead(whole, cases)) return mails
  return [...mails, { title: 'Heads-up, public', letter: 'heads-up', to: { kind: 'public', list: 'announce' } }]
}

/** The mails of the publication’s steps, in the order of the steps. */
export function publicationMails(
  whole: Policy,
  cases: readonly CaseState[],
  seen: { readonly release?: ReleaseState | undefined; readonly others: World['others'] },
): readonly PlannedMail[] {
  const context = publicationContext(whole, cases, seen)
  if (context === undefined) return []
  return MAIL_STEPS.flatMap((step) =>
    step.addressees(context).map((to) => ({ title: step.title, letter: step.letter, to })),
  )
}

/** The facts about these cases that each step of a publication needs to decide whether it has something to do. */
export function publicationContext(
  whole: Policy,
  cases: readonly CaseState[],
  seen: Parameters<typeof publicationMails>[2],
): StepContext | undefined {
  const [first] = cases
  if (first === undefined) return undefined
  const policy = policyFor(whole, first)
  const { release = alone(first) } = seen
  return { policy, project: projectOf(policy, first), release, cases, holders: holdersNow(whole, cases, seen) }
}

/**
 * The recipients who have patches of any of the cases, each listed once. A recipient who is no longer in the policy has
 * no address and is left out.
 */
function holdersNow(
  { prenotification }: Policy,
  cases: readonly CaseState[],
  seen: Parameters<typeof holdersOf>[1],
): readonly PrenotifiedRecipient[] {
  const holders = cases.flatMap((one) => holdersOf(one, seen))
  return prenotification.lists.flatMap((list) =>
    list.recipients.flatMap(({ id }) => holders.find((one) => one.list === list.id && one.recipient === id) ?? []),
  )
}

/** The mails to the reporters of these cases. A reporter who cannot be reached gets no mail. */
export const reportersOf = (cases: readonly CaseState[], letter: 'slipped', title: string): readonly PlannedMail[] =>
  cases.flatMap((one) =>
    answerableReports(one).map(({ id }): PlannedMail => ({ title, letter, to: { kind: 'report', report: id } })),
  )

export const HEADS_UP_CORRECTED: PlannedMail = {
  title: 'Correction of the heads-up, public',
  letter: 'heads-up-corrected',
  to: { kind: 'public', list: 'announce' },
}

/**
 * The mails that say that the old date no longer applies. They go to recipients and reporters, and to the public if a
 * public heads-up was approved.
 */
export function slippedMails(
  whole: Policy,
  cases: readonly CaseState[],
  release: ReleaseState,
): readonly PlannedMail[] {
  // A recipient who was told only about a case that has left the release gets no mail about the other cases.
  const holders = trusted(release).filter((one) => cases.some(({ id }) => isToldOf(one, id)))
  const recipients = holders.map(({ list, recipient }): PlannedMail => ({
    title: `To ${nameOf(whole, list, recipient)}: the planned date no longer holds`,
    letter: 'recipient-slipped',
    to: { kind: 'recipient', list, recipient },
  }))
  const announced = release.approved.some(({ letter }) => letter === 'heads-up')
  const corrected = announced ? [HEADS_UP_CORRECTED] : []
  return [
    ...recipients,
    ...corrected,
    ...reportersOf(cases, 'slipped', 'To the reporter: the planned date no longer holds'),
  ]
}

/**
 * The mails about a case that leaves its release. They go to the recipients who were told about the case, and to its
 * reporters. If the public heads-up is no longer true without the case, a correction of the heads-up is sent too.
 */
export function droppedMails(
  whole: Policy,
  state: CaseState,
  { release, rest }: { readonly release: ReleaseState; readonly rest: readonly CaseState[] },
): readonly PlannedMail[] {
  const recipients = toldOf(release, state).map(({ list, recipient }): PlannedMail => ({
    title: `To ${nameOf(whole, list, recipient)}: the case is no longer in the release`,
    letter: 'recipient-dropped',
    to: { kind: 'recipient', list, recipient },
  }))
  const corrected =
    outdatedHeadsUp(release, rest) === undefined ? [] : [{ ...HEADS_UP_CORRECTED, cases: rest.map(({ id }) => id) }]
  return [
    ...recipients,
    ...corrected,
    ...reportersOf([state], 'slipped', 'To the reporter: the case is no longer in the release'),
  ]
}

/** The mails that send the changed notice to everybody who has old patches or texts of the changed cases. */
export const updateMails = (
  whole: Policy,
  changed: readonly CaseState[],
  release: ReleaseState,
): readonly PlannedMail[] => {
  const hear = new Set(changed.flatMap((one) => toldOf(release, one)))
  return trusted(release)
    .filter((one) => hear.has(one))
    .map(({ list, recipient }) => ({
      title: `To ${nameOf(whole, list, recipient)}: the changed notice`,
      letter: 'prenotification-update',
      to: { kind: 'recipient', list, recipient },
    }))
}

/** The recipients of this release, without those who were suspended because of a leak. */
const trusted = ({ prenotified }: ReleaseState): ReleaseState['prenotified'] =>
  prenotified.filter(({ suspendedAt }) => suspendedAt === undefined)

const nameOf = ({ prenotification }: Policy, list: string, recipient: string): string =>
  prenotification.lists.find(({ id }) => id === list)?.recipients.find(({ id }) => id === recipient)?.name ?? recipient

// A temporary release for a case that is published alone and has no release yet. The case gets its real release when
// the publication begins. `prenotified` is empty, because no recipient was told about the temporary release.
function alone({ id, releasesSoFar, lastEventAt }: CaseState): ReleaseState {
  return {
    kind: 'release',
    id: implicitRelease(id, releasesSoFar + 1),
    version: 0,
    is: 'planned',
    implicit: true,
    lastEventAt,
    cases: [id],
    prenotified: [],
    approved: [],
    steps: [],
    delivered: [],
    parked: [],
  }
}
