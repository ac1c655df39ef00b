import type { Append } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import type { ApprovedDocument, StepId } from '../../events/step-id.ts'
import { endingEmbargo } from '../../state/embargo/ending.ts'
import type { CaseId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PublishableCases } from '../../gates/publishable.ts'
import { VOID_CAUSES, voidedBy } from '../approvals/void-causes.ts'
import { leavingAppend } from './leave-release.ts'
import { STEPS } from '../../effects/publication/steps.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import { implicitRelease } from '../../vocabulary/stream.ts'
import { publishUnverified } from '../../state/release/unverified-fix.ts'

type Beginning = PublishableCases & {
  readonly at: Instant
  readonly release: ReleaseState | undefined
  readonly digest: Sha256
  readonly mails: readonly ApprovedMail[]
  readonly documents: readonly ApprovedDocument[]
  /** Why one of the cases (`unfixedOf`) is published without a fix. */
  readonly unfixed?: string
  readonly unfixedOf?: CaseId
}

/** The steps that have something to do, in order. */
export const stepsIn = (mails: readonly ApprovedMail[], documents: readonly ApprovedDocument[]): StepId[] =>
  STEPS.filter((step) =>
    step.kind === 'mail'
      ? mails.some(({ letter }) => letter === step.letter)
      : documents.some((one) => one.step === step.id),
  ).map((step) => step.id)

/** The field `documents` of an event. A publication without documents does not have the field. */
export const documentsIn = (documents: readonly ApprovedDocument[]) =>
  documents.length === 0 ? {} : { documents: [...documents] }

/**
 * The events that begin a publication. They are stored in one transaction before anything is sent.
 * For every published case they record that the vulnerability is public and that the embargo ends. For the release they
 * record the approved steps and the cases that are left out.
 */
export function beginning({
  at,
  release,
  goes,
  stays,
  digest,
  mails,
  documents,
  unfixed,
  unfixedOf,
}: Beginning): readonly Append[] {
  const [first] = goes
  if (first === undefined) return []
  const id = release?.id ?? implicitRelease(first.id, first.releasesSoFar + 1)
  const steps = stepsIn(mails, documents)
  const alone: readonly ReleaseEvent[] =
    release === undefined
      ? [
          { type: 'ReleasePlanned', implicit: true },
          { type: 'CaseAdded', case: first.id },
          { type: 'ReleaseScheduled', at },
        ]
      : []
  const cause = {
    ...(unfixed === undefined ? {} : { unfixed }),
    ...(unfixedOf === undefined ? {} : { unfixedOf }),
  }
  const dropped = stays.map(({ state, refusal }): ReleaseEvent => ({
    type: 'CaseDropped',
    case: state.id,
    reason: refusal.because,
  }))
  const nothingToDo: readonly ReleaseEvent[] = steps.length === 0 ? [{ type: 'Disclosed' }] : []
  const joined: readonly CaseEvent[] = release === undefined ? [{ type: 'ReleaseJoined', release: id }] : []
  return [
    ...goes.map((state): Append => ({ stream: state.id, events: [...joined, ...published(state, digest)] })),
    ...(release === undefined ? [] : stays.map(({ state }) => leavingAppend(state, release))),
    {
      stream: id,
      events: [
        ...alone,
        ...dropped,
        { type: 'DisclosureStarted', steps, digest, mails, ...documentsIn(documents), ...cause },
        ...nothingToDo,
      ],
    },
  ]
}

const published = (state: CaseState, approved: Sha256): readonly CaseEvent[] => [
  ...voidedBy(VOID_CAUSES.publication, state, { approved }),
  // A case is usually accepted when somebody is assigned to the patch. If nobody was assigned, the case is accepted
  // now.
  ...(state.rm === 'valid' ? [{ type: 'CaseAccepted' } as const] : []),
  ...publishUnverified(state),
  ...endingEmbargo(state.em, 'released'),
  ...ourPublication(state),
]

/**
 * Our first publication is recorded even if somebody else published before us, because some deadlines are counted from
 * our own publication.
 */
export const ourPublication = ({ publishedAt }: CaseState): readonly CaseEvent[] =>
  publishedAt === undefined ? [{ type: 'VulnerabilityPublic', because: 'our-publication' }] : []
