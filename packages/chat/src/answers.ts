import { CommandId, decide, personOf } from '@embargo/core'
import type { Instant, PersonRequest, Refusal, StreamId } from '@embargo/core'
import { doneCard } from './cards/done.ts'
import { refusalCard } from './cards/refusal.ts'
import type { CaseInView, ChatCommand, Setting } from './define-command.ts'
import type { Invocation, Reply } from './types.ts'
import { typedAt } from './usage.ts'

/** The platform's delivery, named so that two platforms never share an id. */
export const commandIdOf = (invocation: Invocation): CommandId =>
  CommandId.parse(`${invocation.place.platform}:${invocation.deliveryId}`)

/**
 * Asks the engine and says what came of it. `words` is what the caller reads when it was done; core's note stands in its
 * place where something else came of it: somebody did it before, or what was asked is void.
 */
export async function send(
  setting: Setting,
  request: PersonRequest,
  words: string | ((stream: StreamId) => string),
): Promise<Reply> {
  const { engine, invocation } = setting
  const answered = await engine.handle({
    commandId: commandIdOf(invocation),
    actor: invocation.actor,
    at: invocation.at,
    request,
    typed: invocation.input,
  })
  if (!answered.ok) return refuse(setting, answered.refusal, request)
  const { note, repeated } = answered
  const said = typeof words === 'string' ? words : words(answered.stream)
  const sentence = note ?? (repeated ? `${said} (This was already done; nothing happened twice.)` : said)
  return {
    audience: 'caller',
    card: doneCard({ setting, title: note === undefined ? 'Done' : 'Nothing was done', lines: [sentence] }),
    facts: { is: 'done', said: note ?? said, repeated, ...(note === undefined ? {} : { note }) },
  }
}

/** What would be refused now: nobody is asked to be sure of what cannot be. */
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

/** `request` is what was refused, where a button needs more of it than the rule. */
export function refuse(setting: Setting, refusal: Refusal, request?: PersonRequest): Reply {
  return {
    refusal: refusalCard({
      refusal,
      commands: setting.commands,
      place: setting.invocation.place,
      seen: setting.case,
      caller: callerName(setting),
      date: request && dateOf(request),
    }),
    reason: refusal,
  }
}

/** The release date that a command names. */
const dateOf = (request: PersonRequest): Instant | undefined => ('at' in request ? request.at : undefined)

const callerName = ({ engine, invocation }: Setting): string | undefined =>
  personOf(engine.policy.policy, invocation.actor.person)?.name

/** What was typed makes no sense: says why, how it is written, and offers the form. */
export function wrongInput(request: { command: ChatCommand; setting: Setting; because: string }): Reply {
  const { command, setting, because } = request
  const how = `write ${typedAt(setting.invocation.place, command.usage)}`
  return refuse(setting, {
    gate: 'makes-sense',
    because,
    facts: { verb: command.verb },
    liftedBy: [
      { who: 'you', how, ...(command.options.some((option) => !option.hidden) ? { verb: command.verb } : {}) },
    ],
  })
}
