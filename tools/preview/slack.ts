import type { Form } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { renderCard, renderForm } from '@embargo/slack-bot'
import type { SlackMessage } from '@embargo/slack-bot'
import { html, lines } from './html.ts'
import type { Html } from './html.ts'
import { clockOf, dayOf, distanceOf } from './times.ts'

type Block = SlackMessage['blocks'][number]
type AnyBlock = ReturnType<typeof renderForm>['blocks'][number]

/** Narrows the type of a block to the kinds that Slack's library describes. Our forms have no other kinds. */
const isKnown = (one: AnyBlock): one is Block => one.type !== ''

type Rich = Extract<Block, { type: 'rich_text' }>['elements'][number]
type Input = Extract<Block, { type: 'input' }>

/** A card as a Slack client shows it, in a message. */
export function slackCard(card: Card): Html {
  const { message, files } = renderCard(card)
  return html`<div class="slack message">
    <span class="avatar"></span>
    <div class="body">
      <p class="who"><b>Embargo</b> <span class="app">APP</span> <time>11:02</time></p>
      ${message.blocks.map(block)}
      ${files.map(({ name, text }) => html`<p class="file">📄 ${name} · ${text.length} characters</p>`)}
    </div>
  </div>`
}

/** A form as a Slack client shows it, in a modal. */
export function slackForm(form: Form): Html {
  const { title, submit, close, blocks } = renderForm(form, undefined)
  return html`<div class="slack modal">
    <header>${title.text}</header>
    <div class="body">${blocks.filter(isKnown).map(block)}</div>
    <footer><span class="button">${close?.text}</span><span class="button primary">${submit?.text}</span></footer>
  </div>`
}

function block(one: Block): Html {
  switch (one.type) {
    case 'header':
      return html`<h4>${one.text.text}</h4>`
    case 'rich_text':
      return html`<div class="rich">${one.elements.map(rich)}</div>`
    case 'section':
      return long(one.text?.text ?? '', one.expand !== true)
    case 'context':
      return html`<p class="context">${one.elements.map((each) => html`${'text' in each ? each.text : ''}`)}</p>`
    case 'divider':
      return html`<hr />`
    case 'actions':
      return html`<p class="actions">${one.elements.map((each) => element(each))}</p>`
    case 'input':
      return input(one)
    default:
      return html`<p class="unknown">${one.type}</p>`
  }
}

/** Slack folds a text with more lines or characters than this. A reader can unfold it. */
const FOLDED_LINES = 5
const FOLDED_CHARACTERS = 700

function long(text: string, folds: boolean): Html {
  const isLong = text.length > FOLDED_CHARACTERS || text.split('\n').length > FOLDED_LINES
  return folds && isLong
    ? html`<details class="section">
        <summary><span class="text">${lines(text)}</span></summary>
      </details>`
    : html`<p class="section">${lines(text)}</p>`
}

function rich({ type, elements }: Rich): Html {
  const tag = type === 'rich_text_preformatted' ? 'pre' : 'p'
  const inner = elements.map((each) => {
    if (each.type === 'text') return styled(each.text, each.style ?? {})
    if (each.type === 'link') return html`<span class="link">${each.text ?? each.url}</span>`
    if (each.type === 'date') return html`<span class="date">${dateOf(each)}</span>`
    return html`<span class="unknown">${each.type}</span>`
  })
  return tag === 'pre' ? html`<pre>${inner}</pre>` : html`<p>${inner}</p>`
}

function styled(
  text: string,
  style: { readonly bold?: boolean; readonly italic?: boolean; readonly code?: boolean },
): Html {
  const inner = html`${lines(text)}`
  if (style.code === true) return html`<code>${inner}</code>`
  if (style.bold === true) return html`<b>${inner}</b>`
  return style.italic === true ? html`<i>${inner}</i>` : inner
}

const dateOf = ({ timestamp, format }: { readonly timestamp: number; readonly format: string }): string =>
  format
    .replace('{date_short_pretty}', dayOf(timestamp))
    .replace('{time}', clockOf(timestamp))
    .replace('{ago}', distanceOf(timestamp))

type Element = Extract<Block, { type: 'actions' }>['elements'][number]

function element(one: Element): Html {
  if (one.type === 'button') {
    const asks = one.confirm === undefined ? '' : `Asks first: ${one.confirm.text?.text ?? ''}`
    return html`<span class="button ${one.style ?? ''}" title="${asks}"
      >${one.text.text}${asks === '' ? '' : ' …'}</span
    >`
  }
  return html`<span class="button">${'placeholder' in one ? (one.placeholder?.text ?? one.type) : one.type} ▾</span>`
}

function input(one: Input): Html {
  return html`<div class="field">
    <label>${one.label.text}${one.optional === true ? html` <small>(optional)</small>` : ''}</label>
    ${control(one.element)} ${one.hint === undefined ? '' : html`<small>${one.hint.text}</small>`}
  </div>`
}

function control(one: Input['element']): Html {
  switch (one.type) {
    case 'plain_text_input':
      return html`<div class="input ${one.multiline === true ? 'tall' : ''}">${lines(one.initial_value ?? '')}</div>`
    case 'static_select':
      return html`<div class="input select">
        ${one.initial_option?.text.text ?? `${one.options?.length ?? 0} choices`}
      </div>`
    case 'external_select':
    case 'multi_external_select':
      return html`<div class="input select">${one.placeholder?.text ?? 'search …'}</div>`
    case 'datetimepicker':
      return html`<div class="input select">📅 date, time</div>`
    case 'file_input':
      return html`<div class="input select">⇪ add a file</div>`
    default:
      return html`<div class="input select">${one.type}</div>`
  }
}
