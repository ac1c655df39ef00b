import { CANNED_ANSWERS, recipientsMeant, suspectedRecipients } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { recipientsLine } from '../cards/addressee-line.ts'
import { line, outside, sentence } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { answerable, reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'
import type { Reply } from '../types.ts'
import { mailTextOptions, confirmMailText } from './shared/mail-text.ts'
import type { MailTextValues } from './shared/mail-text.ts'

/** Enough for a mail that a person writes by hand. */
const REPLY_MAX = 20_000
/** One question. A text that needs a page is several questions, and gets no answer. */
const QUESTION_MAX = 4000

const ALL = 'recipients'

/**
 * `north`, or `distros/north` if a recipient is on several lists; `recipients` means all of them; an address means
 * another vendor.
 */
function recipientOf(to: string | undefined): Pick<Extract<PersonRequest, { verb: 'reply' }>, 'to'> {
  if (to === undefined) return {}
  if (to.trim() === ALL) return { to: ALL }
  // A recipient's id never has an @.
  if (to.includes('@')) return { to: { vendor: to.trim() } }
  const [recipient = '', list] = to.trim().split('/').toReversed()
  return { to: { recipient, ...(list === undefined ? {} : { list }) } }
}

/** The reader of the mail, named above the text before anything is sent. */
function addressed(
  call: CaseCall<unknown>,
  to: string | undefined,
): Omit<Parameters<typeof confirmMailText>[1], 'request'> {
  const { state, world } = call.case
  if (to === undefined) return { title: 'Mail to the reporter', among: answerable(state) }
  const named = recipientOf(to).to ?? ALL
  if (typeof named === 'object' && 'vendor' in named)
    return { title: `Mail to ${to}`, to: line('the vendor ', outside(named.vendor)), carries: { to } }
  const recipients = recipientsMeant({ state, release: world.release, others: world.others }, named)
  return {
    title: named === ALL ? 'Mail to each recipient alone' : `Mail to ${to}`,
    to: recipients.length === 0 ? line(sentence(to)) : recipientsLine(recipients, suspectedRecipients(state)),
    carries: { to },
  }
}

export const reply = defineCommand({
  verb: 'reply',
  summary: 'Mail the reporter, or recipients: the only text of this channel that leaves',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Write a mail', submit: 'Show it' },
  options: {
    report: reportOption(),
    to: z.string().max(200).exactOptional().register(about, {
      label: 'To recipients instead',
      hint: 'recipients: all who hold the patches, each alone; the name of one; or the address of the other vendor',
      takes: 'named',
      shownAs: 'recipients|recipient',
      suggests: 'recipient',
    }),
    kind: z
      .enum(['question', 'progress', ...CANNED_ANSWERS])
      .exactOptional()
      .register(about, {
        label: 'What kind of mail',
        hint: 'Left out: your own words',
        labels: {
          question: 'A question that the case waits for',
          progress: 'How far it is, and the next date; no text of yours',
          money: 'The answer that is always the same, to a demand for money',
        },
        takes: 'named',
      }),
    ...mailTextOptions({ most: REPLY_MAX, label: 'Text', hint: 'This goes out by mail, as it stands' }),
  },
  run: async (call) => {
    const { to, report, kind } = call.values
    const wrong = (because: string): Reply => wrongInput({ command: call.command, setting: call, because })
    if (to !== undefined && report !== undefined)
      return wrong('A mail goes to a reporter or to recipients, never to both: name one of them.')
    if (to !== undefined && kind !== undefined) return wrong(`A mail of the kind ${kind} goes to the reporter alone.`)
    if (kind === undefined) return ownWords(call)
    if (kind === 'question') return question(call)
    if (kind === 'progress')
      return send(
        call,
        { verb: 'reply.progress', case: call.case.id, ...reportOf(call.case.id, report) },
        { mailed: 'The reporter is told the stage and the next date. Nothing else leaves.' },
      )
    const text = call.values.text ?? (await call.engine.texts.cannedAnswer(call.case.id, kind))
    // From here on it is a reply like any other: exactly what was shown is sent, and it may be edited before.
    return text === undefined
      ? wrong('This case has no reporter to answer.')
      : ownWords({ ...call, values: { ...call.values, text } })
  },
})

type Values = MailTextValues & { readonly to?: string }

async function ownWords(call: CaseCall<Values>): Promise<Reply> {
  const { to, report } = call.values
  const target = { ...reportOf(call.case.id, report), ...recipientOf(to) }
  const written = await confirmMailText(call, {
    ...addressed(call, to),
    request: (leaves) => ({ verb: 'reply', case: call.case.id, ...target, ...leaves }),
  })
  if ('reply' in written) return written.reply
  return send(
    call,
    { verb: 'reply', case: call.case.id, ...target, ...written },
    { mailed: 'It goes out by mail now.' },
  )
}

async function question(call: CaseCall<Values>): Promise<Reply> {
  const { report, text } = call.values
  if (text !== undefined && text.length > QUESTION_MAX)
    return wrongInput({
      command: call.command,
      setting: call,
      because: `The question has ${text.length} characters; ${QUESTION_MAX} is the most.`,
    })
  const target = reportOf(call.case.id, report)
  const written = await confirmMailText(call, {
    kind: 'question',
    title: 'Question to the reporter',
    among: answerable(call.case.state),
    carries: { kind: 'question' },
    request: (leaves) => ({ verb: 'reply.question', case: call.case.id, ...target, ...leaves }),
  })
  if ('reply' in written) return written.reply
  return send(
    call,
    { verb: 'reply.question', case: call.case.id, ...target, ...written },
    { mailed: 'The question goes out by mail now.', then: 'The case needs info until it is answered.' },
  )
}
