import { cweNumber, score, weakness } from '@embargo/documents'
import type { AdvisoryRecord, CaseRecord, Credit, Fix, Revision, ScoredVector } from '@embargo/documents'
import {
  affectedPackages,
  aloneInSolo,
  announcesExploit,
  counted,
  interimAt,
  publishedSince,
  unverifiedFix,
} from '@embargo/core'
import type { Branch, CaseState, Instant, LivePatch, Report } from '@embargo/core'
import { contact, creditLine, cveIdOf } from './base.ts'
import { CannotWrite } from './errors.ts'
import { storedText } from './material.ts'
import type { LetterMaterial, StoredContent } from './material.ts'

/** What a record is made from. */
export type RecordMaterial = Pick<LetterMaterial, 'policy' | 'project' | 'publishedAt' | 'withoutLinks'> & {
  readonly release?: LetterMaterial['release'] | undefined
  /** Leaves out exploits and attacks that became known after this time. */
  readonly signalsUntil?: Instant | undefined
}

/**
 * The record of a case without the patches. This is the public part of the record. @throws CannotWrite when the
 * severity or the advisory text is missing
 */
export function recordOf(material: RecordMaterial, theCase: CaseState): Omit<AdvisoryRecord, 'fixes'> {
  const { advisory, severity } = theCase
  if (severity === undefined) throw new CannotWrite(`${theCase.id} has no severity yet, so rate it first.`)
  if (advisory === undefined) throw new CannotWrite(`${theCase.id} has no advisory text yet, so write it first.`)
  // Approved texts must not change while they are being sent. So the record leaves out exploits and attacks that became
  // known after the publication began or, if the record was corrected, after the newest correction.
  const signalsUntil = theCase.corrections?.at(-1)?.at ?? material.release?.startedAt
  const facts = factsOf({ ...material, signalsUntil }, theCase)
  return { ...facts, component: advisory.component, impact: advisory.impact, severity }
}

/** The facts of a record that can be known before the advisory is written and the severity is rated. */
function factsOf(
  material: RecordMaterial,
  theCase: CaseState,
): Omit<AdvisoryRecord, 'fixes' | 'component' | 'impact' | 'severity'> {
  return {
    caseNumber: theCase.id,
    project: material.project.name,
    workaround: theCase.advisory?.workaround,
    cvss: { v31: scoredVector(theCase.cvss3), v40: scoredVector(theCase.cvss4) },
    cwe: cweOf(theCase),
    cve: cveIdOf(material, theCase),
    affected: affectedOf(material, theCase),
    credits: creditsOf(theCase),
    nothingToInstall:
      theCase.publication === 'advisory' && (theCase.cs.fixReady !== undefined || unverifiedFix(theCase).length > 0),
    unchecked: isUnchecked(material, theCase),
    dates: datesOf(material, theCase),
    references: referencesOf(material, theCase),
    contact: contact(material),
  }
}

/** The record of a case as far as it is known, with the links that are public and the data of the product. */
export function caseRecord(material: RecordMaterial, theCase: CaseState): CaseRecord {
  const {
    id,
    name,
    product = name,
    vendor,
    osvPrefix,
    severityFrom,
    repository,
    publisher,
    packages = [],
  } = material.project
  const { advisoryLink, advisory, severity, lastEventAt } = theCase
  const link = advisoryLink?.published?.link
  const revisions = revisionsOf(material, theCase)
  return {
    ...factsOf(material, theCase),
    component: advisory?.component,
    impact: advisory?.impact,
    severity,
    ghsa: ghsaIn(link ?? advisoryLink?.opened?.link),
    product: { id, name: product, vendor, osvPrefix, severityFrom, repository, publisher, packages },
    // After the publication, every date of the record comes from these revisions. Any other date would reveal when
    // something else happened in the case.
    revisions,
    modified: revisions.at(-1)?.at ?? lastEventAt,
    isPublished: publishedSince(material.release, theCase) !== undefined,
    withdrawn: withdrawalOf(theCase),
  }
}

/** The links that the publication adds and the links that people added, each once. */
function referencesOf(material: RecordMaterial, theCase: CaseState): AdvisoryRecord['references'] {
  const links: AdvisoryRecord['references'] = [
    ...releaseLinks(material, theCase),
    ...publicLinks(material, theCase),
    ...(theCase.advisory?.references ?? []),
  ]
  return links.filter(({ url }, index) => links.findIndex((one) => one.url === url) === index)
}

