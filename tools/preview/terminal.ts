import { renderFormAsText, renderPlain, renderTerminal } from '@embargo/chat'
import type { Form } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { html } from './html.ts'
import type { Html } from './html.ts'

/** The escape sequences with which our terminal cards are coloured. */
const PAINT = /\u001B\[(\d+)m/g
const CLASSES: Readonly<Record<string, string>> = { 1: 'bold', 2: 'dim', 36: 'cyan' }

/** A card as a terminal shows it, in colour. */
export const terminalCard = (card: Card, columns: number): Html =>
  html`<pre class="terminal" style="max-width: ${columns}ch">
${painted(renderTerminal(card, { colour: true, columns }))}</pre>`

export const terminalForm = (form: Form): Html => html`<pre class="terminal">${renderFormAsText(form)}</pre>`

/** A card as plain text, for a screen reader, a log or an attached file. */
export const plainCard = (card: Card): Html => html`<pre class="plain">${renderPlain(card)}</pre>`

function painted(text: string): readonly Html[] {
  const drawn: Html[] = []
  let from = 0
  let style: string | undefined
  const upTo = (end: number): void => {
    const part = text.slice(from, end)
    drawn.push(style === undefined ? html`${part}` : html`<span class="${style}">${part}</span>`)
  }
  for (const found of text.matchAll(PAINT)) {
    upTo(found.index)
    style = CLASSES[found[1] ?? '']
    from = found.index + found[0].length
  }
  upTo(text.length)
  return drawn
}
