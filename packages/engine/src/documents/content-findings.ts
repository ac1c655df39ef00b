import {
  hasWord,
  isLive,
  mergeIdentities,
  pendingCommand,
  policyFor,
  previewCommand,
  projectOf,
  publicationDocuments,
  publishableCases,
  secretWords,
  statedTexts,
} from '@embargo/core'
import type {
  CaseState,
  ContentFinding,
  Instant,
  PersonRequest,
  PlannedDocument,
  ShownCommand,
  State,
  World,
} from '@embargo/core'
import { crossCheck, releaseWording } from '@embargo/documents'
import type { CaseRecord, ReleaseContent, WrittenDocument, WrittenText } from '@embargo/documents'
import { releaseCases } from '../letters/gather-material.ts'
import { AT, correctionTexts, otherTexts, possible, publicTexts, templatesOf } from './release-texts.ts'
import type { TextDeps } from './release-texts.ts'
import { approvedContentOf, approvedRecord } from './step-documents.ts'

type CachedFindings = {
  readonly policy: string
  readonly seen: readonly (State | undefined)[]
  readonly findings: readonly ContentFinding[]
}

/** The last findings of a case. They change only when a state or the policy changes. */
const known = new WeakMap<CaseState, CachedFindings>()

/** The command for which the content is checked, and the time of the check. */
type CheckedCommand = { readonly request: PersonRequest; readonly at: Instant }

/**
 * Checks what a publication or a correction would make public, and adds the findings to the world. The texts and
 * documents must agree with each other and with the case, and must contain no secret.
 */
export async function withFindings<W extends World>(deps: TextDeps, world: W, checked?: CheckedCommand): Promise<W> {
  const { case: state, release, others } = world
  if (state === undefined) return world
  if (release?.startedAt !== undefined) return withCorrectionFindings(deps, world, checked)
  if (!isWritten(state)) return world
  const seen = [release, ...others.values()]
  const before = known.get(state)
  const isSame =
    before?.policy === deps.policy.hash &&
    before.seen.length === seen.length &&
    before.seen.every((one, index) => one === seen[index])
  if (isSame) return { ...world, findings: before.findings }
  const findings = await contentFindings(deps, mergeIdentities(deps.policy.policy, world))
  known.set(state, { policy: deps.policy.hash, seen, findings })
  return { ...world, findings }
}

/** The world with the findings about what a correction would publish, if the command makes or approves a correction. */
async function withCorrectionFindings<W extends World>(deps: TextDeps, world: W, checked?: CheckedCommand): Promise<W> {
  const known = mergeIdentities(deps.policy.policy, world)
  const correction =
    checked === undefined || known.case === undefined ? undefined : correctionIn(known.case, checked.request)
  if (checked === undefined || correction === undefined) return world
  const planned = previewCommand(deps.policy.policy, known, correction, checked.at)
  if (planned === undefined || 'gate' in planned || planned.after === undefined) return world
  const { after, documents } = planned
  const corrected = { ...known, case: after, others: new Map(known.others).set(after.id, after) }
  const isToldInPublic = planned.mails.some(({ to }) => to.kind === 'public')
  const texts = isToldInPublic ? await correctionTexts(deps, corrected) : []
  const written = documentsOf(deps, corrected, { cases: [after], documents })
  return {
    ...world,
    findings: findingsIn(deps, corrected, {
      cases: [after],
      together: releaseCases(corrected, after),
      documents: written,
      texts,
    }),
  }
}

/** The correction that the command asks for or approves. */
function correctionIn(state: CaseState, request: PersonRequest): ShownCommand | undefined {
  switch (request.verb) {
    case 'correct':
    case 'correct.cve':
    case 'correct.withdraw':
      return request
    case 'approve': {
      const waiting = state.approvals.find(
        ({ id, status }) => status === 'open' && (request.approval === undefined || request.approval === id),
      )
      const asked = waiting && pendingCommand(waiting)
      return asked && correctionIn(state, asked)
    }
    default:
      return undefined
  }
}

