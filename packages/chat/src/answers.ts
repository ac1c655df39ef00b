import { CommandId, decide, personOf, withOpenWays } from '@embargo/core'
import type { Instant, PersonRequest, Refusal, StreamId } from '@embargo/core'
import type { UnsentMail } from '@embargo/engine'
import { resultCard } from './cards/result.ts'
import { refusalCard } from './cards/refusal.ts'
import type { CaseInView, ChatCommand, Setting } from './chat-command.ts'
import { unsentMailSentence } from './text/mail-backlog.ts'
import type { Facts, Invocation, Reply } from './types.ts'
import { typedAt } from './usage.ts'

/**
 * Makes the command's id from the platform's id of the delivery. The platform is its prefix, because ids of two
 * platforms must never collide.
 */
export const commandIdOf = (invocation: Invocation): CommandId =>
  CommandId.parse(`${invocation.place.platform}:${invocation.deliveryId}`)

/**
 * `said`: what the command did. `mailed`: the sentence about the mail that the command sends. `then`: further text for
 * the answer.
 * `toReporter`: the mail goes to the reporters, so it is not sent if none of them gave an address.
 */
type MailedWords = {
  readonly said?: string
  readonly mailed: string
  readonly then?: string
  readonly toReporter?: true
}

type Words = string | MailedWords | ((stream: StreamId, note: string | undefined) => string)

/**
 * Sends the request to the engine and answers the caller with `words` and with core's note, if core returned one. If
 * nothing changed (somebody did it before) or the request is void, the answer is core's note alone. `voided`: the title
 * of the answer for a void request.
 */
export async function send(
  setting: Setting,
  request: PersonRequest,
  words: Words,
  { voided }: { readonly voided?: string } = {},
): Promise<Reply> {
  const { engine, invocation } = setting
  const answered = await engine.commands.handle({
    commandId: commandIdOf(invocation),
    actor: invocation.actor,
    at: invocation.at,
    request,
    typed: invocation.input,
  })
  if (!answered.ok) return refuse(setting, answered.refusal, request)
  const { stream, note, done = false, repeated } = answered
  const other = done ? voided : 'Nothing was done'
  if (note !== undefined && other !== undefined)
    return doneReply(setting, { title: other, line: note, facts: { said: note, repeated, note } })
  const text =
    typeof words === 'function'
      ? joinSentences([words(stream, note), unsentWords(answered.unsentMail)])
      : joinSentences([...spoken(words, answered.unsentMail, setting), note])
  const line = repeated ? `${text} (This was already done; nothing happened twice.)` : text
  return doneReply(setting, { title: 'Done', line, facts: { said: text, repeated } })
}

const joinSentences = (parts: readonly (string | undefined)[]): string =>
  parts.filter((one) => one !== undefined).join(' ')

/** In a practice case, no mail is sent to a real person. */
const PRACTICE_MAIL = 'This is practice, so nothing is mailed.'

/** Without a relay no mail can be sent, so the answer must not say that somebody was told. */
function spoken(
  words: string | MailedWords,
  waits: UnsentMail | undefined,
  { case: seen, invocation }: Setting,
): readonly (string | undefined)[] {
  if (typeof words === 'string') return [words, unsentWords(waits)]
  const { practice, reports = [] } = seen?.state ?? {}
  const isUnreachable = reports.length > 0 && !reports.some(({ answerable }) => answerable)
  if (words.toReporter === true && isUnreachable)
    return [
      words.said,
      `The reporter gave no address, so nothing is mailed: ${typedAt(invocation.place, 'reply')} shows a text to paste.`,
      words.then,
    ]
  if (practice === true) return [words.said, PRACTICE_MAIL, words.then]
  return [words.said, waits === undefined ? words.mailed : unsentMailSentence(waits), words.then]
}

/**
 * The sentence about mail that has not left, if there is any. For a repeated command the engine returns an empty `to`,
 * because it no longer knows whether the first run mailed somebody. Then there is no sentence either.
 */
const unsentWords = (waits: UnsentMail | undefined): string | undefined =>
  waits === undefined || waits.to.length === 0 ? undefined : unsentMailSentence(waits)

type ResultParts = {
  readonly title: string
  readonly line: string
  readonly facts: Omit<Extract<Facts, { is: 'done' }>, 'is'>
}

const doneReply = (setting: Setting, { title, line, facts }: ResultParts): Reply => ({
  audience: 'caller',
  card: resultCard({ setting, title, lines: [line] }),
  facts: { is: 'done', ...facts },
})

/**
 * The refusal that the request would get now. Check for it first, so that nobody is asked to confirm something that
 * cannot be done.
 */
export function refusalNow(
  setting: Setting & { readonly case: CaseInView },
  request: PersonRequest,
): Reply | undefined {
  const { engine, invocation } = setting
  const { actor, at } = invocation
  const decision = decide(
    engine.policy,
    setting.case.world,
    { commandId: commandIdOf(invocation), actor, at, request },
    at,
  )
  return decision.ok ? undefined : refuse(setting, decision.refusal, request)
}

/** Pass `request`, the refused request, if the buttons need one of its values, such as the release date. */
export function refuse(setting: Setting, refused: Refusal, request?: PersonRequest): Reply {
  const refusal = request === undefined ? refused : openNow(setting, request, refused)
  return {
    refusal: refusalCard({
      refusal,
      commands: setting.commands,
      place: setting.invocation.place,
      seen: setting.case,
      caller: callerName(setting),
      date: request && dateOf(request),
      verb: request?.verb,
    }),
    reason: refusal,
  }
}

/**
 * Keeps only those ways to lift the refusal that work now. `seen` is still up to date, because a refused request
 * changes nothing.
 */
function openNow({ engine, invocation, case: seen }: Setting, request: PersonRequest, refusal: Refusal): Refusal {
  const { actor, at } = invocation
  if (seen === undefined) return refusal
  return withOpenWays({ policy: engine.policy.policy, world: seen.world, actor, request, at }, refusal)
}

/** The release date that a command names. */
const dateOf = (request: PersonRequest): Instant | undefined => ('at' in request ? request.at : undefined)

const callerName = ({ engine, invocation }: Setting): string | undefined =>
  personOf(engine.policy.policy, invocation.actor.person)?.name

/**
 * Answers typed text that makes no sense: says why, shows how the command is written, and offers a button for its form.
 */
export function wrongInput(request: { command: ChatCommand; setting: Setting; because: string }): Reply {
  const { command, setting, because } = request
  const instruction = `write ${typedAt(setting.invocation.place, command.usage)}`
  return refuse(setting, {
    gate: 'makes-sense',
    because,
    facts: { verb: command.verb },
    liftedBy: [
      {
        who: 'you',
        how: instruction,
        ...(command.options.some((option) => !option.hidden) ? { verb: command.verb } : {}),
      },
    ],
  })
}
