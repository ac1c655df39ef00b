import { bytesInWords } from '@embargo/chat'
import type { GivenFile } from '@embargo/chat'
import { FILE_BYTES_MAX, FILES_MAX } from '../limits.ts'
import type { AddedFile } from '../render/form-values.ts'

/** Slack's own file host: https://docs.slack.dev/reference/objects/file-object */
const FILES_ORIGIN = 'https://files.slack.com'
/** The person who added the file waits for the download. This time is enough for ten megabytes over a slow line. */
const FILE_MS = 20_000

/**
 * Why a file was not accepted, in words for the person who added it. Never contains the file's address, because anyone
 * who has the address can fetch the file.
 */
export class FileNotTaken extends Error {
  override readonly name = 'FileNotTaken'
  readonly code: 'elsewhere' | 'too-large' | 'too-many' | 'unreachable'
  constructor(code: FileNotTaken['code'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}

export type FileSource = {
  readonly botToken: string
  /** The API address, if an emulator or a proxy replaces Slack: files are then downloaded from there too. */
  readonly apiUrl?: string | undefined
}

/**
 * Downloads what somebody added to a form. This must be done at once, because the owner can delete the file in Slack.
 * The token is sent to Slack's own host only, and no redirect is followed. `mostOf`: how many bytes an option accepts.
 * @throws {FileNotTaken}
 */
export async function downloadFiles(
  source: FileSource,
  added: readonly AddedFile[],
  mostOf: (option: string) => number | undefined,
): Promise<readonly GivenFile[]> {
  if (added.length > FILES_MAX) throw new FileNotTaken('too-many', `At most ${FILES_MAX} files can be added at once.`)
  const taken: GivenFile[] = []
  for (const file of added) {
    taken.push({
      option: file.option,
      name: file.name,
      type: file.type,
      bytes: await takeFile(source, file, mostOf(file.option)),
    })
  }
  return taken
}

async function takeFile(
  { botToken, apiUrl }: FileSource,
  { url, size }: AddedFile,
  most = FILE_BYTES_MAX,
): Promise<Uint8Array> {
  const limit = Math.min(most, FILE_BYTES_MAX)
  const origins = [FILES_ORIGIN, ...(apiUrl === undefined ? [] : [new URL(apiUrl).origin])]
  if (!URL.canParse(url) || !origins.includes(new URL(url).origin))
    throw new FileNotTaken(
      'elsewhere',
      'Slack does not store this file itself, so it was not downloaded. Upload the file to Slack.',
    )
  if (size > limit) throw tooLarge(limit)
  try {
    const answered = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      // If we may not read the file, Slack redirects to its sign-in page. So a redirect is an error.
      redirect: 'error',
      signal: AbortSignal.timeout(FILE_MS),
    })
    if (!answered.ok || answered.body === null) throw unreachable(`Slack answered ${answered.status}.`)
    return await bytesOf(answered.body, limit)
  } catch (error) {
    throw error instanceof FileNotTaken ? error : unreachable('Slack did not give it.', error)
  }
}

/** Reads a body up to a limit, because the size that Slack reports is not trusted. */
async function bytesOf(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const tooLarge = (limit: number): FileNotTaken =>
  new FileNotTaken('too-large', `The file is larger than ${bytesInWords(limit)}. Send a smaller one.`)

const unreachable = (problem: string, cause?: unknown): FileNotTaken =>
  new FileNotTaken(
    'unreachable',
    `The file could not be downloaded: ${problem} Add it again; if that does not help, the app may lack files:read.`,
    { cause },
  )
