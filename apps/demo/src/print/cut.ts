/** How many lines of a patch are shown; the mail has all of it. */
const PATCH_LINES = 6

/** Cuts the patches in a text, because a reader of the play only wants to see that they are there. */
export function cutPatches(text: string): string {
  const lines = text.split('\n')
  const kept: string[] = []
  for (let at = 0; at < lines.length;) {
    const end = /(?:^|: )diff --git /u.test(lines[at] ?? '') ? endOfPatch(lines, at + 1) : at + 1
    const isLong = end - at > PATCH_LINES + 1
    kept.push(...lines.slice(at, isLong ? at + PATCH_LINES : end))
    if (isLong) kept.push(`[… ${end - at - PATCH_LINES} more lines of the patch, not shown here]`)
    at = end
  }
  return kept.join('\n')
}

const PATCH_LINE = /^(?:diff --git |index |--- |\+\+\+ |@@ |[ +-]|$)/u
/** RFC 3676 section 4.3: the line above a signature. */
const SIGNATURE = /^-- ?$/u

function endOfPatch(lines: readonly string[], from: number): number {
  let end = from
  while (end < lines.length && PATCH_LINE.test(lines[end] ?? '') && !SIGNATURE.test(lines[end] ?? '')) end += 1
  // The empty lines after a patch belong to the text around it.
  while (end > from && lines[end - 1] === '') end -= 1
  return end
}

/**
 * How many lines of a card are shown. A preview is longer, because it quotes every mail. It can be cut, because the
 * play shows the mails later.
 */
const CARD_LINES = 22

/** Cuts the middle of a long card, where the quotes are. Keeps the last line, which has the buttons. */
export function cutCard(text: string): string {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= CARD_LINES + 2) return text
  const cut = lines.length - CARD_LINES - 1
  return [...lines.slice(0, CARD_LINES), `[… ${cut} more lines of this card, not shown here]`, ...lines.slice(-1)].join(
    '\n',
  )
}
