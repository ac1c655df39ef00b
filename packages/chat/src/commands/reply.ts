import { CANNED_ANSWERS, MessageId, policyFor, recipientsMeant, suspectedRecipients } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { recipientsLine } from '../cards/addressee-line.ts'
import { line, outside, sentence } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { answerable, reportOf, reportOption, writable } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { secretNotes } from './shared/secret-notes.ts'
import { sentExploitOption } from './shared/exploit-option.ts'
import { mailTextOptions, confirmMailText } from './shared/mail-text.ts'
import type { MailTextValues } from './shared/mail-text.ts'

/** The limit is enough for a mail that a person writes by hand. */
const REPLY_MAX = 20_000
/**
 * The limit is enough for one question. A text that needs a page contains several questions, and tends to get no
 * answer.
 */
const QUESTION_MAX = 4000

const ALL = 'recipients'

/**
 * Reads who gets the mail. `north` names a recipient, and `distros/north` a recipient who is on several lists.
 * `recipients` means all recipients. An address means another vendor.
 */
function recipientOf(to: string | undefined): Pick<Extract<PersonRequest, { verb: 'reply' }>, 'to'> {
  if (to === undefined) return {}
  if (to.trim() === ALL) return { to: ALL }
  // A recipient's id never has an @.
  if (to.includes('@')) return { to: { vendor: to.trim() } }
  const [recipient = '', list] = to.trim().split('/').toReversed()
  return { to: { recipient, ...(list === undefined ? {} : { list }) } }
}

/** The parts of the form and the preview that depend on who gets the mail. */
function addressed(
  call: CaseCall<unknown>,
  to: string | undefined,
  exploit: Pick<Values, 'exploit'>,
): Omit<Parameters<typeof confirmMailText>[1], 'request'> {
  const { state, world } = call.case
  if (to === undefined)
    return {
      title: 'Mail to the reporter',
      among: writable(state),
      warnings: (text) => secretNotes(call, { isReporter: true }, text),
    }
  const named = recipientOf(to).to ?? ALL
  if (typeof named === 'object' && 'vendor' in named)
    return {
      title: `Mail to ${to}`,
      to: line(call.case.state.cna === named.vendor ? 'the CNA ' : 'the vendor ', outside(named.vendor)),
      carries: { to },
      warnings: (text) => secretNotes(call, {}, text),
    }
  const recipients = recipientsMeant({ state, release: world.release, others: world.others }, named)
  return {
    title: named === ALL ? 'Mail to each recipient alone' : `Mail to ${to}`,
    to: recipients.length === 0 ? line(sentence(to)) : recipientsLine(recipients, suspectedRecipients(state)),
    carries: { to, ...exploit },
    warnings: (text) => secretNotes(call, { recipients }, text),
    notes: exploitNotes(call, { to, recipients, isNoted: exploit.exploit !== undefined }),
  }
}

/**
 * Notes about exploits, for a mail to recipients on a list of the kind `linux-distros`. If the caller has said that the
 * mail shares an exploit, the note says when the exploit must be published. Otherwise the note shows the option with
 * which the caller says that the mail shares one.
 */
function exploitNotes(
  { engine, invocation: { place }, case: { state } }: CaseCall<unknown>,
  mail: { readonly to: string; readonly recipients: ReturnType<typeof recipientsMeant>; readonly isNoted: boolean },
): readonly string[] {
  const distros = policyFor(engine.policy.policy, state).prenotification.lists.filter(({ kind }) => kind !== undefined)
  if (state.cs.public !== undefined || !mail.recipients.some(({ list }) => distros.some(({ id }) => id === list)))
    return []
  return mail.isNoted
    ? ['The exploit must be published on oss-security within 7 days after the publication.']
    : [
        `If this mail shares an exploit, write the mail with ${typedAt(place, `reply --to ${mail.to} --exploit shared`)}`,
      ]
}

