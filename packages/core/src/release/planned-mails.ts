import type { CaseState } from '../case/state.ts'
import type { ApprovedMail } from '../events/approved-mail.ts'
import { projectOf } from '../policy/project.ts'
import type { Policy } from '../policy/schema.ts'
import type { ReleaseState } from './state.ts'
import { stepsFor } from './steps/index.ts'
import { implicitRelease } from './stream.ts'

/** One mail that an irreversible command would send. */
export type PlannedMail = {
  readonly title: string
  readonly letter: ApprovedMail['letter']
  readonly to: ApprovedMail['to']
}

/** One mail to each recipient of the lists, and the public heads-up. */
export function prenotificationMails(policy: Policy, theCase: CaseState): readonly PlannedMail[] {
  const mails = policy.prenotification.lists.flatMap((list) =>
    list.recipients.map(({ id, name }): PlannedMail => ({
      title: `Pre-notification to ${name}`,
      letter: 'prenotification',
      to: { kind: 'recipient', list: list.id, recipient: id },
    })),
  )
  const { headsUp } = policy.prenotification
  const announced = projectOf(policy, theCase).announce !== undefined && headsUp.includes(theCase.severity ?? 'high')
  if (!announced) return mails
  return [...mails, { title: 'Heads-up, public', letter: 'heads-up', to: { kind: 'public', list: 'announce' } }]
}

/** The mails of the publication’s steps, in the order of the steps. */
export function publicationMails(
  policy: Policy,
  theCase: CaseState,
  release: ReleaseState | undefined,
): readonly PlannedMail[] {
  const context = { policy, project: projectOf(policy, theCase), release: release ?? alone(theCase), cases: [theCase] }
  return stepsFor(context).flatMap((step) =>
    step.addressees(context).map((to) => ({ title: step.title, letter: step.letter, to })),
  )
}

// A case that goes alone has no release yet, and so nobody who was told before.
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
