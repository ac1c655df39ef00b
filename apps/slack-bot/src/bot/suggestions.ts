import { errorName } from '@embargo/bot-kit'
import type { App } from '@slack/bolt'
import { OPTION_VALUE_MAX, OPTIONS_MAX } from '../limits.ts'
import { optionOf } from '../render/choose.ts'
import { FIELD_ACTION, FIELD_PREFIX } from '../render/form-parts.ts'
import { readForm } from '../render/form-values.ts'
import type { BotContext } from './context.ts'

type Search = {
  readonly block: string
  readonly typed: string
  readonly user: string
  readonly view: { readonly private_metadata: string; readonly state: { readonly values: unknown } } | undefined
}

/** Listens to what people type in a searchable menu. The router suggests only what the caller may see. */
export function listenToSuggestions(app: App, context: BotContext): void {
  app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: FIELD_ACTION }, async ({ ack, body }) => {
    const { block_id: block, value: typed, user, view } = body
    try {
      await ack({ options: [...(await findChoices(context, { block, typed, user: user.id, view }))] })
    } catch (error) {
      context.log.warn('nothing could be suggested', { error: errorName(error) })
      await ack({ options: [] })
    }
  })
}

async function findChoices(context: BotContext, { block, typed, user, view }: Search) {
  const form = view && readForm({ private_metadata: view.private_metadata, values: view.state.values })
  if (form === undefined || !block.startsWith(FIELD_PREFIX)) return []
  const option = block.slice(FIELD_PREFIX.length)
  const { [option]: _itself, ...others } = form.input
  const choices = await context.router.suggest({
    verb: form.verb,
    option,
    typed,
    actor: context.engine.queries.actorOf('slack', user),
    place: context.placeOf(form.channel),
    values: others,
  })
  return choices
    .filter(({ value }) => value !== '' && value.length <= OPTION_VALUE_MAX)
    .slice(0, OPTIONS_MAX)
    .map(({ value, label }) => optionOf(value, label))
}
