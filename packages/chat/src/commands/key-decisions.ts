import { send } from '../answers.ts'
import type { CaseCall } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { digitsOption } from './shared/digits-option.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

const COMMON = { about: 'case', allowed: TEAM } as const

type KeyCall<Values> = CaseCall<{ readonly report?: string | undefined } & Values>

/** What the person who made the decision is told afterwards. */
type Done = (place: TypedPlace) => string

const withDigits =
  (verb: 'key.pin' | 'key.replace', done: Done) =>
  async (call: KeyCall<{ readonly digits: string }>): Promise<Reply> => {
    const { id } = call.case
    const { digits, report } = call.values
    return send(call, { verb, case: id, digits, ...reportOf(id, report) }, done(call.invocation.place))
  }

const withoutDigits =
  (verb: 'key.forget' | 'key.plain', done: Done) =>
  async (call: KeyCall<unknown>): Promise<Reply> =>
    send(call, { verb, case: call.case.id, ...reportOf(call.case.id, call.values.report) }, done(call.invocation.place))

export const keyPin = defineCommand({
  ...COMMON,
  verb: 'key.pin',
  summary: 'Confirm that a key is the reporter’s, after you compared its fingerprint with them',
  form: { title: 'Confirm a key', submit: 'It is theirs' },
  options: { digits: digitsOption(), report: reportOption() },
  run: withDigits(
    'key.pin',
    () => 'The key is confirmed. From now on, a mail signed with it counts as the reporter’s.',
  ),
})

export const keyReplace = defineCommand({
  ...COMMON,
  verb: 'key.replace',
  summary: 'Replace a reporter’s key with their new one, after you compared its fingerprint with them',
  form: { title: 'Take the new key', submit: 'It is theirs' },
  options: { digits: digitsOption(), report: reportOption() },
  run: withDigits(
    'key.replace',
    (place) =>
      `The new key is the reporter’s from now on. To send the mails that waited for it, list them and choose “again” for each: ${typedAt(place, 'settle')}`,
  ),
})

export const keyForget = defineCommand({
  ...COMMON,
  verb: 'key.forget',
  summary: 'Drop a reporter’s key; the next key that they send counts as their first',
  options: { report: reportOption() },
  run: withoutDigits('key.forget', () => 'The key is dropped.'),
})

export const keyPlain = defineCommand({
  ...COMMON,
  verb: 'key.plain',
  summary: 'Allow unencrypted answers to an encrypted report, if its reporter’s key is not known',
  options: { report: reportOption() },
  run: withoutDigits(
    'key.plain',
    (place) =>
      `Answers to this reporter are sent unencrypted: every mail server on the way can read them. To send the mails that waited, list them and choose “again” for each: ${typedAt(place, 'settle')}`,
  ),
})
