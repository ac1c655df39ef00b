import type { CannedAnswer, CaseId, EffectId, ReportId, World } from '@embargo/core'
import type { RecordFormat, ReleaseText } from '@embargo/documents'
import type { Deps } from '../deps.ts'
import { cannedAnswer } from './canned-answer.ts'
import { draft } from './draft.ts'
import { forwardText } from './forward-text.ts'
import { ratingOf, vectorProblem } from './rating.ts'
import type { Rating } from './rating.ts'
import { caseDocument, cveRequestText, cveUpdateText, formatGaps, releaseDocument } from './record.ts'
import type { CaseDocument, CveRequestText, FormatGap } from './record.ts'
import { searchWeaknesses, weaknessOf } from './weakness.ts'
import type { Weakness } from './weakness.ts'

/** Texts for people to read, change or send, and the words for a weakness or a rating. */
export type Texts = {
  /** A fixed answer in the words of this case's policy, which a person sends as a reply. */
  cannedAnswer(theCase: CaseId, answer: CannedAnswer): Promise<string | undefined>
  /** A report as it would be sent to another vendor. A person checks it, and may edit it, before it is sent. */
  forwardText(
    theCase: CaseId,
    parts: { readonly report?: ReportId | undefined; readonly files: boolean },
  ): Promise<string | undefined>
  /**
   * The bytes of one of our mails. For a mail that was sent, these are the sent bytes; for a waiting mail, the bytes
   * that would be written now.
   *
   * @throws CannotPerform, with a text for people, if the mail cannot be written
   */
  draft(effect: EffectId): Promise<Uint8Array | undefined>
  /** The record of a case in a format for programs or as Markdown, or what is missing for it. */
  record(world: World, format: RecordFormat): CaseDocument | undefined
  /** A public text about the release of a case, or what is missing for it. */
  releaseText(world: World, name: ReleaseText): CaseDocument | undefined
  /**
   * The facts that the documents of the publication need, but that nobody has entered. Each fact has the names of the
   * documents that would be left out without it.
   */
  formatGaps(world: World): readonly FormatGap[]
  /** The text that asks another CNA for an id, ready to be pasted into a mail or a form. */
  cveRequest(world: World): CveRequestText | undefined
  /**
   * The text that asks another CNA to update or reject the record of the case's CVE id. Undefined if the case has no
   * CVE id.
   */
  cveUpdate(world: World): CveRequestText | undefined
  /** A CWE's name, and its category in the OWASP Top 10. */
  weakness(cwe: string): Weakness | undefined
  /** The weaknesses that `typed` may mean, by number or by a word of their name. */
  weaknesses(typed: string): readonly (Weakness & { readonly cwe: string })[]
  /** The rating in a CVSS vector; undefined if it cannot be scored, or has no severity. */
  ratingOf(vector: string): Rating | undefined
  /** Why a CVSS vector cannot rate a vulnerability, and what to write instead; undefined if it can. */
  vectorProblem(vector: string): string | undefined
}

export const createTexts = (deps: Deps): Texts => ({
  cannedAnswer: (theCase, answer) => cannedAnswer(deps, theCase, answer),
  forwardText: (theCase, parts) => forwardText(deps, theCase, parts),
  draft: (effect) => draft(deps, effect),
  record: (world, format) => caseDocument(deps, world, format),
  releaseText: (world, name) => releaseDocument(deps, world, name),
  formatGaps: (world) => formatGaps(deps, world),
  cveRequest: (world) => cveRequestText(deps, world),
  cveUpdate: (world) => cveUpdateText(deps, world),
  weakness: weaknessOf,
  weaknesses: searchWeaknesses,
  ratingOf,
  vectorProblem,
})
