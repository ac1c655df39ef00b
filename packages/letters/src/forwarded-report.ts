import type { CaseState, Report } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterAttachment, LetterBase, Secrecy } from './shared/letter.ts'
import { storedFiles, storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent, StoredRefs } from './shared/material.ts'

export type ForwardingFields = {
  project: string
  /** The reporter's name, if they agreed that the vendor may know it. */
  reporter?: string | undefined
  subject: string
  text: string
  /** How many attachments the report had, and whether they are forwarded too. */
  attachments: number
  attached: boolean
  secrecy: Secrecy
  /** Set if the vulnerability is in our software too: the vendor is an upstream of ours, or both have the same code. */
  isOurs?: boolean
}

/**
 * The text of the mail to another vendor: an introduction, and then the quoted report. A person sees this text, and may
 * edit it, before the mail is sent.
 */
export function forwardedReportText(fields: ForwardingFields): string {
  const { project, reporter, subject, text, secrecy } = fields
  return [
    'Hello,',
    `we are the security team of ${project}. We received a report of a problem. ${fields.isOurs === true ? 'We found it to be a vulnerability of ours, and as far as we can tell, its cause is in your software too' : 'As far as we can tell, its cause is in your software and not in ours'}. The person who wrote the report agreed that we pass it on to you.`,
    reporter === undefined
      ? 'They do not want to be named to you. Your answer to this mail reaches us, and we will pass it on.'
      : `The report is from ${reporter}, who agreed to be named to you. Your answer to this mail reaches us; you may also write to them.`,
    secrecy === 'over'
      ? 'The problem is being worked on in public, so there is no secret to keep. Please tell us when it has reached somebody who can act on it.'
      : fields.isOurs === true
        ? 'Please keep it between us until we have agreed on a date, and tell us when it has reached somebody who can act on it. We will tell you before we publish anything.'
        : 'Please keep it between yourselves until you have agreed on a date with the reporter, and tell us when it has reached somebody who can act on it. We publish nothing about it.',
    'If you give it a number of your own, please tell us that number.',
    ...filesSentence(fields),
    `The report, as it came, with the subject "${subject}":`,
    quote(text),
  ].join('\n\n')
}

function filesSentence({ attachments, attached }: ForwardingFields): readonly string[] {
  if (attachments === 0) return []
  const several = attachments > 1
  const came = several ? `${attachments} files came with it` : 'One file came with it'
  if (!attached) return [`${came}, and ${several ? 'are' : 'is'} not attached. If you need any, ask us.`]
  return [
    `${came}, and ${several ? 'are' : 'is'} attached as ${several ? 'they' : 'it'} came. We did not change ${several ? 'them' : 'it'}, and ${several ? 'they' : 'it'} may be malicious: open with care.`,
  ]
}

export type ForwardedReportFields = LetterBase & { text: string; files: readonly LetterAttachment[] }

/** The mail to the vendor: the text exactly as it was shown, and the files that were named in the preview. */
export const forwardedReport = defineLetter({
  name: 'forwarded-report',
  label: 'forwarded report',
  needs,
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): ForwardedReportFields {
  const { event } = material
  if (event?.type !== 'ReportForwarded') throw new CannotWrite('No report was forwarded.')
  const files = event.files === undefined ? [] : filesOf(material, event.report, { wanted: event.files, content })
  return { ...base(material), text: storedText(content, event.text), files }
}

/** The files to forward. The person who forwards the report saw their names and hashes in the preview. */
function filesOf(
  { case: theCase }: LetterMaterial,
  id: string,
  { wanted, content }: { readonly wanted: readonly string[]; readonly content: StoredContent },
): readonly LetterAttachment[] {
  const report = sourceReport(theCase, id)
  if (report === undefined) throw new CannotWrite('The report that this mail forwards is no longer on the case.')
  const came = storedFiles(content, report.message)
  return wanted.map((sha256) => {
    const file = came.find((one) => one.sha256 === sha256)
    if (file === undefined) throw new CannotWrite('A file that goes with this mail cannot be found.')
    return { filename: file.name, contentType: file.type, content: file.content }
  })
}

const sourceReport = ({ reports, moved }: CaseState, id: string): Report | undefined =>
  [...reports, ...moved.map(({ report }) => report)].find((one) => one.id === id)

function needs({ event, case: theCase }: LetterMaterial): StoredRefs {
  if (event?.type !== 'ReportForwarded') return {}
  const report = event.files === undefined ? undefined : sourceReport(theCase, event.report)
  return { texts: [event.text], filesOf: report === undefined ? [] : [report.message] }
}

function words(fields: ForwardedReportFields): Letter {
  return letter({
    base: fields,
    about: 'A report about your software',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
    attachments: fields.files,
  })
}

const quote = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
