/**
 * The text of a file, such that its UTF-8 encoding is exactly the file: a patch is hashed and mailed unchanged,
 * including a byte order mark. Undefined for anything that is not text: another encoding, or an archive or a picture
 * attached by mistake.
 */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