const isWritten = ({ rm, advisory, severity }: CaseState): boolean =>
  rm === 'accepted' && advisory !== undefined && severity !== undefined

async function contentFindings(deps: TextDeps, world: World): Promise<readonly ContentFinding[]> {
  const { policy: whole } = deps.policy
  const { case: state, release, others } = world
  if (state === undefined) return []
  const live = isLive(release) ? release : undefined
  const { goes } = publishableCases({
    whole,
    policy: policyFor(whole, state),
    state,
    release,
    others,
    at: AT,
    request: { verb: 'disclose', case: state.id },
  })
  const cases = goes.length === 0 ? [state] : goes
  const documents = publicationDocuments(whole, cases, { release, others })
  return findingsIn(deps, world, {
    cases,
    together: cases,
    documents: documentsOf(deps, world, { cases, documents }),
    texts: await publicTexts(deps, { ...world, case: state }, { cases, isToldAhead: live?.is === 'prenotified' }),
    others: await otherTexts(deps, { ...world, case: state }, cases),
    templates: templatesOf(policyFor(whole, state), cases),
  })
}

type FoundIn = Pick<ReleaseContent, 'documents' | 'texts'> & {
  readonly cases: readonly CaseState[]
  /** The cases that the texts are allowed to name. */
  readonly together: readonly CaseState[]
  /** Further texts that are written from the case and a template, such as pages. Only their facts are compared. */
  readonly others?: readonly WrittenText[]
  readonly templates?: readonly WrittenText[]
}

/** Finds what is wrong in these documents and texts about these cases. */
function findingsIn(
  deps: TextDeps,
  { release }: Pick<World, 'release'>,
  { cases, together, others = [], ...written }: FoundIn,
): readonly ContentFinding[] {
  const { policy: whole } = deps.policy
  const [first] = cases
  if (first === undefined) return []
  const records = cases.map((one): CaseRecord =>
    approvedRecord('records', { policy: deps.policy, state: one, release }, AT),
  )
  const content = { records, ...written }
  const ofReporters = cases.flatMap(({ reports }) => reports.flatMap(({ identity }) => identity.value ?? []))
  const unnamed = ofReporters.flatMap((one) => [...(one.name === undefined ? [] : [one.name]), one.address])
  const stated = cases.flatMap((one) => statedTexts(one).map(({ text }) => text))
  const secret = secretWords(whole, first, together)
  const { name, product, vendor, publisher } = projectOf(policyFor(whole, first), first)
  const own = [name, product, vendor, publisher?.name].filter((one) => one !== undefined)
  // If a recipient is also the vendor, the name is no secret, because every text contains it.
  const recipients = secret.recipients.filter((one) => own.every((words) => !hasWord(words, one)))
  const found = [
    ...crossCheck({ ...content, texts: [...content.texts, ...others], unnamed }),
    ...releaseWording({ ...content, stated }, { ...secret, recipients }),
  ]
  return found.flatMap(({ caseNumber, where, because, ...more }, index) => {
    const of = cases.find(({ id }) => id === caseNumber)
    const isFirst = found.findIndex((one) => one.where === where && one.because === because) === index
    return of === undefined || !isFirst ? [] : [{ case: of.id, where, because, ...more }]
  })
}

function documentsOf(
  deps: TextDeps,
  { release }: Pick<World, 'release'>,
  {
    cases,
    documents: planned,
  }: { readonly cases: readonly CaseState[]; readonly documents: readonly PlannedDocument[] },
): readonly WrittenDocument[] {
  return planned.flatMap(({ step, case: of }) => {
    const state = cases.find(({ id }) => id === of)
    if (state === undefined) return []
    const { documents } = possible(() => approvedContentOf(step, { policy: deps.policy, state, release }, AT)) ?? {}
    return (documents ?? []).map(({ format, text }) => ({ caseNumber: of, format, text }))
  })
}
