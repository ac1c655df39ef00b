import { renderCard as renderSlack } from '@embargo/slack-bot'
import { describe, expect, it } from 'vitest'
import { ATTACKS, outsideOf } from '../packages/chat/test/fixtures/attacks.ts'
import { discordText } from '../tools/preview/discord-markdown.ts'
import { PAGE_STYLES, page } from '../tools/preview/page.ts'
import { everyCardAndForm } from '../tools/preview/gallery.ts'

/** All cards and forms. The texts in them that outsiders wrote, such as the report, are harmless. */
const shown = await everyCardAndForm()

/** Matches every HTML tag in the page. */
const TAGS = /<\/?([a-z][a-z0-9]*)/g

describe('the preview', () => {
  it('shows every card and form in every renderer, in four looks, and loads nothing', () => {
    expect(shown.cards.length).toBeGreaterThan(40)
    for (const pageStyle of PAGE_STYLES) {
      const made = page(shown, pageStyle)
      expect(made).toContain(`<body class="${pageStyle.theme} ${pageStyle.width}">`)
      for (const { name } of [...shown.cards, ...shown.forms]) expect(made).toContain(`>${name}</a></h3>`)
      const count = (text: string): number => made.split(text).length - 1
      expect(count('class="slack message"')).toBe(shown.cards.length)
      expect(count('class="discord message"')).toBe(shown.cards.length)
      expect(count('<figcaption>Plain text')).toBe(shown.cards.length)
      expect(count('<figcaption>Terminal')).toBe(shown.cards.length + shown.forms.length)
      expect(count('class="slack modal"')).toBe(shown.forms.length)
      expect(made).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|url\(|@import/)
      expect(made).not.toContain('class="unknown"')
    }
  })

  it('understands all the markup of our cards, and says so if it meets other markup', () => {
    const drawn = (text: string): string =>
      discordText(text)
        .map(({ markup }) => markup)
        .join('')
    expect(drawn('**Next** Ana\n-# More in \\*/help\\*')).toBe('<b>Next</b> Ana<br /><small>More in */help*</small>')
    for (const unread of ['a _word_', '# Title', '> said', '- one', '||hidden||', '~~gone~~'])
      expect(drawn(unread), unread).toContain('class="unknown"')
    expect(drawn('\\# no title, https://embargo.example/a_b')).not.toContain('class="unknown"')
  })

  it('shows each state of a channel', () => {
    const names = shown.cards.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'a channel is renamed',
        'a channel is exposed',
        'a channel is archived by somebody',
        'a channel is back',
        'a channel is in use again',
        'a channel is deleted',
        'the channel after it',
      ]),
    )
  })

  it('shows every command in the help of Slack, and leaves nothing for a file', () => {
    const help = shown.cards.find(({ name }) => name === 'help')?.slack
    expect(help === undefined ? undefined : renderSlack(help).files).toEqual([])
  })

  it('has no tag that it did not write, whatever the cards say', async () => {
    const [pageStyle] = PAGE_STYLES
    if (pageStyle === undefined) throw new Error('no page style')
    const tagsIn = (gallery: typeof shown) =>
      new Set([...page(gallery, pageStyle).matchAll(TAGS)].map(([, tag]) => tag))
    const own = tagsIn(shown)
    const all = ATTACKS.filter(({ text }) => text.includes('<') && text.length < 1000).map(({ text }) => text)
    expect(all.length).toBeGreaterThan(5)
    const theirs = tagsIn(await everyCardAndForm(outsideOf({ tries: 'all of it', text: all.join(' ') })))
    expect([...theirs].filter((tag) => !own.has(tag))).toEqual([])
  })
})
