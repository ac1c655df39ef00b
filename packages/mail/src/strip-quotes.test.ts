import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitQuote } from './strip-quotes.ts'

const split = (...lines: string[]): string[] => {
  const { text, quoted } = splitQuote(lines.join('\n'))
  return [text, quoted]
}

describe('splitQuote', () => {
  it.each([
    ['English', 'On Tue, 2 Jun 2026 at 14:00, team <security@example.org> wrote:'],
    ['German', 'Am 02.06.26 um 14:00 schrieb team:'],
    ['Japanese', '2026/06/02 14:00、team <security@example.org>のメール:'],
  ])('takes the %s introduction with the quote', (_, introduction) => {
    expect(split('Yes.', '', introduction, '> Is it?', '>', '> Really?', '')).toEqual([
      'Yes.\n',
      [introduction, '> Is it?', '>', '> Really?', ''].join('\n'),
    ])
  })

  it('takes an introduction that was wrapped', () => {
    expect(
      split(
        'Yes.',
        '',
        'On Tue, 2 Jun 2026 at 14:00, a person with a long name',
        '<security@example.org> wrote:',
        '',
        '> Is it?',
      )[0],
    ).toBe('Yes.\n')
  })

  it('takes the header block that is repeated below a rule', () => {
    expect(
      split(
        'Yes.',
        '-----Original Message-----',
        'From: team <security@example.org>',
        'Sent: Tuesday',
        'To: Rae',
        'Subject: x',
        '',
        'Is it?',
      ),
    ).toEqual(['Yes.', expect.stringMatching(/^-----Original/u)])
  })

  it.each([
    ['answers between the quotes', ['> Is it?', 'Yes.', '> Really?', 'Yes, really.']],
    ['a mail that is nothing but quote', ['> all of it', '> is quoted']],
    ['a quote in the middle', ['See:', '> code', 'and run it.']],
    ['a patch', ['--- a/file', '+++ b/file', '@@ -1 +1 @@', '-a', '+b', '-- ', '2.39']],
    ['a rule without a header', ['Steps', '----- one -----', 'do this', 'and that']],
    ['a signature', ['Text.', '-- ', 'Rae']],
  ])('leaves %s alone', (_, lines) => {
    expect(split(...lines)).toEqual([lines.join('\n'), ''])
  })

  it('does not take an ordinary sentence before a quote for the introduction of the quote', () => {
    expect(split('The documentation says:', '> never do this')).toEqual(['The documentation says:', '> never do this'])
  })

  it('never loses or changes a character', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('> q', '', 'On 1 Jan 10:00 a@b wrote:', '-----x-----', 'From: a@b', 'To: b'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { text, quoted } = splitQuote(lines.join('\n'))
        expect([text, quoted].filter((part, at) => at === 0 || part !== '').join('\n')).toBe(lines.join('\n'))
      }),
    )
  })
})
