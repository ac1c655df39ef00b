import { isClosed, isRefused, intakeDecider, mayKeepContentOut } from '@embargo/core'
import type { Refusal } from '@embargo/core'
import type { Card, Engine } from '@embargo/engine'
import { refusalCard } from './cards/refusal.ts'
import { COMMANDS } from './commands/index.ts'
import { cardForPlace, replyForPlace, withPlatformWarning } from './redact/reply.ts'
import { casesInView } from './redact/policy.ts'
import type { RedactionScope } from './redact/policy.ts'
import type { CaseInView, ChatCommand } from './chat-command.ts'
import { findCase } from './find-case.ts'
import { isCommandOffered } from './command-availability.ts'
import { resolve } from './resolve.ts'
import type { WordReplacement, UnknownName } from './resolve.ts'
import { withNewWords } from './new-words.ts'
import { suggest } from './suggest/ask.ts'
import type { SuggestRequest } from './suggest/ask.ts'
import type { Choice, Form, Input, Invocation, PersonActor, Place, Reply } from './types.ts'
import { typedAt } from './usage.ts'
import { homeCards } from './views/home.ts'

export type Router = {
  /**
   * The commands. Their forms already have the warning about the chat platform, if the policy can keep the content of
   * some cases out of chat.
   */
  readonly commands: readonly ChatCommand[]
  /**
   * Answers one delivery. Text that cannot be understood gets a refusal, never an exception. Exceptions of the engine
   * are passed to the app, which must report them.
   */
  handle(invocation: Invocation): Promise<Reply>
  /**
   * The refusal, if the invocation is refused no matter what its files contain. Otherwise undefined. Apps call this
   * before they fetch files, so nobody outside the case can make this program download attachments.
   */
  refuses(invocation: Invocation): Promise<Reply | undefined>
  /**
   * At most 25 suggestions for an option while somebody types, the likeliest first. They contain only what the caller
   * may see. Empty if the option has no suggestions, if the account belongs to nobody, or if the caller may not see the
   * case.
   */
  suggest(request: SuggestRequest): Promise<readonly Choice[]>
  /**
   * A person's home: what waits for them, what is overdue, and which cases they coordinate. Shown only to the caller.
   */
  home(actor: PersonActor, place: Place): Promise<readonly Card[]>
}

/**
 * Finds the command and the case, checks that the caller may see the case, and runs the command. It decides nothing
 * else.
 */
export function createRouter(deps: { readonly engine: Engine; readonly commands?: readonly ChatCommand[] }): Router {
  const { engine, commands = COMMANDS } = deps
  const resolve = (given: Invocation): Promise<ResolvedInvocation | RefusalReply> =>
    resolveInvocation(engine, commands, given)
  return {
    commands: commands.map((command) => ({ ...command, form: (input) => formHere(engine, command.form(input)) })),
    handle: async (given) => {
      const found = await resolve(given)
      if ('refusal' in found) return found
      const { invocation, offered, command, input, seen, replaced } = found
      const { place } = invocation
      const reply = await command.run(input, {
        invocation,
        engine,
        commands: offered,
        ...(seen === undefined ? {} : { case: seen }),
      })
      const shown = replyForPlace(
        aboutCase(keptClose(reply, place, seen), seen),
        redactionScope(engine, place, isOfCase(command, reply) ? seen : undefined),
        invocation.input,
      )
      return replaced === undefined ? shown : withNewWords(shown, replaced, place)
    },
    refuses: async (given) => {
      const found = await resolve(given)
      if ('refusal' in found) return found
      const { invocation, offered } = found
      const person = intakeDecider(engine.policy.policy, invocation.actor)
      const isNobody = invocation.actor.person === undefined && isRefused(person)
      return isNobody ? refused(person, offered, invocation.place) : undefined
    },
    suggest: async (request) => suggest(engine, commands, request),
    home: async (caller, place) => {
      const actor = await engine.queries.actorNow(caller)
      const invocation = { verb: 'status', input: '', actor, place, deliveryId: 'home', at: engine.now() }
      const cards = await homeCards({ engine, commands, invocation })
      return cards.map((card) => cardForPlace(card, redactionScope(engine, place)))
    },
  }
}

