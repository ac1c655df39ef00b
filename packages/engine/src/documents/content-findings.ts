import {
  announcesAhead,
  hasWord,
  instant,
  isLive,
  mergeIdentities,
  pendingCommand,
  policyFor,
  previewCommand,
  projectOf,
  proposedRelease,
  publicationDocuments,
  publishableCases,
  secretWords,
  statedTexts,
  TEXT_NAMES,
  TEXT_TEMPLATES,
} from '@embargo/core'
import type {
  CaseState,
  ContentFinding,
  Instant,
  LetterName,
  PersonRequest,
  PlannedDocument,
  Policy,
  ShownCommand,
  State,
  TextName,
  World,
} from '@embargo/core'
import { CORRECTION, crossCheck, HEADS_UP, HEADS_UP_CORRECTED, releaseWording } from '@embargo/documents'
import type { CaseRecord, ReleaseContent, WrittenDocument, WrittenText } from '@embargo/documents'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { gatherMaterial, releaseCases } from '../letters/gather-material.ts'
import type { LetterContext } from '../letters/gather-material.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { approvedContentOf, approvedRecord } from './step-documents.ts'

/** A fixed time, so a finding is the same whenever it is looked for: a waiver covers exactly what people saw. */
const AT = instant(0)

type FindingsDeps = Pick<Deps, 'policy' | 'roots' | 'blobText' | 'readMail'>

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
export async function withFindings<W extends World>(
  deps: FindingsDeps,
  world: W,
  checked?: CheckedCommand,
): Promise<W> {
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

/** The world with the findings about what a correction would publish, if the command makes or approves one. */
async function withCorrectionFindings<W extends World>(
  deps: FindingsDeps,
  world: W,
  checked?: CheckedCommand,
): Promise<W> {
  const known = mergeIdentities(deps.policy.policy, world)
  const correction =
    checked === undefined || known.case === undefined ? undefined : correctionIn(known.case, checked.request)
  if (checked === undefined || correction === undefined) return world
  const planned = previewCommand(deps.policy.policy, known, correction, checked.at)
  if (planned === undefined || 'gate' in planned || planned.after === undefined) return world
  const { after, documents } = planned
  const corrected = { ...known, case: after, others: new Map(known.others).set(after.id, after) }
  const isToldInPublic = planned.mails.some(({ to }) => to.kind === 'public')
  const texts = await correctionTexts(deps, corrected, isToldInPublic)
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

/** The mail about the correction, as the public lists get it. */
async function correctionTexts(
  deps: FindingsDeps,
  world: World & { readonly case: CaseState },
  isToldInPublic: boolean,
): Promise<readonly WrittenText[]> {
  const { id } = world.case
  const release = world.release === undefined ? {} : { release: { ...world.release, cases: [id] } }
  const to = { kind: 'public', list: 'announce' } as const
  const text = isToldInPublic
    ? await textOf(deps, 'correction', { world: { ...world, ...release }, to, releaseAt: AT })
    : undefined
  return text === undefined ? [] : [{ name: CORRECTION, cases: [id], text }]
}

const isWritten = ({ rm, advisory, severity }: CaseState): boolean =>
  rm === 'accepted' && advisory !== undefined && severity !== undefined

async function contentFindings(deps: FindingsDeps, world: World): Promise<readonly ContentFinding[]> {
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
    texts: await textsOf(deps, { ...world, case: state }, { cases, isToldAhead: live?.is === 'prenotified' }),
    templates: templatesOf(policyFor(whole, state), cases),
  })
}

/** The texts that `textsOf` writes whole, so that their templates need no check of their own. */
const WRITTEN: readonly TextName[] = ['announcement', 'oss-security', 'heads-up']

