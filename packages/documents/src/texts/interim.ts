import { layout, oneLine, dateInWords } from '@embargo/core'
import type { Block } from '@embargo/core'
import type { AdvisoryRecord } from '../record.ts'
import { affected, namesOf, workaround } from './advisory-body.ts'
import { affectedLines } from './issue.ts'
import { inOwnWords, statement } from './own-words.ts'
import type { PublicText, Text, TextAttachment } from './text.ts'

/** Why people are told before there is a fix. */
export type InterimReason = 'public' | 'exploit' | 'attacks' | 'leak'

/**
 * The content of an interim text, which is published if secrecy fails before a fix is released. It has only what the
 * team wrote for the public. It has no field for exploits, patches, people or reports.
 */
export type InterimFields = {
  project: string
  record: Pick<AdvisoryRecord, 'caseNumber' | 'component' | 'impact' | 'affected'> &
    Partial<Pick<AdvisoryRecord, 'workaround' | 'severity' | 'cve'>>
  because: InterimReason
  /** When the fix is expected, epoch milliseconds; absent while nobody can say. */
  fixAt?: number | undefined
  contact: string
  /** The project's own template, if the project has one. */
  template?: string | undefined
}

const WHY: Readonly<Record<InterimReason, string>> = {
  public: 'It has become public before a fix is released, so we are telling you now.',
  exploit: 'An exploit has become public before a fix is released, so we are telling you now.',
  attacks: 'Attacks have been seen before a fix is released, so we are telling you now.',
  leak: 'Details got out before a fix is released, so we are telling you now.',
}

/**
 * The text that is published before there is a fix: who is affected, what to do now, when the fix comes, and that this
 * text will change.
 */
export function interim(fields: InterimFields): PublicText {
  return { subject: subject(fields), text: `${layout(whole(fields))}\n`, attachments: [] }
}

export type InterimNoticeFields = InterimFields & {
  reader: 'reporter' | 'recipient'
  /**
   * Whether the same text also goes to a public mailing list. If it does not, something other than this text has made
   * the vulnerability public.
   */
  listed: boolean
  /** The available patches, for recipients; none of them is final. */
  patches: readonly { branch: string; sha256: string; patch: string }[]
}

/** The interim text for one recipient or reporter, with the available patches. */
export function interimNotice(fields: InterimNoticeFields): Text {
  const files = fields.patches.map(({ branch, patch }) => fileOf(fields.record.caseNumber, branch, patch))
  return {
    subject: oneLine(`[${fields.record.caseNumber}] ${subject(fields)}`),
    text: `${layout([
      fields.listed
        ? 'The embargo is over. You get this at the same time as the public.'
        : 'The embargo is over, because the issue is public. This is what we know now.',
      ...(fields.reader === 'recipient' ? forRecipient(fields, files) : forReporter),
      ...whole(fields),
    ])}\n`,
    attachments: files,
  }
}

const subject = ({ project, record }: InterimFields): string =>
  oneLine(`${project} security advisory before a fix (${namesOf(record)})`)

/** The part that is the same for all readers, in the project's own words if the project has any. */
const whole = (fields: InterimFields): Block[] =>
  fields.template === undefined
    ? [...body(fields), ...closing(fields)]
    : [{ verbatim: ownWords(fields, fields.template).trimEnd() }]

function ownWords(fields: InterimFields, template: string): string {
  const { project, contact, record, because } = fields
  return inOwnWords({
    template,
    form: 'mail',
    fields: {
      project: [project],
      contact: [contact],
      id: [namesOf(record)],
      severity: record.severity === undefined ? [] : [record.severity],
      why: [WHY[because]],
      impact: [record.impact],
      component: [record.component],
      affected: affectedLines({ affected: unfixed(record) }),
      workaround: statement(record.workaround),
      fix: [fixDate(fields)],
    },
    issues: [],
  })
}

/**
 * The affected branches without their fixed versions. A fixed version may be named only when people can download it.
 */
const unfixed = ({ affected: branches }: InterimFields['record']) =>
  branches.map(({ branch, range }) => ({ branch, range }))

function body(fields: InterimFields): Block[] {
  const { record, project, because } = fields
  const severity = record.severity === undefined ? [] : [['Severity', record.severity] as const]
  return [
    `This is about a security issue in ${project} that has no fixed release yet. ${WHY[because]}`,
    record.impact,
    { rows: [['Component', record.component], ...severity] },
    ...affected({ affected: unfixed(record) }),
    ...(record.workaround === undefined ? [] : [{ title: 'What to do now' }, ...workaround(record)]),
    fixDate(fields),
  ]
}

const fixDate = ({ fixAt }: InterimFields): string =>
  fixAt === undefined ? 'There is no date for a fix yet.' : `A fix is expected ${dateInWords(fixAt)}.`

const closing = ({ project, contact }: InterimFields): Block[] => [
  'The full advisory comes with the fix, and will replace this text.',
  `If you see attacks, or know more about this issue in ${project}, please tell us: ${contact}`,
]

function forRecipient({ patches }: InterimNoticeFields, files: readonly TextAttachment[]): Block[] {
  if (patches.length === 0) return ['There is no patch yet. You may tell your users now.']
  return [
    'The available patches are attached. They may still change. You may build, publish and deploy with them now.',
    ...patches.map(({ branch, sha256 }, index) => ({
      verbatim: `${oneLine(branch)}: ${files[index]?.filename ?? ''}\n${oneLine(sha256)}`,
    })),
  ]
}

const forReporter: Block[] = [
  'You may now speak about it and publish your own write-up. If you can, hold back a working exploit until there is a fix; that is a wish, not a condition.',
]

// The file name is made from the case number and the branch, because the author's file name may describe the
// vulnerability or contain a path.
const fileOf = (caseNumber: string, branch: string, content: string): TextAttachment => ({
  filename: `${caseNumber}-${branch.replaceAll(/[^A-Za-z0-9._-]/gu, '-')}.patch`,
  contentType: 'text/x-patch; charset=utf-8',
  content,
})
