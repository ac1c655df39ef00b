import { fieldsNamed, layout, oneLine } from '@embargo/core'
import type { Block, Tlp } from '@embargo/core'
import { dateInWords } from '@embargo/core'
import type { AdvisoryRecord } from '../record.ts'
import { highest } from '../severity.ts'
import { fixedVersions, heading } from './advisory-body.ts'
import { factLines } from './fact-lines.ts'
import type { Fact } from './fact-lines.ts'
import { detailFacts, exposureFacts, workaroundOfSeveralLines } from './issue.ts'
import { inOwnWords, issueFields, releaseFields } from './own-words.ts'
import { inWords, issues, publicationKind } from './text.ts'
import type { Text, TextAttachment } from './text.ts'

/** A case as a recipient sees it: with its patches, but without the reporter's credit and without dates. */
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
  zone?: string | undefined
  /** Completes the sentence "You get this because …", for example with "you are on our list of distributors". */
  why: string
  tlp: Tlp
  /** Whether the recipient may tell clients who must know. */
  tellClients: boolean
  /** Whether fixed builds may run in the recipient's own service before the release. */
  mayDeploy: boolean
  /** The team's address for questions. */
  contact: string
  /** Set if this notice replaces an earlier notice that the recipient has. `reason`: the team's reason, in one line. */
  replaces?: { reason?: string | undefined } | undefined
  /** The tag that the list requires in subjects, such as `[vs]`. */
  tag?: string | undefined
  /** The number of issues in the public heads-up of the release, if there is one. */
  announced?: number | undefined
  /** Set if nothing is released, as for a hosted service: an advisory is published instead. */
  nothingToRelease?: boolean | undefined
  /** The project's own text. */
  template?: string | undefined
}

/** The embargoed notice to one recipient, with the patches attached. */
export function prenotification(fields: PrenotificationFields): Text {
  const { cases, tlp, template } = fields
  const numbers = cases.map(({ caseNumber }) => caseNumber).join(', ')
  const tag = fields.tag === undefined ? '' : `${fields.tag} `
  const attachments = attach(cases)
  return {
    subject: oneLine(
      `${tag}[${numbers}] ${tlp} embargoed security notice${fields.replaces === undefined ? '' : ': changed'}`,
    ),
    // A notice that replaces an earlier notice begins with this fact, even if the project's own words follow. Otherwise
    // the recipient might build from the old patches.
    text: `${layout([...replaced(fields), ...unexplained(fields), { verbatim: body(fields, attachments, template).trimEnd() }])}\n`,
    attachments: attachments.map(({ file }) => file),
  }
}

/** Facts that no recipient is told before the publication, even if the record has them. */
const NOT_YET_PUBLIC = { credits: [], references: [], dates: undefined } as const

function body(
  fields: PrenotificationFields,
  attachments: readonly AttachedPatch[],
  template: string | undefined,
): string {
  const { cases, project, contact, tlp } = fields
  const planned = dateInWords(fields.releaseAt, fields)
  const summary = `You get this because ${fields.why}. ${about(fields)}`
  const sections = cases.flatMap((each) => describe(each, attachments))
  const comes = publicationKind(fields.nothingToRelease)
  const terms: readonly Block[] = [
    { title: `Until the ${comes} (${tlp})` },
    factLines(termsOf(fields)),
    'If you see any of it in public, or think that it got out, tell us at once. Nobody is blamed for telling.',
  ]
  if (template === undefined)
    return layout([
      `Embargo until ${planned}. Please reply "received".`,
      summary,
      ...sections,
      ...terms,
      `Questions, and anything that is wrong with a patch: ${contact}, or reply to this mail. If the date changes, we will tell you in the same way.`,
      `To leave the list, reply and say so. What this mail tells you stays under embargo until the ${comes}.`,
    ])
  return inOwnWords({
    template,
    form: 'mail',
    fields: {
      ...releaseFields({
        project,
        contact,
        versions: fixedVersions(cases),
        count: cases.length,
        highest: highest(cases.map(({ severity }) => severity)),
      }),
      summary: layout([summary]),
      issues: layout(sections),
      releaseAt: [planned],
      tlp: [tlp],
      terms: layout(terms),
    },
    issues: cases.map((each) => ({
      ...issueFields({ ...each, ...NOT_YET_PUBLIC }, 'mail'),
      patches: patchLines(each, attachments),
    })),
  })
}

