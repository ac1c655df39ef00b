import { FLAGS, checkMessage } from '../check/messages.ts'
import { ApiError } from '../errors.ts'
import type { Interaction } from '../interactions.ts'
import { deleteMessage } from '../life/messages.ts'
import type { Message } from '../state.ts'
import { say } from './callbacks.ts'
import type { Call, Handler } from './call.ts'
import { done, nothing, param } from './call.ts'
import { applyEdit, draftOf } from './content.ts'
import { presentMessage } from './present-message.ts'

// https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages: the application's id and
// the interaction's token form a webhook. This webhook can be used after the interaction has been answered, for fifteen
// minutes.
const interactionOf = (call: Call): Interaction => {
  const { guild, interactions } = call
  const interaction = interactions.byToken(param(call, 'webhook_token'))
  const isAnswered = interaction?.state === 'answered'
  if (param(call, 'webhook_id') !== guild.application.id || !interaction || !isAnswered) {
    throw new ApiError('unknownWebhook')
  }
  if (interactions.isExpired(interaction)) throw new ApiError('invalidToken')
  return interaction
}

const named = (call: Call): { readonly interaction: Interaction; readonly message: Message } => {
  const interaction = interactionOf(call)
  const id = param(call, 'message_id')
  const message =
    id === '' || id === '@original' ? interaction.original : interaction.messages.find((each) => each.id === id)
  const isThere = message && !message.deleted && call.guild.placeOf(message.channel) !== undefined
  if (!isThere) throw new ApiError('unknownMessage')
  return { interaction, message }
}

/**
 * Posts a follow-up. The first follow-up after a deferral replaces the deferral's message, and is visible to the same
 * people.
 */
export const execute: Handler = (call) => {
  const { guild, files } = call
  const interaction = interactionOf(call)
  const body = checkMessage(call.body, { isAnswer: true })
  const thinking = interaction.isThinking ? interaction.original : undefined
  if (thinking) {
    interaction.isThinking = false
    applyEdit(guild, thinking, { body, files })
    return done(presentMessage(guild, thinking))
  }
  const draft = draftOf(guild, interaction.channel, { body, files })
  const isEphemeral = ((body.flags ?? 0) & FLAGS.ephemeral) !== 0
  return done(presentMessage(guild, say(call, interaction, { ...draft, isEphemeral })))
}

/** …/receiving-and-responding#get-original-interaction-response, and #get-followup-message */
export const get: Handler = (call) => done(presentMessage(call.guild, named(call).message))

/** …/receiving-and-responding#edit-original-interaction-response, and #edit-followup-message */
export const update: Handler = (call) => {
  const { interaction, message } = named(call)
  const body = checkMessage(call.body, { before: message.flags })
  applyEdit(call.guild, message, { body, files: call.files })
  if (message === interaction.original) interaction.isThinking = false
  return done(presentMessage(call.guild, message))
}

/** …/receiving-and-responding#delete-original-interaction-response, and #delete-followup-message */
export const remove: Handler = (call) => {
  const { interaction, message } = named(call)
  if (message === interaction.original) interaction.isThinking = false
  deleteMessage(call.guild, message)
  return nothing()
}
