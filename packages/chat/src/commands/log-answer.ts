import { z } from 'zod'
import type { LoggedAnswer, TakenIn } from '@embargo/core'
import { ANSWERS_A_MAIL, BranchName } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readEnd } from '../text/read-end.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import type { Reply } from '../types.ts'
import { ANSWER_LABELS, ANSWERS, ELSEWHERE, loggedAnswer } from './shared/answer-words.ts'
import type { AnswerWord } from './shared/answer-words.ts'
import { findMail } from './shared/find-mail.ts'
import { logCredit } from './shared/log-credit.ts'
import { logHasIt } from './shared/log-has-it.ts'
import { previewOptions } from './shared/preview-options.ts'
import { requestNewAddress } from './shared/new-address.ts'
import { reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

/** The usage line shows this one name in place of all options that `answer` defines. */
const KIND = 'answer'

/** Defines the option for one of the questions that a mail can answer. */
const answer = <const Words extends readonly [AnswerWord, ...AnswerWord[]]>(label: string, words: Words) =>
  z.enum(words).exactOptional().register(about, { label, labels: ANSWER_LABELS, kindOf: KIND })

export const logAnswer = defineCommand({
  verb: 'log-answer',
  summary: 'Log the answer of the reporter or a recipient, and name the mail that contains it',
  short: true,
  about: 'case',
  allowed: TEAM,
  form: { title: 'Log an answer', submit: 'Log' },
  options: {
    message: z
      .string()
      .max(256)
      .register(about, {
        label: 'Mail',
        hint: `"last", or the mail’s number in order of arrival; "${ELSEWHERE}" if it was not said by mail`,
        carried: true,
        shownAs: `last|number|${ELSEWHERE}`,
        suggests: 'source',
      }),
    fix: answer('The fix', ANSWERS.fix),
    credit: answer('Credit', ANSWERS.credit),
    patch: answer('Write the patch', ANSWERS.patch),
    ai: answer('AI', ANSWERS.ai),
    embargo: answer('Embargo', ANSWERS.embargo),
    open: answer('Go public', ANSWERS.open),
    forward: answer('Forward to the other vendor', ANSWERS.forward),
    recipient: z
      .enum(['has-it'])
      .exactOptional()
      .register(about, {
        label: 'A recipient',
        labels: { 'has-it': 'Has the pre-notification' },
        unasked: true,
        kindOf: KIND,
      }),
    address: z
      .enum(['new-address'])
      .exactOptional()
      .register(about, {
        label: 'Address',
        labels: { 'new-address': 'Write to the address of this mail from now on' },
        kindOf: KIND,
        unasked: true,
      }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch, for a verification',
      branch: true,
      suggests: 'branch',
    }),
    name: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, {
        label: 'Date, recipient, or name to credit',
        takes: 'rest',
        shownAs: 'name|date|recipient',
        suggests: { by: 'recipient', of: { 'has-it': 'recipient' } },
      }),
    more: z
      .enum(['yes'])
      .exactOptional()
      .register(about, {
        label: 'Does it ask anything else?',
        labels: { yes: 'Yes, it waits for a reply' },
        hint: 'If left empty, a mail that says yes, no or a date counts as answered',
        takes: 'named',
        shownAs: 'yes',
      }),
    report: reportOption(),
    ...previewOptions(),
  },
  run: async (call) => {
    const { message: typed, recipient, address, branch, name, more, report } = call.values
    const { fix, credit, patch, ai, embargo, open, forward } = call.values
    // The answer about the fix is logged last. It can make the fix ready, and the reporter can then be mailed the
    // public text to check. That mail shows the other answers, such as the credit.
    const words = [credit, patch, ai, embargo, open, forward, fix].filter((word) => word !== undefined)
    const wrong = (because: string): Reply => wrongInput({ command: call.command, setting: call, because })
    if (words.length === 0 && recipient === undefined && address === undefined)
      return { form: call.command.form({ case: call.case.id, message: typed }) }
    if (typed === ELSEWHERE) {
      if (recipient !== undefined) return logHasIt(call, { name })
      return credit === undefined || words.length > 1
        ? wrong(
            'Without naming the mail, you can log only a credit, or that a recipient has the pre-notification. For any other answer, name the mail.',
          )
        : logCredit(call, { credit, name, report })
    }
    // `last` skips mails of the CNA and of other vendors, because they cannot contain the reporter’s answer. It may
    // find a mail of an unknown sender; then the command is refused, and the refusal says why.
    const answering = recipient === undefined ? 'reporter' : 'recipient'
    const named = findMail(call.case.state, typed, [answering, 'unverified'])
    const mail = call.case.state.messages.find(({ message }) => message === named)
    if (mail === undefined) return wrong('This case has no such mail.')
    if (address !== undefined) return requestNewAddress(call, mail.message)
    if (recipient !== undefined) return logHasIt(call, { mail, name })
    if (embargo === 'proposes' && credit !== undefined && credit !== 'credit-anonymous')
      return wrong('A name and a date cannot be logged together: log the date first, then the credit.')
    const answers = words.map((word) => readAnswer(call, word, { branch, name }))
    const read = answers.filter((one) => one !== undefined)
    return read.length < answers.length
      ? wrong(`The date that they propose looks like ${dateExample(call, '2026-09-15')}.`)
      : logAll(call, { mail, answers: read, ...(more === undefined ? {} : { more: true }) })
  },
})

