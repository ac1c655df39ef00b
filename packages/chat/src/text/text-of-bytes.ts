/**
 * The text of a file. Even a byte order mark is kept, because a patch is hashed and mailed unchanged. Undefined for
 * anything that is not UTF-8 text, such as an archive or a picture attached by mistake.
 */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
