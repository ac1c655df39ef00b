import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Card } from '@embargo/engine'
import { renderFormAsText, renderPlain, renderTerminal, TERMINAL_COLUMNS } from '../../src/index.ts'
import { gallery } from '../fixtures/gallery.ts'
import type { Samples } from '../fixtures/exhibits.ts'
import { policyOf } from '../fixtures/policy.ts'

const SRC = join(import.meta.dirname, '../../src')

/** A word that is in every text from outside. */
const PLANTED = 'xyzzyplanted'
const planted: Samples = {
  name: PLANTED,
  address: `${PLANTED}@reporter.example`,
  subject: PLANTED,
  text: `Hello,\n\n${PLANTED}\n`,
  fileName: `${PLANTED}.txt`,
  fileType: `text/${PLANTED}`,
  note: PLANTED,
  answer: `550 ${PLANTED}`,
}

/** The files that draw cards: they export a function or constant whose name ends in `Card` or `Cards`. */
const drawing = globSync('{cards,views,commands}/*.ts', { cwd: SRC })
  .filter((path) => /export (?:function|const) \w*Cards?\b/.test(readFileSync(join(SRC, path), 'utf8')))
  .map((path) => basename(path, '.ts'))

const KINDS: Readonly<Record<Card['kind'], true>> = {
  status: true,
  report: true,
  change: true,
  mail: true,
  approval: true,
  publication: true,
  reminder: true,
  refusal: true,
  notice: true,
}

describe('every card', () => {
  it('is in the gallery, each kind and each file that draws one', async () => {
    const { cards } = await gallery()
    expect([...new Set(cards.map(({ card }) => card.kind))].toSorted()).toEqual(Object.keys(KINDS).toSorted())
    expect(drawing.length).toBeGreaterThan(25)
    const shown = new Set(cards.map(({ from }) => from))
    expect(drawing.filter((file) => !shown.has(file) && !['card', 'chat-visibility'].includes(file))).toEqual([])
  })

  it('has its whole as plain text, and a notification of number and severity alone', async () => {
    const { cards } = await gallery(planted)
    for (const { name, card } of cards) {
      expect(card.fallback, name).toBe(renderPlain(card))
      expect(card.fallback.trim(), name).not.toBe('')
      expect(card.notification, name).toMatch(/^(?:Embargo|SEC-2026-\d{4}(?: · (?:critical|high|moderate|low))?)$/)
      expect(card.notification, name).not.toContain(PLANTED)
    }
    expect(cards.filter(({ card }) => card.fallback.includes(PLANTED)).length).toBeGreaterThan(20)
  })

  it('has words from outside in nothing but what renderers take for it', async () => {
    const { cards } = await gallery(planted)
    for (const { name, card } of cards) {
      expect(card.title, name).not.toContain(PLANTED)
      expect(card.quote?.label ?? '', name).not.toContain(PLANTED)
      for (const { label } of [...card.fields, ...card.actions]) expect(label, name).not.toContain(PLANTED)
      for (const span of [...card.lines.flat(), ...card.fields.flatMap(({ value }) => value)])
        if (span.text.includes(PLANTED)) expect(span, name).toMatchObject({ hostile: true })
    }
  })

  it('has none of it where the policy keeps content out, but for what its reader typed there', async () => {
    const chat = {
      archiveAfter: '30 days',
      transcript: 'not-kept',
      content: 'metadata',
    } as const
    const { cards } = await gallery(planted, policyOf('team', { chat }))
    const echo = new Set([
      'a refusal of what was typed',
      'before a case is closed',
      'before a report gets a case of its own',
      'before a seat is given up',
      'a form that is forgotten',
      'a page of a form that is forgotten',
      'a form with more pages, which may stay empty',
    ])
    const terminal = new Set([
      'the mails, listed',
      'a mail, read in the terminal',
      'all that was written, read in the terminal',
    ])
    const kept = cards.filter(({ name }) => !echo.has(name) && !terminal.has(name))
    expect(kept.length).toBeGreaterThan(30)
    expect(kept.filter(({ card }) => JSON.stringify(card).includes(PLANTED)).map(({ name }) => name)).toEqual([])
  })

  it('fits a terminal, wide and narrow', async () => {
    const { cards, forms } = await gallery()
    for (const { name, card } of cards)
      for (const columns of [TERMINAL_COLUMNS, 40]) {
        const lines = renderTerminal(card, { colour: false, columns }).split('\n')
        // A line to type is not wrapped, because people copy it as a whole.
        for (const line of lines.filter((each) => !each.startsWith('  → ')))
          expect(line.length, name).toBeLessThanOrEqual(columns)
      }
    for (const { name, form } of forms) expect(renderFormAsText(form), name).toContain('Typed in one line:')
  })
})