type ParsedAnswer = { readonly word: AnswerWord; readonly answer: LoggedAnswer }

function readAnswer(
  call: CaseCall<unknown>,
  word: AnswerWord,
  subject: { readonly branch: string | undefined; readonly name: string | undefined },
): ParsedAnswer | undefined {
  if (word !== 'proposes') return { word, answer: loggedAnswer(word, subject) }
  const read = readEnd(subject.name ?? '', call.engine.policy.policy, call.case.state, releaseZones(call))
  return read === undefined || read.rest !== undefined
    ? undefined
    : { word, answer: { about: 'embargo-date', end: read.at } }
}

type AnswersInMail = { readonly mail: TakenIn; readonly answers: readonly ParsedAnswer[]; readonly more?: true }

/** Sends one command for each answer, so that a refusal of one does not stop the others. */
async function logAll(call: CaseCall<unknown>, { mail, answers, more }: AnswersInMail): Promise<Reply> {
  const ends =
    mail.unread === true && more === undefined && answers.some(({ answer: { about } }) => ANSWERS_A_MAIL.has(about))
  const followUp = ends
    ? ' The mail now counts as answered. If it asks anything else, log it again with --more yes.'
    : ''
  const replies: Reply[] = []
  for (const { word, answer } of answers) {
    const { deliveryId } = call.invocation
    const invocation =
      answers.length === 1 ? call.invocation : { ...call.invocation, deliveryId: `${deliveryId}:${word}` }
    replies.push(
      await send(
        { ...call, invocation },
        {
          verb: 'log-answer',
          case: call.case.id,
          message: mail.message,
          answer,
          ...(more === undefined ? {} : { more }),
        },
        `Logged: ${ANSWER_LABELS[word]}.${answers.length === 1 ? followUp : ''}`,
      ),
    )
  }
  const [only, ...others] = replies
  const refused = replies.find((reply) => 'refusal' in reply)
  const done = replies.flatMap((reply) => ('facts' in reply && reply.facts?.is === 'done' ? [reply.facts.said] : []))
  if (only !== undefined && (others.length === 0 || done.length === 0)) return refused ?? only
  const sentences = [...done, ...(refused === undefined ? [] : [`Not logged: ${refused.reason.because}`])]
  return {
    audience: 'caller',
    card: resultCard({
      setting: call,
      title: 'Done',
      lines: [...sentences, ...(followUp === '' ? [] : [followUp.trim()])],
    }),
    facts: { is: 'done', said: sentences.join(' '), repeated: false },
  }
}
