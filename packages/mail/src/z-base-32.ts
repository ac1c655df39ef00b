const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'

/**
 * The base 32 encoding that the Web Key Directory uses (RFC 6189 section 5.1.6). It is safe on file systems that ignore
 * case.
 */
export function zBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const quintets = bits.match(/.{1,5}/gu) ?? []
  return quintets.map((quintet) => ALPHABET[Number.parseInt(quintet.padEnd(5, '0'), 2)] ?? '').join('')
}