/** The ids of the cases for which the first post on oss-security says that an exploit will follow. */
export const exploitOf = (
  { policy, release }: Pick<RecordMaterial, 'policy' | 'release'>,
  cases: readonly CaseState[],
): readonly string[] =>
  cases
    .filter((state) => announcesExploit({ policy, release, state }))
    .map((state) => cveIdOf({ policy, release }, state) ?? state.id)

/** The public links of the advisory and of the CVE record. */
export function publicLinks(
  { withoutLinks }: Pick<RecordMaterial, 'withoutLinks'>,
  { advisoryLink, cve }: CaseState,
): AdvisoryRecord['references'] {
  if (withoutLinks === true) return []
  return [
    ...(advisoryLink?.published === undefined ? [] : [{ kind: 'advisory', url: advisoryLink.published.link } as const]),
    ...(cve?.recordLink === undefined ? [] : [{ kind: 'cve-record', url: cve.recordLink } as const]),
  ]
}

/** Links to where the fixed versions were found. */
const releaseLinks = ({ release, withoutLinks }: RecordMaterial, { id }: CaseState): AdvisoryRecord['references'] =>
  withoutLinks === true
    ? []
    : (release?.deliveries ?? []).flatMap(({ step, case: of, link }) =>
        step === 'fixed-versions' && of === id && link !== undefined ? [{ kind: 'release', url: link } as const] : [],
      )

/**
 * The revisions: the publication, and each correction. Facts that the publication itself added, such as links, belong
 * to the first revision.
 */
const revisionsOf = (
  { publishedAt: at, release }: Pick<RecordMaterial, 'publishedAt' | 'release'>,
  theCase: CaseState,
): readonly Revision[] =>
  publishedSince(release, theCase) === undefined
    ? []
    : [
        { at, summary: 'First publication' },
        ...(theCase.corrections ?? []).map(({ at: corrected, reason, withdrawn }) => ({
          at: corrected,
          summary: withdrawn === true ? `Withdrawn: ${reason}` : reason,
        })),
      ]

function withdrawalOf({ corrections = [] }: CaseState): CaseRecord['withdrawn'] {
  const last = corrections.find((one) => one.withdrawn === true)
  return last === undefined ? undefined : { at: last.at, reason: last.reason }
}

/** The id of an advisory at GitHub, taken from the advisory's address. */
const ghsaIn = (link: string | undefined): string | undefined =>
  /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/u.exec(link ?? '')?.[0]

/** The newest patch of each branch of a case, with its text. */
export const fixesOf = (theCase: CaseState, content: StoredContent): readonly Fix[] =>
  patchesOf(theCase).map(({ branch, patch: { sha256, fileName, blob } }) => ({
    branch,
    sha256,
    fileName,
    patch: storedText(content, blob),
  }))

/** References to the stored patches of these cases. */
export const patchTexts = (cases: readonly CaseState[]): readonly string[] =>
  cases.flatMap((each) => patchesOf(each).map(({ patch }) => patch.blob))

const patchesOf = (theCase: CaseState): readonly { readonly branch: string; readonly patch: LivePatch }[] =>
  affectedBranches(theCase).flatMap((branch) => {
    const patch = patchOf(branch)
    return patch === undefined ? [] : [{ branch: branch.name, patch }]
  })

/** The versions that contain a fix, each once. */
export function fixedVersionsOf(
  { project }: Pick<LetterMaterial, 'project'>,
  cases: readonly CaseState[],
): readonly string[] {
  // An advisory may be published before there is a fix, or without one. For a branch without a fix, `affectedOf` leaves
  // out the fixed version.
  const versions = cases.flatMap((each) => affectedOf({ project }, each).map(({ fixedVersion }) => fixedVersion))
  return [...new Set(versions.filter((version) => version !== undefined))]
}

/** Whether every case of the release gets an advisory but no new version, for example in a hosted service. */
export const nothingToRelease = (cases: readonly CaseState[]): boolean =>
  cases.every(({ publication }) => publication === 'advisory')

/**
 * Whether this branch counts as fixed: it is supported, no waiver leaves it without a fix, and the fix of the case is
 * ready or will be ready when the publication begins.
 */
const isFixed = (theCase: CaseState, { supported, waived }: Branch): boolean =>
  (theCase.cs.fixReady !== undefined || unverifiedFix(theCase).length > 0) && supported && waived?.kind !== 'not-fixed'

/**
 * Whether a second person should have checked the fix, but nobody has. The result is the same before and after the
 * publication. False for a maintainer who works alone, because nobody else could have checked the fix.
 */