/**
 * Says why the heads-up counts more issues than this mail, unless the project's own words already do that with
 * `{{summary}}`.
 */
const unexplained = (fields: PrenotificationFields): readonly string[] => {
  const { template, cases, announced = cases.length } = fields
  const isSaid = template === undefined || fieldsNamed(template).some(({ name }) => name === 'summary')
  return isSaid || announced <= cases.length ? [] : [about(fields)]
}

function about({ cases, project, announced = cases.length, nothingToRelease }: PrenotificationFields): string {
  const what =
    nothingToRelease === true
      ? `The advisory is about ${issues(announced)} in ${project}, fixed in the service that we run: there will be nothing to install.`
      : `The release fixes ${issues(announced)} in ${project}.`
  const others = announced - cases.length
  if (others <= 0) return what
  // The public heads-up may count more issues than this mail, and the reader must not think that one is missing here.
  return `${what} That is the number in the public heads-up. This mail is about ${inWords(cases.length)} of them, because this list is not told about the ${others === 1 ? 'other one' : 'others'} before the ${publicationKind(nothingToRelease)}.`
}

function replaced({ replaces }: PrenotificationFields): Block[] {
  if (replaces === undefined) return []
  return [
    'This notice and its patches replace those that you have from us. A patch with the same SHA-256 is the same as before. Please build from the new ones, and delete the old ones.',
    ...(replaces.reason === undefined ? [] : ['What changed:', { said: replaces.reason }]),
  ]
}

/** What the recipient may do with the information before the publication. */
function termsOf({ tlp, tellClients, mayDeploy, nothingToRelease }: PrenotificationFields): readonly Fact[] {
  const clients = tellClients ? ', and with those of your clients who must know to protect themselves' : ''
  const share =
    tlp === 'TLP:RED'
      ? 'with nobody else, inside your organisation or outside'
      : `inside your organisation, with the people who need it to prepare${clients}; tell each of them about the embargo`
  return [
    { label: 'share', lines: [share] },
    ...(tellClients || tlp === 'TLP:RED' ? [] : [{ label: 'clients', lines: ['tell them nothing'] }]),
    nothingToRelease === true
      ? {
          label: 'prepare',
          lines: ['what you and your users need to do on that day, and keep these preparations secret'],
        }
      : { label: 'build', lines: ['and test fixed packages where nobody else can see them'] },
    {
      label: 'deploy',
      lines: [mayDeploy ? 'in your own service, if nothing shows what changed' : 'nowhere that others can reach'],
    },
    {
      label: 'publish',
      lines: ['nothing: no packages, patches or texts, and no push to a public place or public build'],
    },
    { label: 'say', lines: ['in public no more than our own heads-up says'] },
  ]
}

type AttachedPatch = { caseNumber: string; branch: string; sha256: string; file: TextAttachment }

function describe(record: PrenotificationCase, attachments: readonly AttachedPatch[]): Block[] {
  const patches = patchLines(record, attachments)
  return [
    heading(record),
    record.impact,
    factLines([...exposureFacts({ ...record, references: [] }), ...detailFacts(record)]),
    ...workaroundOfSeveralLines(record),
    ...(patches === '' ? ['No patch is attached.'] : ['Patches, attached, with their SHA-256:', { verbatim: patches }]),
  ]
}

/** The attached patches of a case, each with its digest on a line of its own. */
const patchLines = ({ caseNumber }: PrenotificationCase, attachments: readonly AttachedPatch[]): string =>
  attachments
    .filter((one) => one.caseNumber === caseNumber)
    .map(({ branch, file, sha256 }) => `${oneLine(branch)}: ${file.filename}\n${oneLine(sha256)}`)
    .join('\n\n')

// The file name is made from the case number and the branch, because the author's file name may describe the
// vulnerability or contain a path.
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
