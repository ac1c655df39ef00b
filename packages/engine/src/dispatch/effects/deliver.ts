import { isEnded, later, LONGEST_WAIT } from '@embargo/core'
import type { CaseState, DocumentStepId, Instant, ReleaseState, StepId } from '@embargo/core'
import type { EffectContext, EffectHandler, EffectResult } from '../context.ts'
import { approvedDelivery, KeptContent } from '../../documents/approved-delivery.ts'
import { withSignatures } from '../../documents/signatures.ts'
import { CannotPerform, NeedsReview, NotNeeded, NotYet } from '../effect-errors.ts'
import type { DeliveryResult } from '../../ports/publication-target.ts'

/**
 * Performs a step of a publication at a target for one case. Before each delivery, the documents are made from the case
 * again, and they must be equal to what was approved.
 */
export const deliver: EffectHandler<'deliver'> = {
  kind: 'deliver',
  parked: ({ step, case: of }) => ({ step, case: of }),
  async perform(context) {
    const { effect, state: release, world, deps, outside, lookUp, rendered, keepRendered, begin, now } = context
    const theCase = world.case
    if (release.kind !== 'release' || theCase === undefined)
      throw new CannotPerform('The case of this document is not in the log.')
    const step = release.steps.find((one) => one.step === effect.step)
    // During a correction, only the deliveries that the correction began are needed, because it has its own documents.
    if (release.correction !== undefined && step?.begunBy !== effect.event)
      throw new NotNeeded('A correction has taken its place.')
    if (step?.leftOut !== undefined && !lookUp) throw new NotNeeded('The step was left out.')
    if (release.deliveries?.some((one) => one.step === effect.step && one.case === effect.case) === true)
      throw new NotNeeded('A person did it by hand.')
    if (release.held !== undefined)
      throw new NeedsReview('The release is on hold, so nothing of it leaves until two people say go.')
    if (effect.capability === 'practice')
      return performed(context, { is: 'done', evidence: 'kept here, published nowhere: this is a practice case' })
    // Outside practice cases, the `capability` of a delivery is the name of its target, and a process gets only effects
    // whose `capability` it has. So a missing target is a bug.
    const target = outside.targets?.get(effect.target)
    if (target === undefined || theCase.practice === true)
      throw new CannotPerform('This process cannot publish there, but got a document. Please report this as a bug.')
    const asked = { effect: effect.id, step: effect.step, state: theCase, release }
    const follows = ADVISORIES_BEFORE[effect.step]
    if (follows !== undefined && waitsForAdvisory(follows, release, theCase))
      throw new NotYet('It has to name the advisory, which is not public yet.')
    if (effect.step === 'records' && waitsForCveRecord(release, theCase, now))
      throw new NotYet('It should name the CVE record, which is still being published.')
    // Each further attempt delivers the same bytes. With other bytes, the target could not recognise what an earlier
    // attempt put there.
    const kept = rendered === undefined ? undefined : KeptContent.parse(JSON.parse(new TextDecoder().decode(rendered)))
    const delivery = await withSignatures(deps, approvedDelivery(deps, asked, kept), now)
    if (kept === undefined) {
      const { documents, versions } = delivery
      await keepRendered(new TextEncoder().encode(JSON.stringify({ documents, versions })))
    }
    await begin()
    return performed(context, await target.deliver({ ...delivery, lookUp }))
  },
}

/**
 * For each step that must come after the advisory: the steps that publish the advisory. By the CVE rules, a CVE record
 * must not be the first publication. The machine-readable records need the advisory's link.
 */
const ADVISORIES_BEFORE: Readonly<Partial<Record<DocumentStepId, readonly DocumentStepId[]>>> = {
  'cve-record': ['github-advisory', 'file-tree'],
  records: ['github-advisory'],
}

/** Whether a record has to wait because the advisory is not public yet. The mails do not wait for the advisory. */
const waitsForAdvisory = (
  advisories: readonly StepId[],
  { steps }: ReleaseState,
  { advisoryLink }: CaseState,
): boolean =>
  advisoryLink?.published === undefined && steps.some((one) => advisories.includes(one.step) && !isEnded(one))

/**
 * Whether the other records still wait for the CVE record, which should be public soon after the advisory at GitHub.
 * The wait is short, because a failure of CVE Services must not delay the other records.
 */
const waitsForCveRecord = ({ steps, parked }: ReleaseState, { advisoryLink }: CaseState, now: Instant): boolean =>
  advisoryLink?.published !== undefined &&
  now < later(advisoryLink.published.at, LONGEST_WAIT) &&
  steps.some((one) => one.step === 'cve-record' && one.begunAt !== undefined && !isEnded(one)) &&
  parked.every(({ step }) => step !== 'cve-record')

function performed({ effect }: EffectContext<'deliver'>, result: DeliveryResult): EffectResult {
  switch (result.is) {
    case 'later':
      throw new NotYet(result.because)
    case 'changed':
    case 'unknown':
      throw new CannotPerform(result.because)
    case 'done': {
      const { link, evidence, mark } = result
      const { step, case: of } = effect
      const linked = link === undefined ? {} : { link }
      const marked = mark === undefined ? {} : { mark }
      return { outcome: { is: 'delivered', step, case: of, evidence, ...linked, ...marked }, evidence }
    }
  }
}
