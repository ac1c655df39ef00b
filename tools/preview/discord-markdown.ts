import { html } from './html.ts'
import type { Html } from './html.ts'
import { clockOf, dayOf, distanceOf } from './times.ts'

/** The parts of Discord's Markdown that our cards use, with the marks of each. */
const MARKS =
  /```\n?([^]*?)\n?```|\\([^\w\s])|`([^`\n]+)`|\*\*([^]+?)\*\*(?!\*)|\*([^*\n]+?)\*|<t:(\d+):([fR])>|^-# ([^\n]*)|\n/gm
/**
 * Marks that a Discord client would interpret but this page does not. If a card uses such a mark, add it to `MARKS`.
 */
const UNREAD = /[*_~`|]|^(?:-#|#{1,3} |>|[-+] |\d+[.)] )/m
const OUR_LINK = /https?:\/\/[^\s<>]+/g

/** A description as a Discord client shows it. Nested marks are interpreted too. */
export function discordText(text: string): readonly Html[] {
  const drawn: Html[] = []
  let from = 0
  for (const found of text.matchAll(MARKS)) {
    drawn.push(html`${text.slice(from, found.index)}`, mark(found))
    from = found.index + found[0].length
  }
  const plain = text.replaceAll(MARKS, (read) => (read === '\n' ? read : '·')).replaceAll(OUR_LINK, '·')
  return [
    ...drawn,
    html`${text.slice(from)}`,
    ...(UNREAD.test(plain) ? [html`<b class="unknown">unread marks</b>`] : []),
  ]
}

function mark([, fence, escaped, code, strong, faint, seconds, style, small]: RegExpExecArray): Html {
  if (fence !== undefined) return html`<pre>${fence}</pre>`
  if (escaped !== undefined) return html`${escaped}`
  if (code !== undefined) return html`<code>${code}</code>`
  if (strong !== undefined) return html`<b>${discordText(strong)}</b>`
  if (faint !== undefined) return html`<i>${discordText(faint)}</i>`
  if (small !== undefined) return html`<small>${discordText(small)}</small>`
  if (seconds === undefined) return html`<br />`
  const at = Number(seconds)
  return html`<span class="date">${style === 'R' ? distanceOf(at) : `${dayOf(at)} ${clockOf(at)}`}</span>`
}
