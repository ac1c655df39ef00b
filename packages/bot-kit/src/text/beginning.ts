/**
 * The beginning of `text`, with at most `max` UTF-16 units. It ends at the end of a line or of a word if one is near
 * the limit.
 */
export function beginning(text: string, max: number): string {
  if (text.length <= max) return text
  const head = whole(text.slice(0, Math.max(0, max)))
  // Searches back at most a tenth of the text, so that a text without spaces does not lose more than that.
  const from = Math.floor(head.length * 0.9)
  const line = head.lastIndexOf('\n')
  if (line > from) return head.slice(0, line)
  const word = head.lastIndexOf(' ')
  return word > from ? head.slice(0, word) : head
}

// Removes half a surrogate pair at the end, because it is not a character.
const whole = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text)
