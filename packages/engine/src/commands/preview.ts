import { mergeIdentities, canonicalJson, previewCommand, Sha256, pendingCommand, withDates } from '@embargo/core'
import type {
  ApprovedDocument,
  ApprovedMail,
  CaseId,
  CaseState,
  CommandPreview,
  Instant,
  Refusal,
  ShownCommand,
  World,
} from '@embargo/core'
import { createHash } from 'node:crypto'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { IrreversibleRequest, Preview } from './command.ts'
import { arrange } from '../projections/world.ts'
import type { Deps } from '../deps.ts'
import { contentDigest } from '../letters/content-digest.ts'
import { withFindings } from '../documents/content-findings.ts'
import { renderDocuments } from './document-sections.ts'
import { sizeRefusal } from './mail-size.ts'
import type { PlannedSize } from './mail-size.ts'
import { relayRefusal } from './relay-gate.ts'
import { renderSection } from './preview-section.ts'
import type { Section } from './preview-section.ts'

/**
 * Renders every mail of an irreversible command, to each addressee, without sending any. The digest identifies what
 * people decide about. The mails are rendered as of a fixed time, so the digest does not depend on when they are sent.
 */
export async function preview(deps: Deps, request: IrreversibleRequest, at: Instant): Promise<Preview | Refusal> {
  const before = mergeIdentities(
    deps.policy.policy,
    await withFindings(deps, arrange(await deps.loadWorld(request.case), request.case), { request, at }),
  )
  const { case: theCase } = before
  if (theCase === undefined)
    return refusal('makes-sense', `There is no case ${request.case}.`, 'names a case that exists')
  const waiting = request.verb === 'approve' ? waitingCommandIn(theCase, request) : request
  if ('gate' in waiting) return waiting
  const preview = previewCommand(deps.policy.policy, before, waiting, at)
  if (preview === undefined || 'gate' in preview)
    return preview ?? refusal('makes-sense', `There is no case ${request.case}.`, 'names a case that exists')
  const world = preview.after === undefined ? before : withCase(before, preview.after)
  const untold = relayRefusal(deps, request, before)
  if (untold !== undefined) return untold
  try {
    const rendered = await renderMails(deps, { ...world, case: preview.after ?? theCase }, preview, at)
    const { mails, sizes } = rendered
    const tooLarge = await sizeRefusal(deps, sizes, world)
    if (tooLarge !== undefined) return tooLarge
    const { documents, sections: documentSections } = renderDocuments(deps, world, preview, at)
    const sections = documents.length === 0 ? rendered.sections : [...rendered.sections, ...documentSections]
    const { blob } = await deps.blobs.put(theCase.id, new TextEncoder().encode(JSON.stringify({ sections })))
    return { digest: previewDigest(preview, sections, mails, documents), blob, sections, mails, documents }
  } catch (error) {
    if (error instanceof CannotPerform) return refusal('texts-complete', error.message, 'completes the case')
    throw error
  }
}

/** The given states, but with the case as it will be after the command. */
const withCase = (world: World, after: CaseState): World => ({
  ...world,
  case: after,
  others: new Map(world.others).set(after.id, after),
})

/** The waiting command that is about to be approved. */
function waitingCommandIn(
  theCase: CaseState,
  request: Extract<IrreversibleRequest, { verb: 'approve' }>,
): ShownCommand | Refusal {
  const open = theCase.approvals.filter(
    ({ id, status }) => status === 'open' && (request.approval === undefined || id === request.approval),
  )
  const [only, another] = open
  if (only === undefined) return refusal('makes-sense', 'Nothing waits for approval.', 'asks for it first')
  if (another !== undefined)
    return refusal(
      'makes-sense',
      'Several requests wait for approval, so name one of them.',
      `names the one that is meant, such as ${only.id}`,
    )
  return pendingCommand(only)
}

type RenderedMails = {
  readonly mails: readonly ApprovedMail[]
  readonly sections: readonly Section[]
  readonly sizes: readonly PlannedSize[]
}

async function renderMails(
  deps: Deps,
  world: World & { readonly case: CaseState },
  { waiting, sentences, mails: plan, releaseAt, about, moved, headsUp, because, mailed }: CommandPreview,
  at: Instant,
): Promise<RenderedMails> {
  // A publication that is approved in advance begins at a later time, `from`. Its mails will contain the times of that
  // day, so the preview renders the mails as of `from`.
  const now = waiting.verb === 'disclose' && waiting.from !== undefined && waiting.from > at ? waiting.from : at
  const context = {
    deps,
    ...(releaseAt !== undefined && { releaseAt }),
    ...(moved && { moved }),
    ...(headsUp && { headsUp }),
    ...(because !== undefined && { because }),
    ...(mailed && { event: mailed }),
  }
  const mails: ApprovedMail[] = []
  const sizes: PlannedSize[] = []
  const sections: Section[] =
    sentences.length > 0 ? [{ title: 'What it does', text: sentences.map(withDates).join('\n') }] : []
  for (const planned of plan) {
    const cases = planned.cases ?? about
    const seen = { ...context, world: cases === undefined ? world : withCases(world, cases) }
    mails.push(await contentDigest(planned, seen))
    const { section, size } = await renderSection(planned, { ...seen, now, publishedAt: now })
    sections.push(section)
    if (size !== undefined) sizes.push(size)
  }
  return { mails, sizes, sections: sections.length > 0 ? sections : [NO_MAIL] }
}

/**
 * The world as it will be when the mails are sent: only `cases` are still in the release, and the others were dropped.
 * A release lists its dropped cases only if recipients were told about the release.
 */
function withCases<W extends World>(world: W, cases: readonly CaseId[]): W {
  const { release } = world
  if (release === undefined) return world
  const remaining = release.prenotified.length === 0 ? [] : release.cases.filter((id) => !cases.includes(id))
  const dropped = [...(release.dropped ?? []), ...remaining]
  return { ...world, release: { ...release, cases, ...(dropped.length > 0 && { dropped }) } }
}

const NO_MAIL: Section = { title: 'No mail', text: 'Nobody would be mailed.' }

// The parts are hashed as one JSON text. JSON quotes every string, so no string can imitate the boundary between two
// parts.
function previewDigest(
  { waiting, sentences }: CommandPreview,
  sections: readonly Section[],
  mails: readonly ApprovedMail[],
  documents: readonly ApprovedDocument[],
): Sha256 {
  const titles = sections.map(({ title }) => title)
  // An empty list of documents is left out. So a preview without documents has the same digest as in older versions of
  // Embargo, in which no preview contained documents.
  const content = [waiting, sentences, titles, mails, ...(documents.length === 0 ? [] : [documents])]
  return Sha256.parse(createHash('sha256').update(canonicalJson(content)).digest('hex'))
}

function refusal(gate: Refusal['gate'], because: string, instruction: string): Refusal {
  return { gate, because, facts: {}, liftedBy: [{ who: 'a team member', how: instruction }] }
}
