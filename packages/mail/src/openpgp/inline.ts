/** A piece of a text: an OpenPGP block, or text outside of all blocks. */
export type TextPiece = { readonly is: 'outside' | BlockKind; readonly text: string }

type BlockKind = 'encrypted' | 'signed' | 'key'

const HEAD = /^-----BEGIN PGP (MESSAGE|SIGNED MESSAGE|PUBLIC KEY BLOCK)-----[ \t]*$/u
const KINDS: ReadonlyMap<string, BlockKind> = new Map([
  ['MESSAGE', 'encrypted'],
  ['SIGNED MESSAGE', 'signed'],
  ['PUBLIC KEY BLOCK', 'key'],
])
const TAILS: Readonly<Record<BlockKind, string>> = {
  encrypted: '-----END PGP MESSAGE-----',
  signed: '-----END PGP SIGNATURE-----',
  key: '-----END PGP PUBLIC KEY BLOCK-----',
}

/**
 * Cuts a text at its OpenPGP blocks (RFC 9580 sections 6.2 and 7), in linear time. A block that is quoted or has no end
 * counts as ordinary text. Blank text between blocks is left out.
 */
export function inlinePieces(text: string): readonly TextPiece[] {
  const lines = text.split('\n')
  const pieces: TextPiece[] = []
  const endless = new Set<BlockKind>()
  let outside = 0
  let at = 0
  const add = (is: TextPiece['is'], from: number, to: number): void => {
    const piece = lines.slice(from, to).join('\n')
    if (is !== 'outside') pieces.push({ is, text: piece })
    else if (piece.trim() !== '') pieces.push({ is, text: piece.replace(/^\n+/u, '').trimEnd() })
  }
  while (at < lines.length) {
    const kind = KINDS.get(HEAD.exec(lines[at] ?? '')?.[1] ?? '')
    const tail = kind === undefined || endless.has(kind) ? -1 : nextLine(lines, at + 1, TAILS[kind])
    if (kind !== undefined && tail === -1) endless.add(kind)
    if (kind === undefined || tail === -1) at += 1
    else {
      add('outside', outside, at)
      add(kind, at, tail + 1)
      at = tail + 1
      outside = at
    }
  }
  add('outside', outside, lines.length)
  return pieces
}

function nextLine(lines: readonly string[], from: number, wanted: string): number {
  for (let at = from; at < lines.length; at += 1) if ((lines[at] ?? '').trimEnd() === wanted) return at
  return -1
}
