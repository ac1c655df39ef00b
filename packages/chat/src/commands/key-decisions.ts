import { send } from '../answers.ts'
import type { ChatCommand } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { digitsOption } from './shared/digits-option.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

type Words = {
  readonly summary: string
  /** What the person who made the decision reads. */
  readonly done: string
}

/** A decision by somebody who compared the key with its owner, and types its last digits. */
const withDigits = (
  verb: 'key.pin' | 'key.replace',
  { summary, done, form }: Words & { readonly form: string },
): ChatCommand =>
  defineCommand({
    verb,
    summary,
    about: 'case',
    allowed: TEAM,
    form: { title: form, submit: 'It is theirs' },
    options: { digits: digitsOption(), report: reportOption() },
    run: async (call) => {
      const { id } = call.case
      const { digits, report } = call.values
      return send(call, { verb, case: id, digits, ...reportOf(id, report) }, done)
    },
  })

const withoutDigits = (verb: 'key.forget' | 'key.plain', { summary, done }: Words): ChatCommand =>
  defineCommand({
    verb,
    summary,
    about: 'case',
    allowed: TEAM,
    options: { report: reportOption() },
    run: async (call) => send(call, { verb, case: call.case.id, ...reportOf(call.case.id, call.values.report) }, done),
  })

export const keyPin = withDigits('key.pin', {
  summary: 'Confirm that a key is the reporter’s, after you compared its fingerprint with them',
  form: 'Confirm a key',
  done: 'The key is confirmed. What it signs counts as its owner’s from now on.',
})

export const keyReplace = withDigits('key.replace', {
  summary: 'Accept a reporter’s changed key in place of the old one, after you compared it with them',
  form: 'Take the new key',
  done: 'The new key is theirs from now on. Mails that waited for it: settle them with “again”.',
})

export const keyForget = withoutDigits('key.forget', {
  summary: 'Drop a reporter’s key; the next one that they send counts as their first',
  done: 'The key is dropped.',
})

export const keyPlain = withoutDigits('key.plain', {
  summary: 'Allow unencrypted answers to an encrypted report, if its reporter’s key is not known',
  done: 'Answers to this reporter leave unencrypted: every mail server on their way can read them. Send what waited with settle.',
})