const isUnchecked = ({ policy }: RecordMaterial, theCase: CaseState): boolean =>
  !aloneInSolo(policy) &&
  (unverifiedFix(theCase).length > 0 || theCase.branches.some(({ waived }) => waived?.kind === 'unverified'))

export function patchOf({ fix }: Branch): LivePatch | undefined {
  return fix === undefined || fix.is === 'assigned' ? undefined : fix
}

const affectedBranches = ({ branches }: CaseState): readonly Branch[] => branches.filter(({ affected }) => affected)

function affectedOf({ project }: Pick<LetterMaterial, 'project'>, theCase: CaseState): AdvisoryRecord['affected'] {
  return affectedBranches(theCase).flatMap((branch) =>
    affectedPackages(branch, project.packages).map(({ package: own, range, fixedVersion }) => ({
      branch: branch.name,
      package: own,
      range,
      fixedVersion: isFixed(theCase, branch) ? fixedVersion : undefined,
      fixed: isFixed(theCase, branch),
    })),
  )
}

function scoredVector(vector: string | undefined): ScoredVector | undefined {
  const result = vector === undefined ? undefined : score(vector)
  if (result?.ok !== true) return undefined
  const { vector: written, score: points, baseScore } = result.cvss
  return { vector: written, score: points, baseScore }
}

function cweOf({ cwe }: CaseState): AdvisoryRecord['cwe'] {
  const id = cwe === undefined ? undefined : cweNumber(cwe)
  if (id === undefined) return undefined
  return { id, name: weakness(id)?.name ?? `CWE-${id}` }
}

function creditsOf({ reports }: CaseState): readonly Credit[] {
  const credits = reports.flatMap((report): readonly Credit[] => {
    const text = creditLine(report)
    const kind = report.credit?.kind
    return text === undefined || kind === undefined || kind === 'anonymous'
      ? []
      : [{ kind, text, login: creditedLogin(report, { kind, text }) }]
  })
  // A person who reported twice is credited once.
  return credits.filter(({ text }, at) => credits.findIndex((one) => one.text === text) === at)
}

/**
 * The account with which the report was made, if the person chose to be named or chose the account's name as their
 * pseudonym.
 */
function creditedLogin({ identity }: Report, { kind, text }: Credit): string | undefined {
  const { login } = identity.value ?? {}
  const isName = login !== undefined && text.replace(/^@/u, '').toLowerCase() === login.toLowerCase()
  return kind === 'named' || isName ? login : undefined
}

function datesOf(material: RecordMaterial, theCase: CaseState): AdvisoryRecord['dates'] {
  const { reports, cs, disposition, decidedAt, firstDecidedAt } = theCase
  const { signalsUntil = Infinity, publishedAt: published } = material
  const reported = reports.map(({ receivedAt }) => receivedAt)
  const known = (kind: 'exploit' | 'attack', at: Instant | undefined): Instant | undefined =>
    counted(theCase, kind).length > 0 && at !== undefined && at <= signalsUntil ? at : undefined
  return {
    reported: reported.length === 0 ? undefined : Math.min(...reported),
    // If the decision was changed later, it is not certain which day is the right one, so the record names none.
    validated: disposition === 'valid' && decidedAt === firstDecidedAt ? decidedAt : undefined,
    fixReady: isVerified(theCase) ? cs.fixReady : undefined,
    prenotified: prenotifiedAt(material, theCase),
    exploitPublic: known('exploit', cs.exploit),
    attacks: known('attack', cs.attacks),
    interim: interimOf(material, theCase),
    published,
  }
}

/** When recipients were told of the case, if any were. */
const prenotifiedAt = ({ release }: RecordMaterial, { id }: CaseState): Instant | undefined =>
  release?.prenotified.some(({ cases }) => cases === undefined || cases.includes(id)) === true
    ? release.prenotifiedAt
    : undefined

const isVerified = ({ branches }: CaseState): boolean =>
  branches.some(({ fix }) => fix?.is === 'verified') && branches.every(({ waived }) => waived?.kind !== 'unverified')

/** When the interim advisory went out: with this release, or with an earlier release that the case has left. */
function interimOf({ release }: RecordMaterial, theCase: CaseState): Instant | undefined {
  const { publishedAt } = theCase
  const before = release?.startedAt === undefined || (publishedAt !== undefined && publishedAt < release.startedAt)
  return interimAt(release, theCase) ?? (before ? publishedAt : undefined)
}
