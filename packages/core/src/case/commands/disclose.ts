import { z } from 'zod'
import type { Append } from '../decision.ts'
import type { PersonRequest } from '../command.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { fixReady } from '../../policy/gates/fix-ready.ts'
import type { Context, Gate } from '../../policy/gates/gate.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { releaseDate } from '../../policy/gates/release-date.ts'
import { textsComplete } from '../../policy/gates/texts-complete.ts'
import { endingEmbargo } from '../../embargo/ending.ts'
import { publicationMails } from '../../release/planned-mails.ts'
import { STEPS } from '../../release/steps/index.ts'
import { implicitRelease } from '../../release/stream.ts'
import { CaseId } from '../../shared/ids.ts'
import { seatByPolicy } from '../second/seat.ts'
import type { Approved, Second } from '../second/second.ts'
import { askForApproval } from './approval.ts'
import type { Handler } from './handler.ts'

export type Disclose = Extract<PersonRequest, { verb: 'disclose' }>

export const DISCLOSE_GATES: readonly Gate[] = [accepted, publicationNotBegun, fixReady, textsComplete, releaseDate]

export const discloseTwice: Second<Disclose> = {
  waits: z.object({ verb: z.literal('disclose'), case: CaseId, unfixed: z.string().exactOptional() }),
  gates: DISCLOSE_GATES,
  seat: (context) => seatByPolicy(context, context.policy.approvals.disclose),
  complete: ({ request }) => request,
  foretold: ({ request }) =>
    request.unfixed === undefined ? [] : [`Nothing is fixed, and no fixed release is published: ${request.unfixed}`],
  mails: ({ policy, state, release }) => publicationMails(policy, state, release),
  releaseAt: ({ release }) => release?.at,
  run: disclosureBegun,
}

/** Shows every public text, then waits for the second person; their yes starts the publication. */
export const disclose: Handler<Disclose> = {
  gates: DISCLOSE_GATES,
  decide: (context) => askForApproval(context, discloseTwice),
}

/**
 * What the second yes appends, in one transaction and before anything public leaves: P, the end of the embargo, and the
 * plan of the publication (process, section 8).
 */
function disclosureBegun(context: Context<Disclose>, { digest, mails }: Approved): readonly Append[] {
  const { state } = context
  const planned = context.release
  const id = planned?.id ?? implicitRelease(state.id, state.releasesSoFar + 1)
  const steps = STEPS.filter((step) => mails.some(({ letter }) => letter === step.letter)).map((step) => step.id)
  const alone: readonly ReleaseEvent[] =
    planned === undefined
      ? [
          { type: 'ReleasePlanned', implicit: true },
          { type: 'CaseAdded', case: state.id },
          { type: 'ReleaseScheduled', at: context.at },
        ]
      : []
  const joined: readonly CaseEvent[] = planned === undefined ? [{ type: 'ReleaseJoined', release: id }] : []
  const lifted = endingEmbargo(state.em, 'released')
  const made: readonly CaseEvent[] =
    state.cs.public === undefined ? [{ type: 'VulnerabilityPublic', because: 'our-publication' }] : []
  const unfixed = context.request.unfixed === undefined ? {} : { unfixed: context.request.unfixed }
  const nothingToDo: readonly ReleaseEvent[] = steps.length === 0 ? [{ type: 'Disclosed' }] : []
  return [
    { stream: state.id, events: [...joined, ...lifted, ...made] },
    { stream: id, events: [...alone, { type: 'DisclosureStarted', steps, digest, mails, ...unfixed }, ...nothingToDo] },
  ]
}
