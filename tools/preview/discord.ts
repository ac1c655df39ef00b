import type { Form } from '@embargo/chat'
import { pagesOf, renderCard, renderForm } from '@embargo/discord-bot'
import type { DiscordMessage, Modal } from '@embargo/discord-bot'
import type { Card } from '@embargo/engine'
import { discordText } from './discord-markdown.ts'
import { html, lines } from './html.ts'
import type { Html } from './html.ts'

type Embed = DiscordMessage['embeds'][number]
type Component = DiscordMessage['components'][number]['components'][number]

/** The CSS class for each number of Discord's button styles. */
const STYLES: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' }

/** A card as a Discord client shows it, in a message. */
export function discordCard(card: Card): Html {
  const { message, files } = renderCard(card)
  return html`<div class="discord message">
    <span class="avatar"></span>
    <div class="body">
      <p class="who"><b>Embargo</b> <span class="app">APP</span> <time>Today at 11:02</time></p>
      <p>${discordText(message.content)}</p>
      ${message.embeds.map(embed)}
      ${message.components.map((row) => html`<p class="actions">${row.components.map(pressable)}</p>`)}
      ${files.map(({ name, text }) => html`<p class="file">📄 ${name} · ${text.length} characters</p>`)}
    </div>
  </div>`
}

function embed({ title, description, color = 0, footer }: Embed): Html {
  const stripe = `#${color.toString(16).padStart(6, '0')}`
  return html`<div class="embed" style="border-color: ${stripe}">
    ${title === undefined ? '' : html`<h4>${discordText(title)}</h4>`}
    ${description === undefined ? '' : html`<div class="text">${discordText(description)}</div>`}
    ${footer === undefined ? '' : html`<small>${footer.text}</small>`}
  </div>`
}

const pressable = (one: Component): Html =>
  'options' in one
    ? html`<span class="input select">${one.placeholder ?? ''}</span>`
    : html`<span class="button ${STYLES[one.style] ?? ''}">${'label' in one ? one.label : ''}</span>`

/** A form, as a Discord client shows it: pages with up to five fields. */
export const discordForm = (form: Form): readonly Html[] =>
  pagesOf(form).map((_, page) => modal(renderForm(form, 'm0=preview', page)))

function modal({ title, components }: Modal): Html {
  return html`<div class="discord modal">
    <header>${title}</header>
    <div class="body">${components.map(field)}</div>
    <footer><span class="button secondary">Cancel</span><span class="button primary">Submit</span></footer>
  </div>`
}

function field(one: Modal['components'][number]): Html {
  if (!('label' in one)) return html`<p class="unknown">${String(one.type)}</p>`
  const { component } = one
  const required = 'required' in component && component.required === true
  return html`<div class="field">
    <label>${one.label}${required ? html` <em>*</em>` : ''}</label>
    ${'description' in one && one.description !== undefined ? html`<small>${one.description}</small>` : ''}
    ${control(component)}
  </div>`
}

function control(one: object): Html {
  if ('options' in one && Array.isArray(one.options)) {
    const options = one.options as readonly { readonly label: string; readonly default?: boolean }[]
    const chosen = options.find((option) => option.default === true)
    return html`<div class="input select">${chosen?.label ?? `${options.length} choices`}</div>`
  }
  if ('style' in one) {
    const value = 'value' in one && typeof one.value === 'string' ? one.value : ''
    const placeholder = 'placeholder' in one && typeof one.placeholder === 'string' ? one.placeholder : ''
    return html`<div class="input ${one.style === 2 ? 'tall' : ''}">
      ${value === '' ? html`<small>${placeholder}</small>` : lines(value)}
    </div>`
  }
  return html`<div class="input select">⇪ add a file</div>`
}
