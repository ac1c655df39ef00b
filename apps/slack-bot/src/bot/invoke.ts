import { invoke, refusalOf } from '@embargo/bot-kit'
import type { BotRequest } from '@embargo/bot-kit'
import { formOfTyped, resolve } from '@embargo/chat'
import type { Place, Reply } from '@embargo/chat'
import { downloadFiles } from '../platform/download-files.ts'
import type { AddedFile } from '../render/form-values.ts'
import type { BotContext } from './context.ts'

/**
 * Whether a channel is a direct message, which counts as the caller's private place. Slack's ids of direct messages
 * begin with D.
 */
const isDirect = (channel: string): boolean => channel.startsWith('D')

/**
 * Like `invoke`, for a request with attachments. Files are downloaded only if the person may use this command at all.
 * @throws {FileNotTaken}
 */
export async function invokeWith(
  context: BotContext,
  request: BotRequest,
  added: readonly AddedFile[],
): Promise<Reply> {
  if (added.length === 0) return invoke(context, request)
  const refusal = await refusalOf(context, request)
  if (refusal !== undefined) return refusal
  const options = context.router.commands.find(({ verb }) => verb === request.verb)?.options ?? []
  const mostOf = (name: string): number | undefined =>
    options.find((option) => option.kind === 'file' && option.name === name)?.most
  return invoke(context, { ...request, files: await downloadFiles(context.files, added, mostOf) })
}

/**
 * A place in Slack: a channel, or the caller's private place if `channel` is absent. `root`: the root command in this
 * workspace, without its slash.
 */
export const placeIn = (root: string, channel: string | undefined): Place => ({
  platform: 'slack',
  root,
  ...(channel === undefined ? {} : { channel }),
  ...(channel === undefined || isDirect(channel) ? { private: true } : {}),
})

/**
 * Returns the form of a command if a needed value was not typed, or if the caller typed `?` to request the form.
 * Returns undefined if no form is needed, or if only the router knows whether the command is offered here. Reads
 * nothing from the database, because Slack lets a form open only within three seconds after the caller's action.
 */
export function formAtOnce(
  context: Pick<BotContext, 'router'>,
  verb: string,
  text: string,
): Extract<Reply, { form: unknown }> | undefined {
  const found = resolve(context.router.commands, { verb, input: text })
  if ('unknown' in found || typeof found.input !== 'string') return undefined
  const { command, input } = found
  // If a command is offered only on some platforms or in some profiles, only the router knows whether it is offered
  // here.
  if (command.allowed?.platforms !== undefined || command.allowed?.profiles !== undefined) return undefined
  const form = formOfTyped(command, input)
  return form === undefined ? undefined : { form }
}
