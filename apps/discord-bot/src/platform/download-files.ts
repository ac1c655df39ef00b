import { bytesInWords } from '@embargo/chat'
import { FILE_BYTES_MAX } from '../limits.ts'

/** Discord's own hosts for attachments. Nothing is downloaded from other hosts, whatever an interaction says. */
const HOSTS: readonly string[] = ['cdn.discordapp.com', 'media.discordapp.net']
/** The time limit is enough for ten megabytes over a slow line. */
const FETCH_TIMEOUT_MS = 20_000

export type DiscordFile = {
  readonly name: string
  readonly url: string
  /** The size that Discord reports. The bytes are counted again while they are read. */
  readonly size: number
  readonly contentType: string | null
}
type DownloadResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly because: string }

/**
 * Downloads an attachment at once, because its link expires. Never throws; `because` is for the person who attached the
 * file.
 */
export type DownloadFile = (file: DiscordFile, most?: number) => Promise<DownloadResult>

/** `apiUrl`: its host is allowed too, because tests replace Discord by another server. */
export function fileDownloader(apiUrl: string | undefined): DownloadFile {
  const own = apiUrl === undefined ? undefined : new URL(apiUrl).origin
  return async ({ url, size }, most = FILE_BYTES_MAX) => {
    const from = URL.canParse(url) ? new URL(url) : undefined
    const isOwn = from !== undefined && from.origin === own
    if (from === undefined || !(isOwn || (from.protocol === 'https:' && HOSTS.includes(from.hostname))))
      return { ok: false, because: 'The file is not stored by Discord itself, so it was not downloaded.' }
    const limit = Math.min(most, FILE_BYTES_MAX)
    if (size > limit) return tooLarge(limit)
    try {
      const answer = await fetch(from, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
      if (!answer.ok || answer.body === null) return notFetched
      const bytes = await within(answer.body, limit)
      return bytes === undefined ? tooLarge(limit) : { ok: true, bytes }
    } catch {
      return notFetched
    }
  }
}

const tooLarge = (limit: number): DownloadResult => ({
  ok: false,
  because: `The file is larger than ${bytesInWords(limit)}, the maximum here.`,
})
const notFetched: DownloadResult = {
  ok: false,
  because: 'The file could not be downloaded from Discord. Please attach it once more.',
}

async function within(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > limit) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
