import type { Interaction } from './interaction.ts'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import { isObject, textAt } from '@embargo/emulator-kit'
import type { Content } from './web-api/content.ts'
import { readContent } from './web-api/content.ts'
import type { Workspace } from './workspace.ts'

/** An HTTP answer in plain text. */
export type PlainAnswer = { readonly status: number; readonly body: string }

const KNOWN: readonly string[] = [
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
  'metadata',
]

/**
 * Applies an app's response, which came with its acknowledgement or through a response URL. See
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export const playResponse = (workspace: Workspace, to: Interaction, body: Json | undefined): PlainAnswer => {
  if (!isObject(body)) return { status: 400, body: 'invalid_payload' }
  if (Object.keys(body).some((key) => !KNOWN.includes(key))) return { status: 400, body: 'invalid_payload' }
  if (body['delete_original'] === true) return removeOriginal(workspace, to)
  const content = readContent(
    { text: textAt(body, 'text'), blocks: body['blocks'] },
    { nextId: () => workspace.nextId('b'), totalMax: Infinity },
  )
  if (!content.ok) return { status: 400, body: textAt(content.answer, 'error') ?? 'invalid_payload' }
  if (body['replace_original'] === true) return replaceOriginal(workspace, to, content.value)
  return show(workspace, to, { ...content.value, body })
}

const ok: PlainAnswer = { status: 200, body: 'ok' }

const removeOriginal = (workspace: Workspace, to: Interaction): PlainAnswer => {
  if (!to.origin) return { status: 404, body: 'message_not_found' }
  to.origin.deleted = true
  to.responses.push({ kind: 'deleted', ts: to.origin.ts, text: '' })
  workspace.changes.announce()
  return ok
}

const replaceOriginal = (workspace: Workspace, to: Interaction, content: Content): PlainAnswer => {
  const { origin } = to
  if (!origin || origin.deleted) return { status: 404, body: 'message_not_found' }
  if ('edits' in origin) origin.edits.push({ text: origin.text, blocks: origin.blocks })
  origin.text = content.text
  origin.blocks = content.blocks
  to.responses.push({ kind: 'replaced', ts: origin.ts, text: content.text })
  workspace.changes.announce()
  return ok
}

const show = (workspace: Workspace, to: Interaction, content: Content & { readonly body: JsonObject }): PlainAnswer => {
  const { channel, user } = to
  const target = workspace.channels.get(channel ?? '')
  if (channel === undefined || !target) return { status: 404, body: 'channel_not_found' }
  if (target.archived) return { status: 404, body: 'is_archived' }
  const { text, blocks } = content
  if (content.body['response_type'] !== 'in_channel') {
    const { ts } = workspace.whisper({ channel, user, interaction: to.id, text, blocks })
    to.responses.push({ kind: 'ephemeral', ts, text })
    workspace.changes.announce()
    return ok
  }
  const author = { channel, user: workspace.app.userId, fromApp: true }
  const { ts } = workspace.post(target, { ...author, text, blocks, threadTs: textAt(content.body, 'thread_ts') })
  to.responses.push({ kind: 'in_channel', ts, text })
  workspace.changes.announce()
  return ok
}
