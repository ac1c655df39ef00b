import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import type { TextFile } from '../render/card.ts'
import { calling } from './outside.ts'

type Files = {
  readonly channel: string
  /** The message that they belong to: they stand in its thread, and the channel stays quiet. */
  readonly message: string
  readonly files: readonly TextFile[]
  /** They may be there already. */
  readonly lookUp?: boolean
}

/** A few hundred kilobytes over a slow line. */
const UPLOAD_MS = 20_000
const REPLIES = 100

/**
 * Adds texts to a message as files, all in one reply. Uploaded bytes are nobody's until the last call shows them, so
 * only that one is in doubt.
 * @throws as the calls do; `OutsideError` of the upload itself
 */
export async function addFiles(client: WebClient, { channel, message, files, lookUp }: Files): Promise<void> {
  if (files.length === 0) return
  if (lookUp === true && (await areThere(client, channel, message))) return
  const uploaded = []
  for (const file of files) uploaded.push({ id: await upload(client, file), title: file.name })
  const [first, ...others] = uploaded
  if (first === undefined) return
  await client.files.completeUploadExternal({ files: [first, ...others], channel_id: channel, thread_ts: message })
}

async function upload(client: WebClient, { name, text }: TextFile): Promise<string> {
  const bytes = Buffer.from(text)
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  })
  if (url === undefined || id === undefined) throw new OutsideError('unreachable', 'Slack gave no address for a file.')
  // The address is the key: no token goes along, and no redirect is followed.
  const answered = await fetch(url, {
    method: 'POST',
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_MS),
  }).catch((cause: unknown) => {
    throw new OutsideError('unreachable', 'No answer from Slack to an upload.', { cause })
  })
  if (!answered.ok) throw new OutsideError('unreachable', `Slack answered ${answered.status} to an upload.`)
  return id
}

async function areThere(client: WebClient, channel: string, ts: string): Promise<boolean> {
  const { messages } = await calling('conversations.replies', 'read', () =>
    client.conversations.replies({ channel, ts, limit: REPLIES }),
  )
  return messages?.some((each) => 'files' in each && Array.isArray(each.files) && each.files.length > 0) ?? false
}
