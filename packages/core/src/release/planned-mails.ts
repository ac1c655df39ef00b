import type { Addressee } from '../case/command.ts'
import type { Waiting } from '../case/commands/approve.ts'
import type { World } from '../case/decision.ts'
import type { CaseState } from '../case/state.ts'
import type { ApprovedMail } from '../events/approved-mail.ts'
import { projectOf } from '../policy/project.ts'
import type { Policy } from '../policy/schema.ts'
import type { Instant } from '../shared/instant.ts'
import type { ReleaseState } from './state.ts'
import { stepsFor } from './steps/index.ts'
import { implicitRelease } from './stream.ts'

/** One mail that an irreversible command would send. */
export type PlannedMail = {
  readonly title: string
  readonly letter: ApprovedMail['letter']
  readonly to: Addressee
}

/** Every mail of a command, in the order in which they leave. */
export function plannedMails(
  policy: Policy,
  world: World & { readonly case: CaseState },
  waiting: Waiting,
): readonly PlannedMail[] {
  return waiting.verb === 'prenotify' ? prenotification(policy, world.case) : publication(policy, world)
}

function prenotification(policy: Policy, theCase: CaseState): readonly PlannedMail[] {
  const mails = policy.prenotification.lists.flatMap((list) =>
    list.recipients.map(({ id, name }): PlannedMail => ({
      title: `Pre-notification to ${name}`,
      letter: 'prenotification',
      to: { kind: 'recipient', list: list.id, recipient: id },
    })),
  )
  if (projectOf(policy, theCase).announce === undefined) return mails
  return [...mails, { title: 'Heads-up, public', letter: 'heads-up', to: { kind: 'public', list: 'announce' } }]
}

function publication(
  policy: Policy,
  { case: theCase, release }: World & { readonly case: CaseState },
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

/** The planned instant that the texts name. */
export function plannedInstant(world: World, waiting: Waiting): Instant | undefined {
  return waiting.verb === 'prenotify' ? waiting.at : world.release?.at
}
