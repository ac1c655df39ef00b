import { HOUR, MINUTE, policyFor, projectOf } from '@embargo/core'
import type { EffectHandler } from '../context.ts'
import { CannotPerform, NotNeeded, NotYet } from '../effect-errors.ts'

/** How often GitHub is asked whether it has assigned the id, which takes days or weeks. */
const LOOK_MS = HOUR

/**
 * How often we check whether the case has an advisory at GitHub. The check looks only at the state of the case and
 * calls no service.
 */
const WAIT_MS = 5 * MINUTE

/** Stored with the effect once GitHub has our request. From then on, we only read the advisory. */
const ASKED = new TextEncoder().encode('asked')

/**
 * Requests a CVE id from GitHub for the advisory of the case, and then waits until the advisory has an id. If the
 * answer to the request is lost, it is safe to send the request again, because GitHub refuses a second request.
 */
export const requestCve: EffectHandler<'request-cve'> = {
  kind: 'request-cve',
  notNeeded: () => ({ is: 'done' }),
  refused: (_effect, because) => ({ is: 'cve-refused', because }),
  async perform({ deps, outside, world, recorded, rendered, keepRendered, begin }) {
    const { case: state } = world
    const { reservation, id } = state?.cve ?? {}
    if (state === undefined || id !== undefined || reservation?.at !== recorded.at)
      throw new NotNeeded('The case has an id already, or this request has ended.')
    const opened = state.advisoryLink?.published?.link ?? state.advisoryLink?.opened?.link
    if (opened === undefined) throw new NotYet('The case has no advisory at GitHub yet.', WAIT_MS)
    // Every text contains the CVE id. If the id came while people are asked for an approval, the texts would change and
    // the approval request would be void.
    if (state.approvals.some(({ status }) => status === 'open'))
      throw new NotYet('Somebody is asked for an approval in this case. GitHub is asked afterwards.', WAIT_MS)
    const target = outside.targets?.get('github')
    if (target?.cveOf === undefined)
      throw new CannotPerform(
        'This process cannot reach GitHub, but got a request for it. Please report this as a bug.',
      )
    const asks = rendered === undefined
    await begin()
    const cve = await target.cveOf({ project: projectOf(policyFor(deps.policy.policy, state), state), opened, asks })
    if (cve !== undefined) return { outcome: { is: 'cve-assigned', cve }, evidence: `${cve} at GitHub` }
    if (asks) await keepRendered(ASKED)
    throw new NotYet('GitHub has not assigned an id yet. This can take days or weeks.', LOOK_MS)
  },
}
