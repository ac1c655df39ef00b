import { layout, oneLine } from '@embargo/core'
import type { Block, Tlp } from '@embargo/core'
import { dateInWords } from '@embargo/core'
import type { AdvisoryRecord } from '../record.ts'
import { affected, facts, heading, workaround } from './advisory-body.ts'
import { inWords, issues, publicationKind } from './text.ts'
import type { Text, TextAttachment } from './text.ts'

/** A case as a recipient sees it: with its patches, without the reporter's credit and the dates of the report. */
export type PrenotificationCase = Omit<AdvisoryRecord, 'credits' | 'dates' | 'references'>

/**
 * The notice to one recipient. Each recipient gets a text of their own, with no field for other recipients or their
 * number.
 */
export type PrenotificationFields = {
  project: string
  cases: readonly PrenotificationCase[]
  /** The planned instant of the release, epoch milliseconds. The recipient's embargo ends with the release. */
  releaseAt: number
  now: number
  zone?: string | undefined
  /** The agreement that makes them a recipient: "you are on our list of distributors". */
  why: string
  tlp: Tlp
  /** Whether the recipient may tell those of their clients who must know. */
  tellClients: boolean
  /** Whether fixed builds may run in the recipient's own service before the release. */
  mayDeploy: boolean
  /** The team's address for questions. */
  contact: string
  /** Set if the recipient has patches that these replace: the team's reason, in a line. */
  replaces?: { reason?: string | undefined } | undefined
  /** The tag that the list requires in subjects, such as `[vs]`. */
  tag?: string | undefined
  /** How many issues the public heads-up of the release counts, if there is one. */
  announced?: number | undefined
  /** Set if nothing is released, as for a hosted service: an advisory is published instead. */
  nothingToRelease?: boolean | undefined
}

/** The embargoed notice to one recipient, with the patches attached. */
export function prenotification(fields: PrenotificationFields): Text {
  const numbers = fields.cases.map(({ caseNumber }) => caseNumber).join(', ')
  const tag = fields.tag === undefined ? '' : `${fields.tag} `
  const planned = dateInWords(fields.releaseAt, fields)
  const comes = publicationKind(fields.nothingToRelease)
  const attachments = attach(fields.cases)
  return {
    subject: oneLine(
      `${tag}[${numbers}] ${fields.tlp} embargoed security notice${fields.replaces === undefined ? '' : ': changed patches'}`,
    ),
    text: `${layout([
      `${fields.tlp}, under embargo until the ${comes}, planned for ${planned}.`,
      ...replaced(fields),
      `You get this because ${fields.why}. ${about(fields)} Please reply that you have received it; one line is enough.`,
      ...fields.cases.flatMap((each) => describe(each, attachments)),
      { title: `Until the ${comes}` },
      'You may:',
      { items: may(fields) },
      'You may not:',
      { items: mayNot(fields) },
      'If you see any of it in public, or think that it got out, tell us at once. Nobody will be blamed for telling.',
      `Questions, and anything that is wrong with a patch: ${fields.contact}, or reply to this mail. If the date changes, we will tell you in the same way.`,
      `To leave the list, reply and say so. What this mail tells you stays under embargo until the ${comes}.`,
    ])}\n`,
    attachments: attachments.map(({ file }) => file),
  }
}

function about({ cases, project, announced = cases.length, nothingToRelease }: PrenotificationFields): string {
  const what =
    nothingToRelease === true
      ? `The advisory is about ${issues(announced)} in ${project}, fixed in the service that we run: there will be nothing to install.`
      : `The release fixes ${issues(announced)} in ${project}.`
  const others = announced - cases.length
  if (others <= 0) return what
  // The public heads-up may count more issues than this mail, and the reader must not think that one was forgotten.
  return `${what} That is the number in the public heads-up. This mail is about ${inWords(cases.length)} of them, because this list is not told about the ${others === 1 ? 'other one' : 'others'} before the ${publicationKind(nothingToRelease)}.`
}

/** This block comes first in the mail, because a build from the old patches would be wrong. */
function replaced({ replaces }: PrenotificationFields): Block[] {
  if (replaces === undefined) return []
  return [
    'The patches that you have from us are replaced by those attached here. Please build from the new ones, and delete the old ones.',
    ...(replaces.reason === undefined ? [] : ['What changed:', { said: replaces.reason }]),
  ]
}

function may({ tlp, tellClients, mayDeploy, nothingToRelease }: PrenotificationFields): string[] {
  const clients = tellClients ? ', and with those of your clients who must know to protect themselves' : ''
  return [
    ...(tlp === 'TLP:RED'
      ? []
      : [
          `share it inside your organisation with the people who need it to prepare${clients}, each told of the embargo`,
        ]),
    nothingToRelease === true
      ? 'prepare, where nobody else can see it, what you and your users need to do on that day'
      : 'prepare, build and test fixed packages where nobody else can see them',
    ...(mayDeploy ? ['run the fixed build in your own service, if nothing shows what changed'] : []),
  ]
}

function mayNot({ tlp, tellClients, mayDeploy }: PrenotificationFields): string[] {
  return [
    ...(tlp === 'TLP:RED' ? ['share it with anybody else, inside your organisation or outside'] : []),
    'publish, upload or announce packages, patches or texts, or push them to a public place or public build',
    ...(mayDeploy ? [] : ['run the fixed build anywhere that others can reach']),
    ...(tellClients || tlp === 'TLP:RED' ? [] : ['tell your clients']),
    'say more in public than our own heads-up says',
  ]
}

type AttachedPatch = { caseNumber: string; branch: string; sha256: string; file: TextAttachment }

function describe(record: PrenotificationCase, attachments: readonly AttachedPatch[]): Block[] {
  const patches = attachments.filter(({ caseNumber }) => caseNumber === record.caseNumber)
  return [
    heading(record),
    record.impact,
    ...facts(record),
    ...affected(record),
    ...workaround(record),
    ...(patches.length === 0 ? ['No patch is attached.'] : ['Patches, attached, with their SHA-256:']),
    ...patches.map(({ branch, file, sha256 }) => ({
      verbatim: `${oneLine(branch)}: ${file.filename}\n${oneLine(sha256)}`,
    })),
  ]
}

// The name is made from case and branch: the author's file name may describe the vulnerability, and may contain a path.
function attach(cases: readonly PrenotificationCase[]): AttachedPatch[] {
  return cases.flatMap(({ caseNumber, fixes }) =>
    fixes.map(({ branch, sha256, patch }) => ({
      caseNumber,
      branch,
      sha256,
      file: {
        filename: `${`${caseNumber}-${branch}`.replaceAll(/[^A-Za-z0-9._-]+/gu, '-')}.patch`,
        contentType: 'text/x-patch; charset=utf-8',
        content: patch,
      },
    })),
  )
}