type RefusalReply = Extract<Reply, { refusal: unknown }>
type ResolvedInvocation = {
  readonly invocation: Invocation
  readonly offered: readonly ChatCommand[]
  readonly command: ChatCommand
  readonly input: Input
  readonly seen?: CaseInView
  readonly replaced?: WordReplacement
}

/** The command and the case, if there is such a command and the caller may see the case. */
async function resolveInvocation(
  engine: Engine,
  commands: readonly ChatCommand[],
  given: Invocation,
): Promise<ResolvedInvocation | RefusalReply> {
  const { place } = given
  const setting = { platform: place.platform, profile: engine.policy.policy.profile }
  const offered = commands.filter((command) => isCommandOffered(command, setting))
  const resolution = resolve(offered, given)
  if ('unknown' in resolution) return unknownVerb(resolution, offered, place)
  const { command, input, replaced } = resolution
  const actor = await engine.queries.actorNow(given.actor)
  const invocation = { ...given, verb: command.verb, input, actor }
  const found = await findCase({ engine, invocation, command })
  if ('refusal' in found) return refused(found.refusal, offered, place)
  return { invocation, offered, command, ...found, ...(replaced === undefined ? {} : { replaced }) }
}

/**
 * A form that opens before its case is known. If the policy can keep the content of some cases out of chat, the form
 * has the warning about the chat platform.
 */
const formHere = (engine: Engine, form: Form): Form =>
  mayKeepContentOut(engine.policy.policy) ? withPlatformWarning(form) : form

const redactionScope = (engine: Engine, { platform }: Place, seen?: CaseInView): RedactionScope => ({
  platform,
  policy: engine.policy.policy,
  cases: seen === undefined ? [] : casesInView(seen),
})

/**
 * If an answer is meant for the channel but the channel is closed to posts, only the caller gets the answer. The same
 * applies if outsiders may be able to read the channel and nobody has checked this yet.
 */
function keptClose(reply: Reply, { platform, channel }: Place, seen: CaseInView | undefined): Reply {
  const isForChannel = 'audience' in reply && reply.audience === 'channel'
  if (!isForChannel || seen === undefined) return reply
  const isClose =
    seen.state.channels[platform]?.exposed !== undefined ||
    (channel !== undefined && isClosed(seen.state, platform, channel))
  return isClose ? { ...reply, audience: 'caller' } : reply
}

/**
 * Whether the answer belongs to one case. Any other answer may show several cases, and one of them may keep its content
 * out of chat.
 */
const isOfCase = ({ about }: ChatCommand, reply: Reply): boolean =>
  about === 'case' || ('card' in reply && reply.ofCase === true)

/** Stores the case in the form. When the form is submitted later, it must be about the same case. */
const aboutCase = (reply: Reply, seen: CaseInView | undefined): Reply =>
  'form' in reply && seen !== undefined
    ? { form: { ...reply.form, hidden: { ...reply.form.hidden, case: seen.id } } }
    : reply

/** The answer to a word that is not understood, with a suggestion. */
function unknownVerb({ unknown, near }: UnknownName, offered: readonly ChatCommand[], place: Place): RefusalReply {
  const [only, ...others] = near
  const refusal = {
    gate: 'makes-sense',
    because:
      others.length > 0
        ? `“${unknown}” can mean several commands: ${near.join(', ')}.`
        : `There is no command “${unknown}”.${only === undefined ? '' : ` Did you mean ${only}?`}`,
    facts: {},
    liftedBy: [
      ...(only === undefined || others.length > 0 ? [] : [{ who: 'you', how: `write ${typedAt(place, only)}` }]),
      { who: 'you', how: `see every command with ${typedAt(place, 'help all')}`, verb: 'help' },
    ],
  } as const
  return refused(refusal, offered, place)
}

const refused = (reason: Refusal, commands: readonly ChatCommand[], place: Place): RefusalReply => ({
  refusal: refusalCard({ refusal: reason, commands, place }),
  reason,
})
