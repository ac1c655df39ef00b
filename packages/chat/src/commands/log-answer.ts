import { z } from 'zod'
import type { LoggedAnswer } from '@embargo/core'
import { ANSWERS_A_MAIL, BranchName } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readEnd } from '../text/read-end.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { ANSWER_LABELS, ANSWER_WORDS, loggedAnswer } from './shared/answer-words.ts'
import { findMail } from './shared/find-mail.ts'
import { TEAM } from './shared/roles.ts'

export const logAnswer = defineCommand({
  verb: 'log-answer',
  summary: 'Log what the reporter answered, with the mail that says so',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Log an answer', submit: 'Log' },
  options: {
    message: z.string().max(256).register(about, {
      label: 'Mail',
      hint: 'last, its number in the order in which they came, or its id',
      carried: true,
      shownAs: 'last|number',
      suggests: 'message',
    }),
    what: z
      .enum(ANSWER_WORDS)
      .register(about, { label: 'What they answered', labels: ANSWER_LABELS, shownAs: 'answer' }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch, for a verification',
      branch: true,
      suggests: 'branch',
    }),
    name: z.string().max(200).exactOptional().register(about, {
      label: 'Name to credit, or the date',
      takes: 'rest',
      shownAs: 'name|date',
    }),
    more: z
      .enum(['yes'])
      .exactOptional()
      .register(about, {
        label: 'Does it ask anything else?',
        labels: { yes: 'Yes, it waits for a reply' },
        hint: 'Left out, a yes, a no or a date answers the mail',
        takes: 'named',
        shownAs: 'yes',
      }),
  },
  run: async (call) => {
    const { message, what, branch, name, more } = call.values
    const found = findMail(call.case.state, message)
    if (found === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'This case has no such mail.' })
    const answer = what === 'proposes' ? proposedDate(call, name ?? '') : loggedAnswer(what, { branch, name })
    if (answer === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: `The date that they propose looks like ${dateExample(call, '2026-09-15')}.`,
      })
    const mail = call.case.state.messages.find((one) => one.message === found)
    const ends = mail?.unread === true && more === undefined && ANSWERS_A_MAIL.has(answer.about)
    return send(
      call,
      { verb: 'log-answer', case: call.case.id, message: found, answer, ...(more === undefined ? {} : { more: true }) },
      `Logged: ${ANSWER_LABELS[what]}.${ends ? ' The mail counts as answered now. Does it ask anything else? Then log it again with --more yes.' : ''}`,
    )
  },
})

function proposedDate(call: CaseCall<unknown>, text: string): LoggedAnswer | undefined {
  const read = readEnd(text, call.engine.policy.policy, call.case.state, releaseZones(call))
  return read === undefined || read.rest !== undefined ? undefined : { about: 'embargo-date', end: read.at }
}
