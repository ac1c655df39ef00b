import type { JsonObject } from '@embargo/emulator-kit'
import { callback, deferral, suggestions } from '../check/callbacks.ts'
import { FLAGS, checkMessage } from '../check/messages.ts'
import { modal } from '../check/modals.ts'
import { checked } from '../check/problems.ts'
import { ApiError, invalidForm } from '../errors.ts'
import type { CallbackType, Interaction, InteractionKind } from '../interactions.ts'
import { CALLBACK } from '../interactions.ts'
import type { Draft } from '../life/messages.ts'
import { postMessage, whisper } from '../life/messages.ts'
import type { Message } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { bodyObject, done, nothing, param } from './call.ts'
import { applyEdit, draftOf } from './content.ts'
import { presentMessage } from './present-message.ts'

const { message, deferredMessage, deferredUpdate, update, choices, modal: showModal } = CALLBACK

// Which answers are possible for which interaction:
// …/receiving-and-responding#interaction-response-object-interaction-callback-type
const FITTING: Readonly<Record<InteractionKind, readonly CallbackType[]>> = {
  command: [message, deferredMessage, showModal],
  'message-command': [message, deferredMessage, showModal],
  component: [message, deferredMessage, deferredUpdate, update, showModal],
  modal: [message, deferredMessage, deferredUpdate, update],
  autocomplete: [choices],
}

const fits = (interaction: Interaction, type: CallbackType): boolean => {
  if (!FITTING[interaction.kind].includes(type)) return false
  // An update changes the message that the interaction came from. A modal that a command opened came from no message.
  const changes = type === update || type === deferredUpdate
  return !changes || interaction.origin !== undefined
}

/** https://docs.discord.com/developers/resources/message#message-object-message-types */
const ANSWER_TYPES = { command: 20, 'message-command': 23, component: 19, autocomplete: 0, modal: 0 } as const

/**
 * Posts an answer in the channel, or to the person alone.
 * @throws ApiError 10003 if the channel is gone
 */
export const say = (
  call: Call,
  interaction: Interaction,
  draft: Draft & { readonly isEphemeral: boolean },
): Message => {
  const { guild } = call
  const { isEphemeral, ...content } = draft
  const type = ANSWER_TYPES[interaction.kind]
  const full = {
    ...content,
    type,
    interaction: interaction.id,
  }
  const reference = type === 19 && interaction.origin?.ephemeralTo === undefined ? interaction.origin?.id : undefined
  const channel = guild.placeOf(interaction.channel)
  if (!channel) throw new ApiError('unknownChannel')
  const spoken = isEphemeral
    ? whisper(guild, { ...full, ephemeralTo: interaction.user })
    : postMessage(guild, channel, { ...full, reference })
  interaction.messages.push(spoken)
  return spoken
}

const EMPTY = { content: '', embeds: [], components: [] }

const play = (call: Call, interaction: Interaction, type: CallbackType, data: unknown): void => {
  const { guild, files } = call
  const path = ['data']
  switch (type) {
    case CALLBACK.message: {
      const body = checkMessage(data ?? {}, { path, isAnswer: true })
      const isEphemeral = ((body.flags ?? 0) & FLAGS.ephemeral) !== 0
      const draft = draftOf(guild, interaction.channel, { body, files })
      interaction.original = say(call, interaction, { ...draft, isEphemeral })
      return
    }
    case CALLBACK.deferredMessage: {
      const flags = checked(deferral, data, path)?.flags ?? 0
      if ((flags & ~FLAGS.ephemeral) !== 0) {
        throw invalidForm([
          { path: ['data', 'flags'], code: 'MESSAGE_INVALID_FLAGS', message: 'Invalid message flags' },
        ])
      }
      const draft = { ...EMPTY, channel: interaction.channel, author: guild.bot.id, flags: FLAGS.loading }
      interaction.isThinking = true
      interaction.original = say(call, interaction, { ...draft, isEphemeral: (flags & FLAGS.ephemeral) !== 0 })
      return
    }
    case CALLBACK.deferredUpdate:
      interaction.original = interaction.origin
      return
    case CALLBACK.update: {
      const { origin } = interaction
      if (!origin || origin.deleted) throw new ApiError('unknownMessage')
      applyEdit(guild, origin, { body: checkMessage(data ?? {}, { path, before: origin.flags }), files })
      interaction.original = origin
      return
    }
    case CALLBACK.choices:
      interaction.choices = checked(suggestions, data, path).choices
      return
    case CALLBACK.modal: {
      const shown = checked(modal, data, path)
      for (const open of guild.modals) if (open.user === interaction.user) open.open = false
      interaction.modal = {
        id: guild.ids.next(),
        user: interaction.user,
        interaction: interaction.id,
        channel: interaction.channel,
        origin: interaction.origin,
        modal: shown,
        open: true,
      }
      guild.modals.push(interaction.modal)
      return
    }
    case CALLBACK.pong:
      return
    default:
      return type satisfies never
  }
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response */
export const create: Handler = (call) => {
  const { interactions } = call
  const interaction = interactions.byToken(param(call, 'interaction_token'))
  if (!interaction || interaction.id !== param(call, 'interaction_id')) throw new ApiError('unknownInteraction')
  if (interaction.state === 'answered') throw new ApiError('acknowledged')
  if (interactions.isLate(interaction)) throw new ApiError('unknownInteraction')
  const { type, data } = checked(callback, bodyObject(call))
  if (!fits(interaction, type)) {
    const words = `Value must be one of {${FITTING[interaction.kind].join(', ')}}.`
    throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: words }])
  }
  play(call, interaction, type, data)
  interactions.answered(interaction, type)
  if (call.query.get('with_response') !== 'true') return nothing()
  return done(described(call, interaction, type))
}

// …/receiving-and-responding#interaction-callback-interaction-callback-response-object: the response contains a message
// only if the answer posts or updates one.
const described = ({ guild }: Call, interaction: Interaction, type: CallbackType): JsonObject => {
  const { original } = interaction
  const isSaid = type === message || type === update
  return {
    interaction: {
      id: interaction.id,
      type: { command: 2, 'message-command': 2, component: 3, autocomplete: 4, modal: 5 }[interaction.kind],
      ...(original ? { response_message_id: original.id } : {}),
      response_message_loading: interaction.isThinking,
      response_message_ephemeral: original?.ephemeralTo !== undefined,
    },
    ...(isSaid && original ? { resource: { type, message: presentMessage(guild, original) } } : {}),
  }
}
