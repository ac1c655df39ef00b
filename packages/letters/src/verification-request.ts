import { after, aloneInSolo, mailedPatch } from '@embargo/core'
import type { Block, LivePatch } from '@embargo/core'
import { patchOf } from './shared/advisory-record.ts'
import { base, creditLine, cveIdOf, reportOf, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite, NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'
import { patchFile } from './shared/patch-file.ts'
import type { Patch } from './shared/patch-file.ts'
import { common, time } from './shared/template-values.ts'

/**
 * A patch with more lines is only attached, because nobody reads so much in a mail window, and some providers cut long
 * mails.
 */
export const MAX_INLINE_LINES = 600

/** The content of the verification request. There is no field for the patch's author. */
export type VerificationRequestFields = LetterBase & {
  patch: Patch
  /** `null` if no CVE id will come. */
  cve?: string | null | undefined
  /** The credit as it will be printed; absent if nobody is named. */
  credit?: string | undefined
  /** When the fix is planned to be public. */
  plannedFor?: number | undefined
  answerBy: number
  secrecy: Secrecy
  /** Set if nobody on our side except the author could check the patch. */
  alone?: boolean
}

/** Asks the reporter whether the patch fixes what they reported; the patch is both in the text and attached. */
export const verificationRequest = defineLetter({
  name: 'verification-request',
  label: 'request to verify the patch',
  obsoleteAfter: ['publication', 'closing'],
  needs: (material) => {
    const live = livePatch(material, patchToCheck(material).branch)
    return { texts: live === undefined ? [] : [live.blob] }
  },
  facts,
  words,
  templateFields: (material) => {
    const { branch, sha256, dueAt } = patchToCheck(material)
    return {
      ...common(material),
      branch,
      sha256,
      answerBy: time(dueAt),
      releaseAt: time(material.releaseAt),
    }
  },
})

function facts(material: LetterMaterial, content: StoredContent): VerificationRequestFields {
  const { branch, sha256, dueAt } = patchToCheck(material)
  const live = livePatch(material, branch)
  // A newer patch gets a request of its own; the reporter must not be asked about an outdated one.
  if (live?.sha256 !== sha256) throw new NothingToSay('The patch was replaced before the reporter was asked about it.')
  return {
    ...base(material),
    patch: { branch, text: storedText(content, live.blob), sha256: live.sha256 },
    cve: cveIdOf(material, material.case),
    credit: creditLine(reportOf(material)),
    plannedFor: material.releaseAt,
    answerBy: dueAt,
    secrecy: secrecyOf(material),
    ...(aloneInSolo(material.policy) && { alone: true }),
  }
}

/**
 * The patch that the reporter is asked to check. If the reporter's report joined the case through a merge, the event
 * does not name a patch. Then the letter is about the patch that the case has now.
 */
function patchToCheck({ event, case: theCase, policy, now }: LetterMaterial) {
  if (event?.type === 'VerificationRequested') return event
  const mailed = event?.type === 'CasesMerged' ? mailedPatch(theCase) : undefined
  if (mailed === undefined) throw new CannotWrite('Nobody was asked to check a patch.')
  const { reporterVerification } = policy.clocks
  return { ...mailed, dueAt: after(policy.calendar, now, reporterVerification[theCase.severity ?? 'high']) }
}

const livePatch = ({ case: { branches } }: LetterMaterial, name: string): LivePatch | undefined =>
  branches.flatMap((branch) => (branch.name === name ? [patchOf(branch)] : []))[0]

function words(fields: VerificationRequestFields): Letter {
  const file = patchFile(fields.caseNumber, fields.patch)
  return letter({
    base: fields,
    about: 'Please check the fix',
    automatic: false,
    attachments: [file],
    blocks: [
      `The patch for the branch ${fields.patch.branch} is ready. Does it fix what you reported, and does it miss anything? Please reply in your own words; "yes, it does" is enough.`,
      `It would help to hear from you by ${date(fields.answerBy, fields)}. ${fields.alone === true ? 'Nobody else here can check it, so your eyes matter; without an answer the work goes on all the same.' : 'Without an answer, somebody on our side who did not write it may check it instead, and the work goes on.'} If you need longer, say so.`,
      'The facts so far; please tell us if a line is wrong:',
      { rows: statusRows(fields) },
      SECRECY[fields.secrecy],
      `The attached file ${file.filename} is the exact patch. Its SHA-256 is`,
      { verbatim: fields.patch.sha256 },
      ...inline(fields.patch),
    ],
  })
}

const SECRECY: Readonly<Record<Secrecy, string | undefined>> = {
  bound: 'The patch is under the embargo like everything else here. Please do not put it anywhere public.',
  asked:
    'We ask you not to put the patch anywhere public before the fix is released: it shows where the vulnerability is.',
  over: undefined,
}

function statusRows(fields: VerificationRequestFields): (readonly [string, string])[] {
  return [
    ...(fields.cve === null ? [] : [['CVE', fields.cve ?? 'pending'] as [string, string]]),
    ['Credit', fields.credit ?? 'nobody is named'],
    ['Planned', fields.plannedFor === undefined ? 'no date yet' : date(fields.plannedFor, fields)],
  ]
}

function inline(patch: Patch): Block[] {
  const lines = patch.text.trimEnd().split('\n')
  if (lines.length > MAX_INLINE_LINES) return [`It has ${lines.length} lines, so it is attached only.`]
  return ['The same patch, to read here:', { verbatim: lines.join('\n') }]
}
