import { letter } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

export type ForwardedReportFields = {
  project: string
  /** Who reported it, where they want the vendor to know. */
  reporter?: string | undefined
  subject: string
  text: string
  /** How many files came with it; they stay here until somebody asks. */
  attachments: number
}

/** What is said to another vendor before the report itself. A person sees it, and may change it, before it leaves. */
export function forwardedReportText(fields: ForwardedReportFields): string {
  const { project, reporter, subject, text, attachments } = fields
  return [
    'Hello,',
    `we are the security team of ${project}. A report has reached us whose cause lies, as far as we can tell, in your software and not in ours. Whoever wrote it agreed that we pass it on to you.`,
    reporter === undefined
      ? 'They do not want to be named to you. What you answer to this mail reaches us, and we pass it on.'
      : `It is from ${reporter}, who agreed to be named to you. What you answer to this mail reaches us; you may also write to them.`,
    'Please keep it between yourselves until you have agreed on a date with them, and tell us that it has reached somebody who can act on it. We publish nothing about it.',
    ...(attachments === 0
      ? []
      : [`${attachments === 1 ? 'One file' : `${attachments} files`} came with it. Ask, and we send what you need.`]),
    `The report, as it came, with the subject "${subject}":`,
    quoted(text),
  ].join('\n\n')
}

/** The mail to the vendor: the text as it was shown, and nothing else. */
export function forwardedReport(fields: LetterBase & { text: string }): Letter {
  return letter({
    base: fields,
    about: 'A report about your software',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
  })
}

const quoted = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
