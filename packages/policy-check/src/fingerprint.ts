/**
 * Three independent 32-bit hashes of a text. No cryptography is needed: among ten million states, the chance that two
 * share all 96 bits is one in 10^15.
 */
export function fingerprint(text: string): readonly [number, number, number] {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let c = 0xc2b2ae35
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15)
    c = Math.imul(c + code, 0x27d4eb2d) ^ (c >>> 13)
  }
  return [mixed(a), mixed(b), mixed(c)]
}

function mixed(part: number): number {
  const once = Math.imul(part ^ (part >>> 16), 0x7feb352d)
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b)
  return (twice ^ (twice >>> 16)) >>> 0
}
