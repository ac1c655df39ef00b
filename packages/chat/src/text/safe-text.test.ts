import { describe, expect, it } from 'vitest'
import { cut, defang, defangHosts, safeJson, safeLine, safeText } from './safe-text.ts'

const ESC = '\u001B'

const HOSTILE: readonly (readonly [string, string, string])[] = [
  ['terminal escape', `${ESC}[2J${ESC}]0;owned\u0007text`, '[2J]0;ownedtext'],
  ['right-to-left override', 'file\u202Egnp.exe', 'filegnp.exe'],
  ['bidi isolate', 'a\u2066b\u2069c', 'abc'],
  ['zero width', 'se\u200Bcr\u200Det\uFEFF', 'secret'],
  ['soft hyphen', 'a\u00ADb', 'ab'],
  ['tag characters', 'hi\u{E0061}\u{E0062}', 'hi'],
  ['filler that looks empty', 'a\u3164b\u115F', 'ab'],
  ['C1 control', 'a\u009B31mb', 'a31mb'],
  ['lone surrogate', 'a\uD800b', 'a\uFFFDb'],
  ['null', 'a\u0000b', 'ab'],
]

describe('text from outside', () => {
  it.each(HOSTILE)('has its %s removed', (_name, text, safe) => {
    expect(safeText(text)).toBe(safe)
    expect(safeLine(text)).toBe(safe)
  })

  it('keeps letters of every script, and line ends', () => {
    expect(safeText('Grüße\r\nשלום\u2028你好\ttab')).toBe('Grüße\nשלום\n你好    tab')
  })

  it.each(HOSTILE)('as JSON escapes a %s, and parses back to the same text', (_name, text) => {
    const value = { raw: `${text}\u2028Z\u0301\tGrüße` }
    const json = safeJson(value)
    expect(safeText(json)).toBe(json)
    expect(json).toContain('Grüße')
    expect(JSON.parse(json)).toEqual(value)
  })

  it('is put on one line where only one line fits', () => {
    expect(safeLine('subject\r\nSEC-2026-0001 · approved\u2028by Ana')).toBe('subject SEC-2026-0001 · approved by Ana')
  })

  it('makes no link', () => {
    expect(defang('slack://x, mailto:a@b.example, javascript:alert(1)')).toBe(
      'slack[:]//x, mailto[:]a@b.example, javascript[:]alert(1)',
    )
    expect(defang(defang('https://x.example slack://y'))).toBe('hxxps://x.example slack[:]//y')
    expect(defang('see https://evil.example and HTTP://x.example, ftp://y.example')).toBe(
      'see hxxps://evil.example and HxxP://x.example, fxp://y.example',
    )
  })

  it('breaks the link that a client makes of a bare host, but leaves file paths in a terminal alone', () => {
    expect(defang('www.evil.example conf.d.example/x')).toBe('www[.]evil.example conf.d.example/x')
    expect(defangHosts('www.evil.example evil.example/x //evil.example/x')).toBe(
      'www[.]evil.example evil[.]example/x //evil[.]example/x',
    )
  })

  it('keeps as many marks on a letter as a script needs, and removes the others', () => {
    expect(safeText(`Z${'\u0301'.repeat(400)}algo שָׁלוֹם`)).toBe(`Z${'\u0301'.repeat(8)}algo שָׁלוֹם`)
  })

  it('is never cut in the middle of a character', () => {
    expect(cut('abcdef', 4)).toBe('abc…')
    expect(cut('ab😀d', 4)).toBe('ab…')
    expect(cut('abc', 3)).toBe('abc')
  })
})
