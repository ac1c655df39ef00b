import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TERMINAL_COLUMNS } from '@embargo/chat'
import type { Form } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { discordCard, discordForm } from './discord.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { slackCard, slackForm } from './slack.ts'
import { plainCard, terminalCard, terminalForm } from './terminal.ts'

export type Gallery = {
  /** Each card, as each platform gets it: its commands are written as people type them on that platform. */
  readonly cards: readonly ({ readonly name: string } & Readonly<Record<'slack' | 'discord' | 'terminal', Card>>)[]
  readonly forms: readonly { readonly name: string; readonly form: Form }[]
}

export type PageStyle = { readonly theme: 'light' | 'dark'; readonly width: 'wide' | 'narrow' }

export const PAGE_STYLES: readonly PageStyle[] = [
  { theme: 'light', width: 'wide' },
  { theme: 'dark', width: 'wide' },
  { theme: 'light', width: 'narrow' },
  { theme: 'dark', width: 'narrow' },
]

/** The width of a terminal on a phone that is held upright. */
const NARROW_COLUMNS = 44

/** The name of the file of a page. The first page is `index.html`, which a browser opens for a folder. */
export const fileOf = ({ theme, width }: PageStyle): string =>
  theme === 'light' && width === 'wide' ? 'index.html' : `${theme}-${width}.html`

const STYLE = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')

/** A page with every card and form in every renderer, side by side. The page loads nothing and runs no script. */
export function page({ cards, forms }: Gallery, pageStyle: PageStyle): string {
  const columns = pageStyle.width === 'wide' ? TERMINAL_COLUMNS : NARROW_COLUMNS
  const body = html`<nav>
      <b>Embargo’s cards and forms</b>
      ${PAGE_STYLES.map((each) => html`<a class="${each === pageStyle ? 'here' : ''}" href="${fileOf(each)}">${each.theme}, ${each.width}</a>`)}
      <a href="#forms">forms</a>
    </nav>
    <h2 id="cards">Cards</h2>
    ${cards.map(({ name, slack, discord, terminal }) =>
      exhibit('card', name, [
        ['Slack', slackCard(slack)],
        ['Discord', discordCard(discord)],
        ['Terminal', terminalCard(terminal, columns)],
        ['Plain text', plainCard(slack)],
      ]),
    )}
    <h2 id="forms">Forms</h2>
    ${forms.map(({ name, form }) =>
      exhibit('form', name, [
        ['Slack', slackForm(form)],
        ['Discord', html`${discordForm(form)}`],
        ['Terminal', terminalForm(form)],
      ]),
    )}`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<title>Embargo: cards and forms</title>',
    `<style>\n${STYLE}</style>`,
    `<body class="${pageStyle.theme} ${pageStyle.width}">`,
    body.markup,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

type Panel = readonly [name: string, drawn: Html]

const exhibit = (kind: 'card' | 'form', name: string, panels: readonly Panel[]): Html => {
  const id = `${kind}-${name.replaceAll(/[^a-z0-9]+/g, '-')}`
  return html`<section id="${id}">
    <h3><a href="#${id}">${name}</a></h3>
    <div class="panels">
      ${panels.map(
        ([where, drawn]) =>
          html`<figure class="${where.toLowerCase().replace(' ', '-')}">
            <figcaption>${where}</figcaption>
            ${drawn}
          </figure>`,
      )}
    </div>
  </section>`
}
