import type { Json } from '@embargo/emulator-kit'
import { parseJson } from '@embargo/emulator-kit'
import { ApiError, invalidForm } from '../errors.ts'

/** A file of a request; `index` is the n of `files[n]`. */
export type UploadedFile = {
  readonly index: string
  readonly filename: string
  readonly contentType: string
  readonly bytes: Buffer
}

export type ReadBody = { readonly body: Json; readonly files: readonly UploadedFile[] }

const json = (text: string): Json => {
  if (text === '') return {}
  const parsed = parseJson(text)
  if (parsed === undefined) throw new ApiError('invalidJson')
  return parsed
}

const wrongType = (): ApiError =>
  invalidForm([
    {
      path: [],
      code: 'CONTENT_TYPE_INVALID',
      message: "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.",
    },
  ])

/**
 * Reads JSON, or multipart with `payload_json` and `files[n]`:
 * https://docs.discord.com/developers/reference#uploading-files.
 * @throws ApiError 50109 for invalid JSON; 50035 for another content type
 */
export const readBody = async (contentType: string, bytes: Buffer): Promise<ReadBody> => {
  if (!contentType.startsWith('multipart/form-data')) {
    if (bytes.length > 0 && !contentType.startsWith('application/json')) throw wrongType()
    return { body: json(bytes.toString('utf8')), files: [] }
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  const payload = form.get('payload_json')
  const files: UploadedFile[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') continue
    files.push({
      index: /^files?\[(\d+)\]$/.exec(name)?.[1] ?? String(files.length),
      filename: value.name,
      contentType: value.type === '' ? 'application/octet-stream' : value.type,
      bytes: Buffer.from(await value.arrayBuffer()),
    })
  }
  return { body: json(typeof payload === 'string' ? payload : ''), files }
}
