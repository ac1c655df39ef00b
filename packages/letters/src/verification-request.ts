import type { Block } from '@embargo/core'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import { patchFile } from './shared/patch-file.ts'
import type { Patch } from './shared/patch-file.ts'

/** A patch of more lines is only attached: nobody reads it in a mail window, and some providers cut long mails. */
export const MAX_INLINE_LINES = 600

/** What the verification request says. Who wrote the patch has no field. */
export type VerificationRequestFields = LetterBase & {
  patch: Patch
  /** `null` where none will come. */
  cve?: string | null | undefined
  /** The credit as it will be printed; left out where nobody is named. */
  credit?: string | undefined
  /** When the fix is planned to be public. */
  plannedFor?: number | undefined
  answerBy: number
  secrecy: Secrecy
  /** Nobody on our side but the author could check it instead. */
  alone?: boolean
}

/** Asks the reporter whether the patch fixes what they reported; the patch stands in the mail and goes with it. */
export function verificationRequest(fields: VerificationRequestFields): Letter {
  const file = patchFile(fields.caseNumber, fields.patch)
  return letter({
    base: fields,
    about: 'Please check the fix',
    automatic: false,
    attachments: [file],
    blocks: [
      `The patch for the branch ${fields.patch.branch} is ready. Does it fix what you reported, and does it miss anything? Please reply in your own words; "yes, it does" is enough.`,
      `It would help to hear from you by ${date(fields.answerBy, fields)}. ${fields.alone === true ? 'Nobody else here can check it, so your eyes matter; without an answer the work goes on all the same.' : 'Without an answer, somebody on our side who did not write it may check it instead, and the work goes on.'} If you need longer, say so.`,
      'How it stands now; please tell us if a line is wrong:',
      { rows: standing(fields) },
      SECRECY[fields.secrecy],
      `The attached file ${file.filename} is the exact one. Its SHA-256 is`,
      { verbatim: fields.patch.sha256 },
      ...inline(fields.patch),
    ],
  })
}

const SECRECY: Readonly<Record<Secrecy, string | undefined>> = {
  bound: 'The patch is under the embargo like everything else here. Please do not put it anywhere public.',
  asked: 'We ask you not to put the patch anywhere public before the fix is released: it shows where the hole is.',
  over: undefined,
}

function standing(fields: VerificationRequestFields): (readonly [string, string])[] {
  return [
    ...(fields.cve === null ? [] : [['CVE', fields.cve ?? 'pending'] as [string, string]]),
    ['Credit', fields.credit ?? 'nobody is named'],
    ['Planned', fields.plannedFor === undefined ? 'no date yet' : date(fields.plannedFor, fields)],
  ]
}

function inline(patch: Patch): Block[] {
  const lines = patch.text.trimEnd().split('\n')
  if (lines.length > MAX_INLINE_LINES) return [`It has ${lines.length} lines, so it is attached only.`]
  return ['The same, to read here:', { verbatim: lines.join('\n') }]
}
