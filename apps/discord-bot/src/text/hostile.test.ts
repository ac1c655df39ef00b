import { describe, expect, it } from 'vitest'
import { codeSpan, escapeLeading, escapeMarkdown, fenced, harmlessLine } from './hostile.ts'

/** A line from outside as a card shows it. */
const shown = (text: string): string => escapeLeading(escapeMarkdown(harmlessLine(text)))

/** Matches anything that Discord would interpret, in a text from which `withoutEscaped` removed what is escaped. */
const FIRES =
  /https?:\/\/|<[@#!:/atid]|@(?:everyone|here|\w)|\bwww\.|\[[^\]]*\]\(|\*|_|~~|\|\||`|^\s*(?:#|-#|>|[-+]\s|\d+\.\s)|:\w+:|[\u202A-\u202E\u2066-\u2069]/im
const withoutEscaped = (markdown: string): string => markdown.replace(/\\[^A-Za-z0-9\s]/g, '·')

const ATTACKS: readonly (readonly [string, string, string])[] = [
  ['a link', 'see https://evil.example/x', 'see hxxps://evil\\[.\\]example/x'],
  ['a link in capitals', 'HTTP://evil.example', 'HxxP://evil.example'],
  ['a link split by a character that nobody sees', 'ht\u200Btps://evil.example', 'hxxps://evil.example'],
  ['another scheme', 'discord://-/channels/1', 'discord\\[:\\]//-/channels/1'],
  ['a bare host', 'www.evil.example and evil.example/path', 'www\\[.\\]evil.example and evil\\[.\\]example/path'],
  ['a masked link', '[log in](https://evil.example)', '\\[log in\\](hxxps://evil.example)'],
  ['a link without preview', '<https://evil.example>', '\\<hxxps://evil.example\\>'],
  ['everybody', '@everyone @here', '@\u200Beveryone @\u200Bhere'],
  [
    'a member',
    '<@112233445566778899> <@!112233445566778899>',
    '\\<@\u200B112233445566778899\\> \\<@\u200B!112233445566778899\\>',
  ],
  ['a role and a channel', '<@&1> <#2>', '\\<@\u200B&1\\> \\<#2\\>'],
  ['a command', '</disclose:123>', '\\</disclose:123\\>'],
  ['a time', '<t:1784037600:R>', '\\<t\\:1784037600:R\\>'],
  ['an emoji', '<:ok:123> <a:ok:123> :shrug:', '\\<\\:ok:123\\> \\<a\\:ok:123\\> \\:shrug:'],
  ['a place in the server', '<id:customize>', '\\<id:customize\\>'],
  ['a heading', '# Urgent', '\\# Urgent'],
  ['small print', '-# by the security team', '\\-# by the security team'],
  ['a quote', '> Ana said yes', '\\> Ana said yes'],
  ['a list', '1. one', '1\\. one'],
  ['bold and italics', '**approved** _by_ __Ana__', '\\*\\*approved\\*\\* \\_by\\_ \\_\\_Ana\\_\\_'],
  ['a spoiler', '||look||', '\\|\\|look\\|\\|'],
  ['a fence', '```js', '\\`\\`\\`js'],
  ['a backslash before a mark', '\\*bold\\*', '\\\\\\*bold\\\\\\*'],
  ['text that runs backwards', 'patch \u202Egpj.exe', 'patch gpj.exe'],
  ['tag characters', 'ok\u{E0041}', 'ok'],
  ['a second line', 'one\r\n# two', 'one # two'],
  ['plain words', 'A heap overflow in parse(); see section 3.', 'A heap overflow in parse(); see section 3.'],
]

describe('a line from outside', () => {
  it.each(ATTACKS)('%s is shown as plain text', (_threat, hostile, harmless) => {
    expect(shown(hostile)).toBe(harmless)
  })

  it.each(ATTACKS)('%s has no effect', (_threat, hostile) => {
    expect(withoutEscaped(shown(hostile))).not.toMatch(FIRES)
  })

  it.each(ATTACKS)('%s ends no fence and no code span', (_threat, hostile) => {
    expect(fenced(hostile).split('```')).toHaveLength(3)
    expect(codeSpan(hostile).split('`')).toHaveLength(3)
    expect(fenced(hostile)).not.toMatch(/https?:\/\/|@(?:everyone|here|\w)|[\u202A-\u202E]/i)
  })
})

describe('a huge line from outside', () => {
  it.each(['a', 'a.', 'a-', '@', '`', '<', ':', 'http:', '\\', '*'])(
    'of %j alone is still read in one go',
    (piece) => {
      const line = piece.repeat(200_000)
      expect(escapeMarkdown(harmlessLine(line)).length).toBeGreaterThanOrEqual(line.length)
      expect(fenced(line).length).toBeGreaterThan(line.length)
    },
    5000,
  )
})

describe('a text from outside with many fences', () => {
  it('stays between our own fences', () => {
    expect(fenced('a\n```\n@everyone\n````\nb`')).toBe(
      '```\na\n`\u200B`\u200B`\n@\u200Beveryone\n`\u200B`\u200B`\u200B`\nb`\n```',
    )
  })
})

describe('our own text', () => {
  it('keeps its links whole', () => {
    expect(escapeMarkdown('see https://widget.example/a_b_c for *all*')).toBe(
      'see https://widget.example/a_b_c for \\*all\\*',
    )
  })
})
