import {
  announcesAhead,
  hasWord,
  instant,
  isLive,
  mergeIdentities,
  policyFor,
  projectOf,
  proposedRelease,
  publicationDocuments,
  publishableCases,
  secretWords,
  statedTexts,
} from '@embargo/core'
import type { CaseState, ContentFinding, LetterName, State, World } from '@embargo/core'
import { crossCheck, HEADS_UP, releaseWording } from '@embargo/documents'
import type { CaseRecord, WrittenDocument, WrittenText } from '@embargo/documents'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { gatherMaterial } from '../letters/gather-material.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { approvedContentOf, approvedRecord } from './step-documents.ts'

/** A fixed time, so that a finding is the same whenever it is looked for: a waiver covers exactly what people saw. */
const AT = instant(0)

type FindingsDeps = Pick<Deps, 'policy' | 'roots' | 'blobText' | 'readMail'>

type CachedFindings = {
  readonly policy: string
  readonly seen: readonly (State | undefined)[]
  readonly findings: readonly ContentFinding[]
}

/** The last findings of a case. They change only with a state or with the policy. */
const known = new WeakMap<CaseState, CachedFindings>()

/**
 * The world, with what is wrong in the texts and documents that its case would be published with: they must agree with
 * each other and with the case, and contain nothing that must not become public.
 */
export async function withFindings<W extends World>(deps: FindingsDeps, world: W): Promise<W> {
  const { case: state, release, others } = world
  if (state === undefined || !isWritten(state) || release?.startedAt !== undefined) return world
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
  const [first] = cases
  if (first === undefined) return []
  const records = cases.map((one): CaseRecord =>
    approvedRecord('records', { policy: deps.policy, state: one, release }, AT),
  )
  const content = {
    records,
    documents: documentsOf(deps, world, cases),
    texts: await textsOf(deps, { ...world, case: state }, { cases, isToldAhead: live?.is === 'prenotified' }),
  }
  const ofReporters = cases.flatMap(({ reports }) => reports.flatMap(({ identity }) => identity.value ?? []))
  const unnamed = ofReporters.flatMap((one) => [...(one.name === undefined ? [] : [one.name]), one.address])
  const stated = cases.flatMap((one) => statedTexts(one).map(({ text }) => text))
  const secret = secretWords(whole, first, cases)
  const { name, product, vendor, publisher } = projectOf(policyFor(whole, first), first)
  const own = [name, product, vendor, publisher?.name].filter((one) => one !== undefined)
  // A recipient may also be the vendor, whose name is in every text and no secret.
  const recipients = secret.recipients.filter((one) => own.every((words) => !hasWord(words, one)))
  const found = [
    ...crossCheck({ ...content, unnamed }),
    ...releaseWording({ ...content, stated }, { ...secret, recipients }),
  ]
  return found.flatMap(({ caseNumber, where, because }, index) => {
    const of = cases.find(({ id }) => id === caseNumber)
    const isFirst = found.findIndex((one) => one.where === where && one.because === because) === index
    return of === undefined || !isFirst ? [] : [{ case: of.id, where, because }]
  })
}

function documentsOf(deps: FindingsDeps, world: World, cases: readonly CaseState[]): readonly WrittenDocument[] {
  const { release, others } = world
  return publicationDocuments(deps.policy.policy, cases, { release, others }).flatMap(({ step, case: of }) => {
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
    const text = await possible(async () => {
      const gathered = gatherMaterial({
        deps,
        world: { ...world, ...release },
        to: { kind: 'public', list },
        now: AT,
        publishedAt: AT,
        releaseAt,
      })
      return renderLetter(deps, letter, { ...gathered, withoutLinks: true })
    })
    if (text !== undefined) texts.push({ name, cases: ids, text: `${text.subject}\n${text.text}` })
  }
  return texts
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
