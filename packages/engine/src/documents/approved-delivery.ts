import { z } from 'zod'
import { policyFor, projectOf, stepOf } from '@embargo/core'
import type { CaseState, EffectId, ReleaseState, TargetName } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import type { Correction, Delivery } from '../ports/publication-target.ts'
import { documentDigest } from './document-digest.ts'
import { contentOf } from './step-documents.ts'

/** What an earlier attempt delivered or may have delivered. */
export const KeptContent = z.object({
  documents: z.array(z.object({ name: z.string(), text: z.string() })).readonly(),
  versions: z
    .array(
      z.object({
        package: z
          .object({ ecosystem: z.string(), name: z.string(), purl: z.string().exactOptional() })
          .exactOptional(),
        version: z.string(),
      }),
    )
    .readonly(),
})
export type KeptContent = z.infer<typeof KeptContent>

type DeliveryRequest = Pick<Delivery, 'step'> & {
  readonly effect: EffectId
  readonly state: CaseState
  readonly release: ReleaseState
}

/**
 * What a step publishes for a case. This must be exactly what two people approved. So the function throws if the
 * content is different now, for example because the policy or the program was changed after the approval.
 *
 * @throws CannotPerform with what differs, and what to do
 */
export function approvedDelivery(
  { policy }: Pick<Deps, 'policy'>,
  { effect, step, state, release }: DeliveryRequest,
  kept?: KeptContent,
): Delivery {
  const approved = release.documents?.find((one) => one.step === step && one.case === state.id)
  if (approved === undefined) throw new CannotPerform('Nobody approved this document, so it is not published.')
  const source = { policy, state, release }
  const { words } = documentDigest(approved, source)
  if (words !== approved.words) throw new CannotPerform(differs(approved.policy === policy.hash))
  const { startedAt, publicAt = startedAt } = release
  if (startedAt === undefined || publicAt === undefined) throw new CannotPerform('The publication has not begun.')
  const { documents, versions } = kept ?? contentOf(step, { ...source, publishedAt: publicAt })
  const former = formerOf(step, { state, release })
  const { opened, published } = state.advisoryLink ?? {}
  const link = release.correction === undefined ? opened?.link : (published?.link ?? opened?.link)
  return {
    effect,
    step,
    case: state.id,
    project: projectOf(policyFor(policy.policy, state), state),
    documents: documents
      .filter((one) => !('format' in one) || one.format !== 'markdown' || mayReplacePage(step, { state, release }))
      .map(({ name, text }) => ({ name, text })),
    versions,
    startedAt,
    ...(link === undefined ? {} : { opened: link }),
    ...(link === opened?.link && opened?.revision !== undefined ? { seen: opened.revision } : {}),
    ...(state.cve?.id === undefined ? {} : { cve: state.cve.id }),
    ...(former === undefined ? {} : { former }),
    ...(release.correction === undefined ? {} : { correction: correctionOf(state) }),
  }
}

type OfCase = Pick<DeliveryRequest, 'state' | 'release'>

/** The marks by which the target recognises everything that this program put there for the case. */
function formerOf(step: DeliveryRequest['step'], { state, release }: OfCase): string | undefined {
  const target = targetOf(step)
  const marks = [...(release.former ?? []), ...(release.deliveries ?? [])].flatMap((one) =>
    one.case === state.id && targetOf(one.step) === target && one.mark !== undefined ? [one.mark] : [],
  )
  return marks.length === 0 ? undefined : [...new Set(marks)].join('\n')
}

const targetOf = (step: DeliveryRequest['step']): TargetName | undefined => {
  const found = stepOf(step)
  return found.kind === 'document' ? found.target : undefined
}

/**
 * Whether the step may replace the Markdown page in the file tree. The last step, `records`, adds the new links to the
 * page only if this program wrote the page.
 */
const mayReplacePage = (step: DeliveryRequest['step'], { state, release }: OfCase): boolean =>
  step !== 'records' ||
  release.deliveries?.some((one) => one.step === 'file-tree' && one.case === state.id && one.mark !== undefined) ===
    true

/** The reason for the withdrawal, if the record is withdrawn. */
function correctionOf({ corrections = [] }: CaseState): Correction {
  const last = corrections.at(-1)
  return last?.withdrawn === true ? { withdrawn: last.reason } : {}
}

function differs(samePolicy: boolean): string {
  const [why, back] = samePolicy
    ? [
        'The policy is unchanged since the approval: either Embargo was changed, or the data of a reporter was erased.',
        'Go back to the earlier version of Embargo',
      ]
    : ['The policy was changed since the approval.', 'Undo the policy change that affects this content, restart']
  return `The content differs from what was approved, so nothing was published. ${why} ${back} and try again; or publish by hand what was approved.`
}
