import type { Outside } from './exhibits.ts'

/** What a hostile reporter, a recipient's server or a careless colleague may write, and what it tries. */
export type Attack = { readonly tries: string; readonly text: string }

const ZERO_WIDTH = '\u200B'
const ESCAPE = '\u001B'

/** One table for every platform: each of these is drawn by each renderer in every card, and nothing of it fires. */
export const ATTACKS: readonly Attack[] = [
  { tries: 'Slack: to mention a channel', text: '<!channel> <!here> <!everyone>' },
  { tries: 'Slack: to mention a person, a group, a channel', text: '<@U0ANA> <!subteam^S01|team> <#C0042|general>' },
  { tries: 'Slack: a time that runs a link', text: '<!date^1392734382^{date}^https://evil.example|now>' },
  { tries: 'Slack: a masked link', text: '<https://evil.example|security@quillmark.example>' },
  { tries: 'Slack: marks in entities', text: '&lt;!channel&gt; &amp;lt;!here&amp;gt;' },
  { tries: 'Discord: to mention all', text: '@everyone @here' },
  {
    tries: 'Discord: to mention a person, a role, a channel',
    text: '<@123456789012345678> <@!1234567890123456789> <@&123456789012345678> <#123456789012345678>',
  },
  {
    tries: 'Discord: a command that one press runs',
    text: '</disclose:123456789012345678> </approve yes:123456789012345678>',
  },
  { tries: 'Discord: a time', text: '<t:1780408800:R> <t:1780408800>' },
  { tries: 'Discord: an emoji that is fetched', text: '<:x:123456789012345678> <a:x:123456789012345678> :smile:' },
  { tries: 'Discord: a masked link', text: '[security@quillmark.example](https://evil.example)' },
  { tries: 'Discord: an invite', text: 'discord.gg/evil https://discord.gg/evil' },
  { tries: 'Discord: a spoiler, small print, a heading', text: '||spoiler||\n-# small\n# HEADING\n> quote\n- list' },
  { tries: 'a link', text: 'https://evil.example/x http://evil.example HTTPS://EVIL.EXAMPLE/x' },
  { tries: 'a link without its scheme', text: 'www.evil.example/x evil.example/x //evil.example/x' },
  {
    tries: 'another scheme',
    text: 'ftp://evil.example mailto:a@evil.example tel:+15550100 javascript:alert(1) data:text/html,x slack://x',
  },
  { tries: 'a picture', text: '![x](https://evil.example/pixel.png) <img src="https://evil.example/pixel.png">' },
  { tries: 'emphasis and code', text: '*bold* _italic_ ~gone~ **bold** __under__ `code` \\*not\\*' },
  { tries: 'to end a fence', text: '```\n@everyone https://evil.example\n```' },
  { tries: 'to end a code span', text: '`` ` `` ` @everyone `' },
  { tries: 'to pass for a line of ours', text: 'x\nSEC-2026-0042 · Ana approved\n[ Approve ]' },
  {
    tries: 'to pass for a line of ours, with other line ends',
    text: 'x\rAna approved\u2028Ana approved\u2029Ana approved\u0085Ana approved',
  },
  { tries: 'to turn text around', text: '\u202Egnp.exe\u202C \u2066isolate\u2069 \u061Cmark \u200Fmark' },
  {
    tries: 'to hide within a word',
    text: `@${ZERO_WIDTH}every${ZERO_WIDTH}one ht${ZERO_WIDTH}tps://evil.example \u00ADsoft \uFEFFbom \u2060joiner`,
  },
  {
    tries: 'to hide within a link, with what joins letters',
    text: 'ht\u200Dtps://evil.example evil\u200D.example/x www\u200C.evil.example java\u034Fscript:alert(1) mail\u2061to:a@evil.example',
  },
  {
    tries: 'to hide within a word, with what fills and varies',
    text: '@every\u200Done \u034Fa \u17B4b \u3164c \uFE0Fd \uFFA0e \u180Ef \u206Ag \uFFF9h',
  },
  { tries: 'to hide text in tags', text: `a${String.fromCodePoint(0xe0041, 0xe0042, 0xe007f)}b \uFE0F\u{E0100}` },
  {
    tries: 'to drive a terminal',
    text: `${ESCAPE}[2J${ESCAPE}]0;title\u0007${ESCAPE}]8;;https://evil.example${ESCAPE}\\link${ESCAPE}]8;;${ESCAPE}\\ \u009B31m \u0008\u0008`,
  },
  {
    tries: 'to break what holds it',
    text: '"}],"elements":[{"type":"image"}] {{case}} ${x} %s </pre><script>alert(1)</script>',
  },
  { tries: 'half a character', text: 'a \uD83D \uDE00 b \uD83D' },
  { tries: 'marks without end', text: `Z${'\u0301'.repeat(400)}algo` },
  { tries: 'a huge line', text: 'x'.repeat(60_000) },
  { tries: 'many lines', text: 'line\n'.repeat(20_000) },
  { tries: 'many marks', text: '*_~`|>#[]()<@!'.repeat(3_000) },
  { tries: 'nothing that is seen', text: 'a \u3164\u115F\u1160\u200B \u00A0 b' },
]

/** Everything that people outside say, and all that the team types, is the attack. */
export const outsideOf = ({ text }: Attack): Outside => {
  const short = text.slice(0, 200).toWellFormed()
  return {
    name: short,
    address: 'rafi@reporter.example',
    subject: text.slice(0, 900),
    text,
    fileName: short,
    fileType: short,
    note: text.slice(0, 1900).toWellFormed(),
    answer: text.slice(0, 1900).toWellFormed(),
  }
}
