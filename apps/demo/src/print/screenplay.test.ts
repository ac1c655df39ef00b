import { describe, expect, it } from 'vitest'
import { cutCard, cutPatches } from './cut.ts'
import { asJson } from './json.ts'
import { asScreenplay } from './screenplay.ts'
import { asShort } from './short.ts'

const patch = ['diff --git a/x b/x', ...Array.from({ length: 20 }, (_, line) => `+${line}`)].join('\n')

describe('a line of the play', () => {
  it('is one line of JSON, whatever the text contains', () => {
    const line = { line: 'note', text: 'one\ntwo' } as const
    expect(asJson(line).split('\n')).toHaveLength(1)
    expect(JSON.parse(asJson(line))).toEqual(line)
  })

  it('has the day in a heading', () => {
    expect(asScreenplay({ line: 'scene', number: 1, title: 'A report', at: '2026-06-02T09:12:00.000Z' })).toContain(
      '1. A REPORT  —  Tuesday 2 June 2026, 09:12 UTC',
    )
  })

  it('the screenplay shows a mail with its headers, its text and the names of its files', () => {
    const text = asScreenplay({
      line: 'mail',
      direction: 'leaves',
      isEncrypted: false,
      headers: { To: 'a@example.org' },
      text: 'Hello,\n\nbye\n',
      attachments: [{ name: 'main.patch', bytes: 12 }],
    })
    expect(text).toBe(
      '\n  A mail leaves:\n  ┊ To: a@example.org\n  ┊\n  ┊ Hello,\n  ┊\n  ┊ bye\n  ┊\n  ┊ [attached: main.patch, 12 bytes]',
    )
  })
})

describe('a line of the play in short', () => {
  const shows = (text: string, what = 'shows') => asShort({ line: 'shows', to: '#sec-2026-0001', what, text })

  it('shows what was done, and the first sentence of the answer', () => {
    expect(asShort({ line: 'does', who: 'Ana', what: '/cvd close done\nand more' })).toBe('  Ana: /cvd close done')
    expect(shows('SEC-2026-0001 · Done\nClosed. And more.')).toBe('    ✓ Closed.')
  })

  it('shows a mail by its subject, and a card by its title', () => {
    const headers = { From: 'Robin <r@example.org>', To: 'a@example.org', Subject: 'Re: [SEC-2026-0001] A hole' }
    const mail = { line: 'mail', isEncrypted: false, headers, text: 'Hello', attachments: [] } as const
    expect(asShort({ ...mail, direction: 'arrives' })).toBe('  ✉ Robin: Re: A hole')
    expect(asShort({ ...mail, direction: 'leaves' })).toBe('  ✉ to a@example.org: Re: A hole')
    expect(asShort({ ...mail, direction: 'leaves', isEncrypted: true })).toBe('  🔒 to a@example.org: Re: A hole')
    expect(shows('SEC-2026-0001 · published\n✓ announcement')).toBe('    #sec-2026-0001: published')
  })

  it('is left out if another line says the same', () => {
    expect(shows('SEC-2026-0001 · the reporter writes · mail 2\nHello')).toBeUndefined()
    expect(shows('SEC-2026-0001 · fixing', 'edits its pinned card')).toBeUndefined()
    expect(asShort({ line: 'does', who: 'Ana', what: '(fills in “Write a mail”)\nText: x' })).toBeUndefined()
  })
})

describe('the cut of a long text', () => {
  it('removes the middle of a patch, but not the signature after it', () => {
    const lines = cutPatches(`The same:\n\n${patch}\n\n-- \nAna`).split('\n')
    expect(lines).toHaveLength(2 + 6 + 1 + 3)
    expect(lines[8]).toBe('[… 15 more lines of the patch, not shown here]')
    expect(lines.slice(-3)).toEqual(['', '-- ', 'Ana'])
  })

  it('removes nothing from a short text', () => {
    expect(cutPatches('one\n\ntwo')).toBe('one\n\ntwo')
    expect(cutCard('one\ntwo')).toBe('one\ntwo')
  })

  it('removes the middle of a long card, but not its buttons', () => {
    const card = [...Array.from({ length: 90 }, (_, line) => `line ${line}`), '[ Approve ]'].join('\n')
    expect(cutCard(card).split('\n').slice(-2)).toEqual([
      '[… 68 more lines of this card, not shown here]',
      '[ Approve ]',
    ])
  })
})
