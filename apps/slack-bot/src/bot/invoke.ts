import type { Input, Reply } from '@embargo/chat'
import type { BotContext } from './context.ts'

/** Slack's ids of direct messages begin with D: only the caller reads there. */
const isDirect = (channel: string): boolean => channel.startsWith('D')

type Said = {
  readonly verb: string
  readonly input: Input
  readonly user: string
  readonly channel: string | undefined
  readonly delivery: string
}

/** Hands over to chat what somebody typed, pressed or sent in. */
export function invoke(context: BotContext, said: Said): Promise<Reply> {
  const { channel } = said
  return context.router.handle({
    verb: said.verb,
    input: said.input,
    actor: context.engine.actorOf('slack', said.user),
    place: {
      platform: 'slack',
      root: context.root,
      ...(channel === undefined ? {} : { channel }),
      ...(channel !== undefined && isDirect(channel) ? { private: true } : {}),
    },
    deliveryId: said.delivery,
    at: context.now(),
  })
}

/** The form of a command that cannot run without more than was given; undefined when the router must be asked. */
export function formAtOnce(
  context: BotContext,
  verb: string,
  text: string,
): Extract<Reply, { form: unknown }> | undefined {
  if (text !== '') return undefined
  const command = context.router.commands.find((each) => each.verb === verb)
  if (command === undefined || !command.options.some((option) => option.required && !option.hidden)) return undefined
  // Offered only in some deployments: whether in this one is the router's to say.
  if (command.allowed?.platforms !== undefined || command.allowed?.profiles !== undefined) return undefined
  const form = command.form('')
  return form.fields.length === 0 ? undefined : { form }
}
