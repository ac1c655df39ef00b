import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import type { NamedFile } from '@embargo/chat'
import { calling } from './api-errors.ts'
import { PAGE, pages } from './messages.ts'

type Files = {
  readonly channel: string
  /** The message in whose thread the files are posted, so that the channel stays quiet. */
  readonly message: string
  readonly files: readonly NamedFile[]
  /** Set if some of these files may have been posted before. A file whose name is in the thread is not posted again. */
  readonly lookUp?: boolean
}

/** The time limit is enough for the largest file over a line of a few megabits a second. */
const UPLOAD_MS = 60_000

/**
 * Adds files to a message, all in one reply. Nobody can see the uploaded bytes until the last call shares them. So an
 * upload can be repeated safely; only the last call must not be made twice.
 * @throws the errors of the Web API's client; `OutsideError` if an upload fails
 */
export async function uploadFiles(client: WebClient, { channel, message, files, lookUp }: Files): Promise<void> {
  if (files.length === 0) return
  const there = lookUp === true ? await namesIn(client, channel, message) : []
  const uploaded = []
  for (const file of files.filter(({ name }) => !there.includes(name)))
    uploaded.push({ id: await upload(client, file), title: file.name })
  const [first, ...others] = uploaded
  if (first === undefined) return
  await client.files.completeUploadExternal({ files: [first, ...others], channel_id: channel, thread_ts: message })
}

async function upload(client: WebClient, { name, bytes }: NamedFile): Promise<string> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  })
  if (url === undefined || id === undefined) throw new OutsideError('unreachable', 'Slack gave no address for a file.')
  // Anyone who has this address may upload, so no token is sent.
  const answered = await fetch(url, {
    method: 'POST',
    body: Buffer.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_MS),
  }).catch((cause: unknown) => {
    throw new OutsideError('unreachable', 'No answer from Slack to an upload.', { cause })
  })
  if (!answered.ok) throw new OutsideError('unreachable', `Slack answered ${answered.status} to an upload.`)
  return id
}

/** The names of the files in the thread. Files that people add have other names than ours. */
async function namesIn(client: WebClient, channel: string, ts: string): Promise<readonly string[]> {
  const thread = await pages((page) =>
    calling('conversations.replies', 'read', () => client.conversations.replies({ channel, ts, limit: PAGE, ...page })),
  )
  return thread.flatMap(({ files = [] }) => files.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])))
}
