import { describe, expect, it } from 'vitest'
import { COLUMNS, layout, oneLine, wrap } from './layout.ts'

describe('wrap', () => {
  it('keeps every line within the columns, except for a single word that is longer', () => {
    const url = `https://quillmark.example/${'a'.repeat(80)}`
    const lines = wrap(`${'word '.repeat(40)}${url} ${'word '.repeat(20)}`).split('\n')
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([url])
  })

  it('does not let a field add a line', () => {
    expect(wrap('Ana\r\n\r\n-- \nSomebody else')).toBe('Ana -- Somebody else')
  })

  it('fills a line to the last column', () => {
    expect(wrap(`${'a'.repeat(35)} ${'b'.repeat(36)}`)).toHaveLength(COLUMNS)
    expect(wrap(`${'a'.repeat(36)} ${'b'.repeat(36)}`)).toContain('\n')
  })
})

describe('layout', () => {
  it('indents what belongs to a bullet, a step and a row', () => {
    const long = 'a rather long sentence that does not fit into a single line of a plain text mail'
    expect(layout([{ items: [long] }, { steps: [long] }, { rows: [['Credit', long]] }])).toMatchInlineSnapshot(`
      "- a rather long sentence that does not fit into a single line of a plain
        text mail

      1. a rather long sentence that does not fit into a single line of a
         plain text mail

      Credit  a rather long sentence that does not fit into a single line of a
              plain text mail"
    `)
  })

  it('keeps the line breaks, quotes and code of what a person typed', () => {
    const quoted = '> the quoted words of somebody else that are too long to fit into one line of a mail'
    const code = `    ${'x'.repeat(90)}`
    expect(layout([{ said: `One.\nTwo.\n\n${quoted}\n>\n\n${code}\n\`\`\`\nas   is\n\`\`\`\n` }]))
      .toMatchInlineSnapshot(`
      "One.
      Two.

      > the quoted words of somebody else that are too long to fit into one
      > line of a mail
      >

          xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      \`\`\`
      as   is
      \`\`\`"
    `)
  })

  it('puts a list right under its label', () => {
    expect(layout([{ title: 'Versions' }, 'Affected:', { rows: [['main', '4.2.6']] }, 'More.'])).toBe(
      'Versions\n--------\n\nAffected:\nmain  4.2.6\n\nMore.',
    )
  })

  it('omits empty parts', () => {
    expect(layout(['one', undefined, '', { said: '' }, 'two'])).toBe('one\n\ntwo')
  })
})

describe('oneLine', () => {
  it.each([
    ['a header smuggled in', 'Receipt\r\nBcc: all@example.org', 'Receipt Bcc: all@example.org'],
    ['a terminal escape', 'red \u001b[31mword', 'red [31mword'],
    ['a direction override', 'patch\u202egpj.exe', 'patchgpj.exe'],
  ])('disarms %s', (_name, text, safe) => {
    expect(oneLine(text)).toBe(safe)
  })
})
