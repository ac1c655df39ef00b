import { describe, expect, it } from 'vitest'
import { escapeMarkdown, harmless, harmlessLine } from './hostile.ts'

describe('text from outside', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['a link', 'see https://evil.example/x', 'see hxxps://evil[.]example/x'],
    ['a link in capitals', 'HTTP://evil.example', 'HxxP://evil.example'],
    ['a link hidden in a scheme', 'hthttp://tp://x', 'hthttp[:]//tp[:]//x'],
    ['a link split by a character that nobody sees', 'ht\u200Btps://evil.example', 'hxxps://evil.example'],
    ['another scheme', 'slack://channel?team=T1', 'slack[:]//channel?team=T1'],
    ['a scheme without slashes', 'javascript:alert(1) mailto:a', 'javascript[:]alert(1) mailto[:]a'],
    ['a bare host', 'www.evil.example and evil.example/path', 'www[.]evil.example and evil[.]example/path'],
    ['a mention', '@channel, @here <@U0ANA>', '@\u200Bchannel, @\u200Bhere <\u200B@\u200BU0ANA>'],
    [
      'a broadcast in Slack’s marks',
      '<!channel> <!subteam^S1> <#C1|general>',
      '<\u200B!channel> <\u200B!subteam^S1> <\u200B#C1|general>',
    ],
    ['a masked link', '<https://evil.example|https://good.example>', '<hxxps://evil.example|hxxps://good.example>'],
    ['an address', 'root@evil.example', 'root@\u200Bevil.example'],
    ['text that runs backwards', 'patch \u202Egpj.exe', 'patch gpj.exe'],
    ['terminal escapes', 'a\u001B[31mred\u0007', 'a[31mred'],
    ['tag characters', 'ok\u{E0041}', 'ok'],
    ['line ends', 'one\r\ntwo\rthree\tfour\u2028five\u2029six\u0085seven', 'one\ntwo\nthree    four\nfive\nsix\nseven'],
    ['variations that hide text', 'ok\u{E0100}', 'ok'],
    [
      'a host or a scheme split by what joins letters',
      'evil\u200D.example/x www\u200C.evil.example java\u034Fscript:alert(1)',
      'evil[.]example/x www[.]evil.example javascript[:]alert(1)',
    ],
    ['fillers that look empty', 'a\u3164b\u115F\uFE0F', 'ab'],
    ['plain words', 'A heap overflow in parse(); see section 3.', 'A heap overflow in parse(); see section 3.'],
  ]
  it.each(table)('%s', (_threat, hostile, shown) => {
    expect(harmless(hostile)).toBe(shown)
  })

  it.each(table)('%s: is harmless a second time too', (_threat, hostile) => {
    const once = harmless(hostile)
    expect(once).not.toMatch(/https?:\/\/|<[@!#]|@\w|\bwww\.|[\u202A-\u202E]/i)
    expect(harmless(once)).not.toMatch(/https?:\/\/|<[@!#]|@\w|\bwww\.|[\u202A-\u202E]/i)
  })

  it('begins no line where a line is wanted', () => {
    expect(harmlessLine('Rafi\r\nSEC-2026-0042 · Ana approved\u2028yes')).toBe('Rafi SEC-2026-0042 · Ana approved yes')
  })

  it('keeps Slack’s three characters from meaning anything in mrkdwn', () => {
    expect(escapeMarkdown('<!channel> & co')).toBe('&lt;!channel&gt; &amp; co')
  })
})
