import { implicitRelease, projectOf, stepsFor } from '@embargo/core'
import type { Addressee, CaseState, Instant, LetterName, Policy, ReleaseState, Waiting, World } from '@embargo/core'

/** One mail that an irreversible command would send. */
export type PlannedMail = { readonly title: string; readonly letter: LetterName; readonly to: Addressee }

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
    steps: [],
    delivered: [],
    parked: [],
  }
}

/** The planned instant that the texts name. */
export function plannedInstant(world: World, waiting: Waiting): Instant | undefined {
  return waiting.verb === 'prenotify' ? waiting.at : world.release?.at
}
