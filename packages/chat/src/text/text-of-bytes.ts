/**
 * The text of a file, whose bytes in UTF-8 are the file’s again: a patch is hashed and mailed as it is, with a byte order
 * mark where it has one. Undefined for what is no text: another encoding, or an archive or a picture given by mistake.
 */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
