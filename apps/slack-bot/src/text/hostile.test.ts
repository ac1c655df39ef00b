import { describe, expect, it } from 'vitest'
import { defang, escapeMarkdown } from './hostile.ts'

describe('text from outside', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['a link', 'see https://evil.example/x', 'see hxxps://evil[.]example/x'],
    ['a link in capitals', 'HTTP://evil.example', 'hxxp://evil.example'],
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
    ['text that runs backwards', 'patch \u202Egpj.exe', 'patch \uFFFDgpj.exe'],
    ['terminal escapes', 'a\u001B[31mred\u0007', 'a\uFFFD[31mred\uFFFD'],
    ['tag characters', 'ok\u{E0041}', 'ok\uFFFD'],
    ['line ends', 'one\r\ntwo\rthree\tfour\u2028five\u2029six\u0085seven', 'one\ntwo\nthree\tfour\nfive\nsix\nseven'],
    ['variations that hide text', 'ok\u{E0100}', 'ok\uFFFD'],
    ['plain words', 'A heap overflow in parse(); see section 3.', 'A heap overflow in parse(); see section 3.'],
  ]
  it.each(table)('%s', (_threat, hostile, harmless) => {
    expect(defang(hostile)).toBe(harmless)
  })

  it.each(table)('%s: is harmless a second time too', (_threat, hostile) => {
    const once = defang(hostile)
    expect(once).not.toMatch(/https?:\/\/|<[@!#]|@\w|\bwww\.|[\u202A-\u202E]/i)
    expect(defang(once)).not.toMatch(/https?:\/\/|<[@!#]|@\w|\bwww\.|[\u202A-\u202E]/i)
  })

  it('keeps Slack’s three characters from meaning anything in mrkdwn', () => {
    expect(escapeMarkdown('<!channel> & co')).toBe('&lt;!channel&gt; &amp; co')
  })
})
