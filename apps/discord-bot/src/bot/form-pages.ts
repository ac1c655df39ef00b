import { nextPageCard } from '@embargo/chat'
import type { FormField } from '@embargo/chat'
import type { ModalSubmitInteraction } from 'discord.js'
import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js'
import { asAttachments } from '../platform/message-body.ts'
import type { ButtonRow } from '../render/button.ts'
import { renderCard } from '../render/card.ts'
import type { CarriedCommand } from '../render/custom-id.ts'
import { customIdOf } from '../render/custom-id.ts'
import type { BotContext } from './context.ts'
import { formId } from './open-form.ts'

type NextPage = {
  readonly verb: string
  readonly input: CarriedCommand['input']
  readonly page: number
  readonly fields: readonly FormField[]
  /** The fields of the previous pages, with the values that were filled in. */
  readonly before: readonly FormField[]
}

/**
 * Answers one page of a form with a button that opens the next page, because Discord accepts no form as the answer to a
 * form. If all remaining fields may stay empty, another button submits the form.
 */
export async function tellNextPage(
  context: BotContext,
  interaction: ModalSubmitInteraction,
  next: NextPage,
): Promise<void> {
  const { verb, input, page, fields, before } = next
  const optional = fields.every((field) => field.optional === true)
  const drawn = renderCard(nextPageCard(fields, before))
  await interaction.reply({
    ...drawn.message,
    files: asAttachments(drawn),
    allowedMentions: { parse: [] },
    components: [buttons(context, { verb, input, page, optional })],
    flags: MessageFlags.Ephemeral,
  })
}

function buttons(
  context: BotContext,
  request: { verb: string; input: CarriedCommand['input']; page: number; optional: boolean },
): ButtonRow {
  const carried = { verb: request.verb, input: request.input }
  const done = customIdOf('button', carried, { keyFor: context.keeper.remember }) ?? ''
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        label: 'Next page',
        custom_id: formId(context, carried, request.page),
      },
      ...(request.optional
        ? [
            {
              type: ComponentType.Button as const,
              style: ButtonStyle.Secondary as const,
              label: 'That is all',
              custom_id: done,
            },
          ]
        : []),
    ],
  }
}