/** The project's own words for the texts that are written later: a blog post, a correction, an interim advisory. */
const templatesOf = ({ templates }: Policy, cases: readonly CaseState[]): readonly WrittenText[] =>
  TEXT_NAMES.flatMap((name) => {
    const text = templates[name]
    if (text === undefined || WRITTEN.includes(name)) return []
    const title = name === 'heads-up-corrected' ? HEADS_UP_CORRECTED : TEXT_TEMPLATES[name].file
    return [{ name: title, cases: cases.map(({ id }) => id), text }]
  })

type FoundIn = Pick<ReleaseContent, 'documents' | 'texts'> & {
  readonly cases: readonly CaseState[]
  /** The cases that the texts may name. */
  readonly together: readonly CaseState[]
  readonly templates?: readonly WrittenText[]
}

/** Finds what is wrong in these documents and texts about these cases. */
function findingsIn(
  deps: FindingsDeps,
  { release }: Pick<World, 'release'>,
  { cases, together, ...written }: FoundIn,
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
    ...crossCheck({ ...content, unnamed }),
    ...releaseWording({ ...content, stated }, { ...secret, recipients }),
  ]
  return found.flatMap(({ caseNumber, where, because, ...more }, index) => {
    const of = cases.find(({ id }) => id === caseNumber)
    const isFirst = found.findIndex((one) => one.where === where && one.because === because) === index
    return of === undefined || !isFirst ? [] : [{ case: of.id, where, because, ...more }]
  })
}

function documentsOf(
  deps: FindingsDeps,
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

/** The texts for the public, as they would be mailed. */
async function textsOf(
  deps: FindingsDeps,
  world: World & { readonly case: CaseState },
  { cases, isToldAhead }: { readonly cases: readonly CaseState[]; readonly isToldAhead: boolean },
): Promise<readonly WrittenText[]> {
  const { policy: whole } = deps.policy
  const { announce, ossSecurity } = projectOf(policyFor(whole, world.case), world.case)
  const ids = cases.map(({ id }) => id)
  const isAnnouncedAhead = !isToldAhead && announcesAhead(whole, cases)
  const letters: readonly (readonly [name: string, letter: LetterName, list: 'announce' | 'oss-security'])[] = [
    ...(isAnnouncedAhead ? [[HEADS_UP, 'heads-up', 'announce'] as const] : []),
    ...(announce === undefined ? [] : [['announcement', 'announcement', 'announce'] as const]),
    ...(ossSecurity === undefined ? [] : [['mail to oss-security', 'oss-security', 'oss-security'] as const]),
  ]
  const releaseAt = world.release?.at ?? proposedRelease(whole, world.case, AT) ?? AT
  const release = world.release === undefined ? {} : { release: { ...world.release, cases: ids } }
  const texts: WrittenText[] = []
  for (const [name, letter, list] of letters) {
    const text = await textOf(deps, letter, {
      world: { ...world, ...release },
      to: { kind: 'public', list },
      releaseAt,
    })
    if (text !== undefined) texts.push({ name, cases: ids, text })
  }
  return texts
}

async function textOf(
  deps: FindingsDeps,
  letter: LetterName,
  seen: Pick<LetterContext, 'world' | 'to' | 'releaseAt'>,
): Promise<string | undefined> {
  const mail = await possible(async () => {
    const gathered = gatherMaterial({ deps, ...seen, now: AT, publishedAt: AT })
    return renderLetter(deps, letter, { ...gathered, withoutLinks: true })
  })
  return mail && `${mail.subject}\n${mail.text}`
}

/** The result, or undefined if a fact is missing. Then the rule for that fact refuses the command. */
function possible<T>(write: () => T): T | undefined
function possible<T>(write: () => Promise<T>): Promise<T | undefined>
function possible<T>(write: () => T | Promise<T>): T | Promise<T | undefined> | undefined {
  try {
    const written = write()
    return written instanceof Promise ? written.catch(unwritten) : written
  } catch (error) {
    return unwritten(error)
  }
}

function unwritten(error: unknown): undefined {
  if (error instanceof CannotPerform) return undefined
  throw error
}