export const reply = defineCommand({
  verb: 'reply',
  summary: 'Mail the reporter or recipients; nothing else that you write in the channel is mailed',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Write a mail', submit: 'Show it' },
  options: {
    report: reportOption(),
    to: z.string().max(200).exactOptional().register(about, {
      label: 'To recipients instead',
      hint: '"recipients" (a separate mail to each who has the patches), the name of one, or the other vendor’s address',
      takes: 'named',
      shownAs: 'recipients|recipient',
      suggests: 'recipient',
    }),
    exploit: sentExploitOption(),
    kind: z
      .enum(['question', 'progress', 'resend', ...CANNED_ANSWERS])
      .exactOptional()
      .register(about, {
        label: 'What kind of mail',
        hint: 'If left out: your own words',
        labels: {
          question: 'A question; the case waits for the answer',
          progress: 'The stage and the next date; no text of yours',
          resend: 'A request to send again what we cannot open; no text of yours',
          money: 'The standard answer to a demand for money',
        },
        takes: 'named',
      }),
    mail: MessageId.exactOptional().register(about, { label: 'Mail to be sent again', hidden: true, takes: 'named' }),
    ...mailTextOptions({ most: REPLY_MAX, label: 'Text', hint: 'Mailed exactly as you write it' }),
  },
  run: async (call) => {
    const { to, report, kind, mail } = call.values
    const wrong = (because: string): Reply => wrongInput({ command: call.command, setting: call, because })
    if (to !== undefined && report !== undefined)
      return wrong('A mail goes to a reporter or to recipients, never to both: choose one.')
    if (call.values.exploit !== undefined && (to === undefined || to.includes('@')))
      return wrong(
        'An exploit can be noted only for a mail to recipients, because their list may require you to publish the exploit.',
      )
    if (call.values.exploit === 'sent') return noteExploit(call, to)
    if (to !== undefined && kind !== undefined) return wrong(`A mail of the kind ${kind} goes to the reporter alone.`)
    if (kind === undefined) return ownWords(call)
    if (kind === 'question') return question(call)
    if (kind === 'progress')
      return send(
        call,
        { verb: 'reply.progress', case: call.case.id, ...reportOf(call.case.id, report) },
        { mailed: 'The reporter is told the stage and the next date, and nothing else.' },
      )
    if (kind === 'resend')
      return send(
        call,
        { verb: 'reply.resend', case: call.case.id, ...(mail === undefined ? {} : { message: mail }) },
        { mailed: 'The reporter is asked to send the mail again, and told how to encrypt it.' },
      )
    const text = call.values.text ?? (await call.engine.texts.cannedAnswer(call.case.id, kind))
    // From here on, the answer is an ordinary reply: the caller may edit the text, and exactly the text that they
    // confirm is sent.
    return text === undefined
      ? wrong('This case has no reporter to answer.')
      : ownWords({ ...call, values: { ...call.values, text } })
  },
})

type Values = MailTextValues & { readonly to?: string; readonly exploit?: 'shared' | 'sent' }

async function ownWords(call: CaseCall<Values>): Promise<Reply> {
  const { to, report } = call.values
  const exploit = call.values.exploit === 'shared' ? ({ exploit: 'shared' } as const) : {}
  const target = { ...reportOf(call.case.id, report), ...recipientOf(to), ...exploit }
  const pasteAt = advisoryToPaste(call)
  const written = await confirmMailText(call, {
    ...addressed(call, to, exploit),
    ...(pasteAt === undefined
      ? {}
      : {
          asks: 'is this the text for the reporter?',
          notes: [`The reporter gave no address, so nothing is mailed: paste the text as a comment at ${pasteAt}`],
        }),
    request: (leaves) => ({ verb: 'reply', case: call.case.id, ...target, ...leaves }),
  })
  if ('reply' in written) return written.reply
  return send(
    call,
    { verb: 'reply', case: call.case.id, ...target, ...written },
    pasteAt === undefined
      ? { mailed: 'It goes out by mail now.' }
      : 'Nothing is mailed: paste the text as a comment into the advisory. The channel of the case has the text and the link.',
  )
}

/** Records that recipients have an exploit, which they got by an earlier mail or outside Embargo. */
function noteExploit(call: CaseCall<unknown>, named: string | undefined): Promise<Reply> {
  const { to = ALL } = recipientOf(named)
  if (typeof to === 'object' && 'vendor' in to) throw new Error('an address should have been refused earlier')
  return send(
    call,
    { verb: 'reply.exploit', case: call.case.id, to },
    'Noted: the exploit was shared. Nothing is mailed.',
  )
}

/** The advisory into which a person must paste the text, if the reporter gave no address. */
function advisoryToPaste({ case: { id, state }, values: { to, report } }: CaseCall<Values>): string | undefined {
  const named = reportOf(id, report).report
  const [reporter] = writable(state).filter((one) => named === undefined || one.id === named)
  return to === undefined && reporter?.answerable === false ? reporter.advisory : undefined
}

async function question(call: CaseCall<Values>): Promise<Reply> {
  const { report, text } = call.values
  if (text !== undefined && text.length > QUESTION_MAX)
    return wrongInput({
      command: call.command,
      setting: call,
      because: `The question has ${text.length} characters; the limit is ${QUESTION_MAX}.`,
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
    {
      mailed: 'The question goes out by mail now.',
      then: 'The case stays at “needs info” until the question is answered.',
    },
  )
}
