import { assertNever, unverifiedFix } from '@embargo/core'
import type { CaseId, CaseState, EmState, ExitReason, Instant } from '@embargo/core'
import { fixedVersionsOf, nothingToRelease, publicLinks } from './shared/advisory-record.ts'
import { base, cveIdOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter, listed } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, time } from './shared/template-values.ts'

/** Why an embargo ended, as this letter says it. The letter never gives `merged` or `closed` as the reason. */
export type LiftReason = Exclude<ExitReason, 'merged' | 'closed'>

/**
 * The notice to a recipient that the embargo has ended. Each recipient gets a mail of their own, and no field names
 * another recipient. `cases`: all cases of the release; `caseNumber` is the first.
 */
export type EmbargoLiftedFields = LetterBase & {
  /** `cve` is `null` if none was requested, or none will come. */
  cases: readonly { number: string; cve?: string | null | undefined }[]
  /**
   * Cases that the recipient was told of and that were taken out of the release later. Their embargo continues, unless
   * it has ended since then.
   */
  kept?: readonly string[] | undefined
  endedAt: number
  reason: LiftReason
  /** The fixed versions that are public, as a user names them; may be empty. */
  versions: readonly string[]
  links: readonly string[]
  /** Set if every case has a fix, even if the fix is not released. */
  fixed?: boolean | undefined
  /**
   * Set if only an advisory was published: the problem is fixed in the hosted service, and there is nothing to install.
   */
  nothingToRelease?: boolean | undefined
}

const WHY: Record<LiftReason, string> = {
  released: 'The fix is public.',
  public: 'The vulnerability became known in public, so there is nothing left to keep secret.',
  exploit: 'An exploit became public, so there is nothing left to keep secret.',
  attacks: 'Attacks have been seen, so people need to be able to act.',
  leak: 'Details got out before the planned date, so people need to be able to act.',
  opened: 'The reporter and we agreed to work on the fix in public.',
  unreachable: 'The reporter cannot be reached, and we decided to work on the fix in public.',
  expired: 'Its end has come.',
}

const reasonFor = ({ reason, nothingToRelease }: EmbargoLiftedFields): string =>
  reason === 'released' && nothingToRelease === true ? 'The advisory is public.' : WHY[reason]

function fixed({ versions, project, nothingToRelease, fixed: isFixed }: EmbargoLiftedFields): string {
  if (versions.length > 0) return `Fixed and public: ${project} ${listed(versions)}.`
  if (nothingToRelease === true) return `The service of ${project} is fixed: there is nothing to install.`
  return isFixed === true
    ? 'It is fixed with the patches that you have, and you may use them.'
    : 'There is no fixed release yet. You may use the patches that you have.'
}

// The patches of a case that stays secret must not be published together with the patches of the published cases. So
// this note comes before the sentence that says what the recipient may do now.
function remainingNote({ kept = [] }: EmbargoLiftedFields): string | undefined {
  if (kept.length === 0) return undefined
  const [is, it, its] = kept.length === 1 ? ['is', 'It stays', 'its'] : ['are', 'They stay', 'their']
  return `${listed(kept)} ${is} not part of this release. ${it} under embargo, unless we told you that ${its} embargo has ended: please leave ${its} patches out of what you publish. You will hear from us when there is a date.`
}

/** Tells a recipient of a pre-notification that the embargo has ended and what they may do now. */
export const embargoLifted = defineLetter({
  name: 'embargo-lifted',
  label: 'notice of the embargo’s end',
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    versions: fixedVersionsOf(material, material.cases).join(', '),
    endedAt: time(material.publishedAt),
  }),
})

function facts(material: LetterMaterial): EmbargoLiftedFields {
  const { cases, publishedAt, case: theCase } = material
  const kept = remainingCases(material)
  return {
    ...base(material),
    cases: cases.map((each) => ({ number: each.id, cve: cveIdOf(material, each) })),
    ...(kept.length > 0 && { kept }),
    endedAt: endedAt(theCase.em, publishedAt),
    reason: reasonOf(theCase.em),
    versions: fixedVersionsOf(material, cases),
    fixed: cases.every(isFixedNow),
    links: cases.flatMap((each) => publicLinks(material, each).map(({ url }) => url)),
    // An advisory may also be published without a fix. So the letter says “there is nothing to install” only if every
    // case is fixed.
    nothingToRelease: nothingToRelease(cases) && cases.every(isFixedNow),
  }
}

/** Whether the case counts as fixed: its fix is ready, or will be ready when the publication begins. */
const isFixedNow = (one: CaseState): boolean => one.cs.fixReady !== undefined || unverifiedFix(one).length > 0

/** The cases that were in this release when this recipient was told of them, and were taken out of it later. */
function remainingCases({ release, to }: LetterMaterial): readonly CaseId[] {
  const sentence =
    to.kind === 'recipient'
      ? release?.prenotified.find(({ list, recipient }) => list === to.list && recipient === to.recipient)
      : undefined
  if (sentence === undefined) return []
  return (release?.dropped ?? []).filter((id) => sentence.cases === undefined || sentence.cases.includes(id))
}

// Unless something else ended the embargo before, the first step of our publication ends it. In a preview,
// `publishedAt` is the time at which the publication would happen.
function endedAt(em: EmState, publishedAt: Instant): Instant {
  return em.is === 'exited' && em.reason !== 'released' ? em.at : publishedAt
}

// In a preview, the embargo has not ended yet, so this returns the reason that the publication will give.
function reasonOf(em: EmState): LiftReason {
  if (em.is !== 'exited') return 'released'
  const { reason } = em
  switch (reason) {
    case 'released':
    case 'public':
    case 'exploit':
    case 'attacks':
    case 'leak':
    case 'opened':
    case 'unreachable':
    case 'expired':
      return reason
    case 'merged':
    case 'closed':
      return 'opened'
    default:
      return assertNever(reason)
  }
}

function words(fields: EmbargoLiftedFields): Letter {
  return letter({
    base: fields,
    cases: fields.cases.map(({ number }) => number),
    about: 'The embargo has ended',
    automatic: true,
    blocks: [
      `The embargo on ${fields.cases.length === 1 ? 'this issue' : 'these issues'} in ${fields.project} ended ${date(fields.endedAt, fields)}. ${reasonFor(fields)}`,
      {
        rows: fields.cases.map(
          ({ number, cve }) => [number, cve === null ? 'no CVE id' : (cve ?? 'CVE pending')] as const,
        ),
      },
      remainingNote(fields),
      fixed(fields),
      fields.links.length === 0 ? undefined : { items: fields.links },
      `${fields.nothingToRelease === true ? 'You may now tell your users and speak about it.' : 'You may now publish your packages, deploy, tell your users and speak about it.'} Please keep our earlier mails about it to yourselves; the public texts say what people need.`,
      'If anything went wrong on the way, or is wrong in what we published, please reply.',
    ],
  })
}
