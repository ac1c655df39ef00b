import { letter } from './shared/letter.ts'
import type { Letter, LetterAttachment, LetterBase, Secrecy } from './shared/letter.ts'

export type ForwardedReportFields = {
  project: string
  /** Who reported it, where they want the vendor to know. */
  reporter?: string | undefined
  subject: string
  text: string
  /** How many files came with it, and whether they go too. */
  attachments: number
  attached: boolean
  secrecy: Secrecy
}

/** What is said to another vendor before the report itself. A person sees it, and may change it, before it leaves. */
export function forwardedReportText(fields: ForwardedReportFields): string {
  const { project, reporter, subject, text, secrecy } = fields
  return [
    'Hello,',
    `we are the security team of ${project}. A report has reached us whose cause lies, as far as we can tell, in your software and not in ours. Whoever wrote it agreed that we pass it on to you.`,
    reporter === undefined
      ? 'They do not want to be named to you. What you answer to this mail reaches us, and we pass it on.'
      : `It is from ${reporter}, who agreed to be named to you. What you answer to this mail reaches us; you may also write to them.`,
    secrecy === 'over'
      ? 'It is worked on in public, so there is no secret to keep. Please tell us that it has reached somebody who can act on it.'
      : 'Please keep it between yourselves until you have agreed on a date with them, and tell us that it has reached somebody who can act on it. We publish nothing about it.',
    ...filesSaid(fields),
    `The report, as it came, with the subject "${subject}":`,
    quoted(text),
  ].join('\n\n')
}

function filesSaid({ attachments, attached }: ForwardedReportFields): readonly string[] {
  if (attachments === 0) return []
  const several = attachments > 1
  const came = several ? `${attachments} files came with it` : 'One file came with it'
  if (!attached) return [`${came}, and ${several ? 'are' : 'is'} not attached. Ask, and we send what you need.`]
  return [
    `${came}, and ${several ? 'are' : 'is'} attached as ${several ? 'they' : 'it'} came. We did not change ${several ? 'them' : 'it'}, and somebody may have written ${several ? 'them' : 'it'} to attack: open with care.`,
  ]
}

/** The mail to the vendor: the text as it was shown, and the files that were named beside it. */
export function forwardedReport(fields: LetterBase & { text: string; files: readonly LetterAttachment[] }): Letter {
  return letter({
    base: fields,
    about: 'A report about your software',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
    attachments: fields.files,
  })
}

const quoted = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
