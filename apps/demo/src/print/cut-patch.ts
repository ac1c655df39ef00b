/** Lines of a patch that are shown; the mail has all of it. */
const SHOWN = 6

/** Cuts the patches in a text: a reader of the play wants to see that they are there. */
export function cutPatch(text: string): string {
  const lines = text.split('\n')
  const kept: string[] = []
  for (let at = 0; at < lines.length; ) {
    const end = lines[at]?.startsWith('diff --git ') === true ? endOfPatch(lines, at) : at + 1
    const cut = end - at > SHOWN + 1
    kept.push(...lines.slice(at, cut ? at + SHOWN : end))
    if (cut) kept.push(`[… ${end - at - SHOWN} more lines of the patch are cut here; the mail has them …]`)
    at = end
  }
  return kept.join('\n')
}

const PATCH_LINE = /^(?:diff --git |index |--- |\+\+\+ |@@ |[ +-]|$|-- $)/u

function endOfPatch(lines: readonly string[], from: number): number {
  let end = from
  while (end < lines.length && PATCH_LINE.test(lines[end] ?? '')) end += 1
  // The empty lines after a patch belong to the text around it.
  while (end > from && lines[end - 1] === '') end -= 1
  return end
}
