import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../commands/index.ts'
import { isTyped, kebab } from '../option.ts'

const KNOWN = { branches: ['main', '4.2'] }

const parse = (verb: string, text: string) => {
  const command = COMMANDS.find((candidate) => candidate.verb === verb) ?? expect.fail(`no command ${verb}`)
  return command.parse(text, KNOWN)
}

const READ: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    'triage',
    'valid high CVSS:3.1/AV:N/AC:L CWE-79',
    { disposition: 'valid', severity: 'high', cvss3: 'CVSS:3.1/AV:N/AC:L', cwe: 'CWE-79' },
  ],
  ['triage', 'valid CWE-79 high', { disposition: 'valid', severity: 'high', cwe: 'CWE-79' }],
  ['triage', 'Valid HIGH cwe-79', { disposition: 'valid', severity: 'high', cwe: 'cwe-79' }],
  ['triage', 'invalid not  a "bug" here', { disposition: 'invalid', reason: 'not  a "bug" here' }],
  [
    'triage',
    'valid high CVSS:4.0/AV:N CVSS:3.1/AV:N',
    { disposition: 'valid', severity: 'high', cvss4: 'CVSS:4.0/AV:N', cvss3: 'CVSS:3.1/AV:N' },
  ],
  ['triage', 'invalid now it is known', { disposition: 'invalid', reason: 'now it is known' }],
  ['triage', 'invalid 42 files show that', { disposition: 'invalid', reason: '42 files show that' }],
  ['triage', 'invalid none of it is code of ours', { disposition: 'invalid', reason: 'none of it is code of ours' }],
  ['triage', 'invalid "might" be', { disposition: 'invalid', reason: '"might" be' }],
  ['triage', 'invalid "hihg" is no word', { disposition: 'invalid', reason: '"hihg" is no word' }],
  ['triage', 'valid --severity low', { disposition: 'valid', severity: 'low' }],
  ['triage', 'valid —severity low', { disposition: 'valid', severity: 'low' }],
  ['triage', 'valid --severity=low', { disposition: 'valid', severity: 'low' }],
  ['ack', '', {}],
  ['ack', 'I look after it', { note: 'I look after it' }],
  ['ack', '"in quotes"', { note: 'in quotes' }],
  ['confirm', '', {}],
  ['confirm', 'main', { branch: 'main' }],
  ['confirm', 'no it still reads files', { fixed: 'no', note: 'it still reads files' }],
  ['confirm', 'no 4.2 it still reads files', { fixed: 'no', branch: '4.2', note: 'it still reads files' }],
  ['confirm', '4.2 no it still reads files', { fixed: 'no', branch: '4.2', note: 'it still reads files' }],
  ['confirm', 'works here', { note: 'works here' }],
  ['confirm', 'main No word from reporter', { branch: 'main', note: 'No word from reporter' }],
  ['confirm', 'main --fixed no it still reads files', { branch: 'main', fixed: 'no', note: 'it still reads files' }],
  [
    'triage',
    'valid high it reads files --affects main >= 4.0, < 4.3; 4.2 no --cwe CWE-22',
    {
      disposition: 'valid',
      severity: 'high',
      reason: 'it reads files',
      affects: 'main >= 4.0, < 4.3; 4.2 no',
      cwe: 'CWE-22',
    },
  ],
  ['triage', 'valid --affects=main < 4.3', { disposition: 'valid', affects: 'main < 4.3' }],
  [
    'triage',
    'valid --affects "main < 4.3" it is so',
    { disposition: 'valid', affects: 'main < 4.3', reason: 'it is so' },
  ],
  ['triage.affects', '5.0 no', { branch: '5.0', affected: 'no' }],
  ['triage.affects', 'main >= 4.0, < 4.2.7', { branch: 'main', range: '>= 4.0, < 4.2.7' }],
  ['triage.affects', 'main --fixed-version 4.2.7 < 4.2.7', { branch: 'main', fixedVersion: '4.2.7', range: '< 4.2.7' }],
  ['assign-patch', '@ben main 4.2', { to: '@ben', branches: 'main 4.2' }],
  ['assign-patch', 'reporter', { to: 'reporter' }],
  ['log-answer', 'last credit-named Nora Vale', { message: 'last', credit: 'credit-named', name: 'Nora Vale' }],
  ['log-answer', '2 fixed main', { message: '2', fix: 'fixed', branch: 'main' }],
  [
    'log-answer',
    'elsewhere credit-named "Nora Vale" --report r2',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora Vale', report: 'r2' },
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora  Vale --report r2',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora  Vale', report: 'r2' },
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale —report r2',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora Vale', report: 'r2' },
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale --report=r2',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora Vale', report: 'r2' },
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale --Report r2',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora Vale', report: 'r2' },
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale — Report',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora Vale — Report' },
  ],
  [
    'log-answer',
    'elsewhere credit-named "Nora --report r2"',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora --report r2' },
  ],
  ['reply', 'Try "git log --oneline" first. --report r2', { text: 'Try "git log --oneline" first.', report: 'r2' }],
  ['reply', 'One line,\n\nand another. --report r2', { text: 'One line,\n\nand another.', report: 'r2' }],
  ['reply', 'It is fixed —thank you — and public.', { text: 'It is fixed —thank you — and public.' }],
  ['reply', 'It is -1, or -x, - or -rebase', { text: 'It is -1, or -x, - or -rebase' }],
  ['patch', 'diff a b\n-link\n+x', { patch: 'diff a b\n-link\n+x' }],
  [
    'log-answer',
    'elsewhere credit-named "Nora -report r2"',
    { message: 'elsewhere', credit: 'credit-named', name: 'Nora -report r2' },
  ],
  ['reply', 'a--report b-- -- c', { text: 'a--report b-- -- c' }],
  [
    'log-answer',
    'elsewhere credit-named --report r2 Nora Vale',
    { message: 'elsewhere', credit: 'credit-named', report: 'r2', name: 'Nora Vale' },
  ],
  ['prenotify', '2026-07-14 14:00', { at: '2026-07-14 14:00' }],
  ['prenotify', '2026-07-14 --exploit shared', { at: '2026-07-14', exploit: 'shared' }],
  ['remind.later', 'fix-ready 3 days why', { clock: 'fix-ready', until: '3 days', reason: 'why' }],
  [
    'remind.later',
    'fix-ready 2 Working days on leave',
    { clock: 'fix-ready', until: '2 Working days', reason: 'on leave' },
  ],
  ['remind.later', 'fix-ready "3 days" days off', { clock: 'fix-ready', until: '3 days', reason: 'days off' }],
  ['remind.later', 'fix-ready 1 day day off', { clock: 'fix-ready', until: '1 day', reason: 'day off' }],
  ['remind.later', 'fix-ready 2026-12-01 on leave', { clock: 'fix-ready', until: '2026-12-01', reason: 'on leave' }],
  [
    'remind.later',
    'fix-ready 2026-12-01 14:00 UTC "on leave"',
    { clock: 'fix-ready', until: '2026-12-01 14:00 UTC', reason: 'on leave' },
  ],
  ['remind.later', 'fix-ready --until "3 days" on leave', { clock: 'fix-ready', until: '3 days', reason: 'on leave' }],
  ['remind.later', 'fix-ready --until 3 days on leave', { clock: 'fix-ready', until: '3 days', reason: 'on leave' }],
  [
    'remind.later',
    'fix-ready --until=tomorrow on leave',
    { clock: 'fix-ready', until: 'tomorrow', reason: 'on leave' },
  ],
  ['remind.later', 'fix-ready 3 weeks off', { clock: 'fix-ready', until: '3', reason: 'weeks off' }],
  ['settle', '1 went', { effect: '1', outcome: 'went' }],
  ['status', 'mine', { which: 'mine' }],
  ['patch', '4.2 diff --git a b', { branch: '4.2', patch: 'diff --git a b' }],
]

const NOT_READ: readonly (readonly [string, string, string])[] = [
  ['triage', 'perhaps high', '“perhaps” is not one of: valid, defense-in-depth'],
  ['triage', 'valid --colour red', 'There is no option --colour here.'],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale --reprot r2',
    'There is no option --reprot here. If --reprot is part of a text, put it in quotes.',
  ],
  [
    'log-answer',
    'elsewhere credit-named Nora Vale -report r2',
    'Write --report for the option. If the word is part of a text, put the word in quotes.',
  ],
  ['log-answer', 'elsewhere credit-named -report r2 Nora Vale', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale --report: r2', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale --report,r2', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale -Report: r2', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale ―report r2', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale −−report r2', 'Write --report for the option.'],
  ['log-answer', 'elsewhere credit-named Nora Vale ‐‐report r2', 'Write --report for the option.'],
  [
    'reply',
    'Hello. --Reports r2',
    'There is no option --reports here. If --reports is part of a text, put it in quotes.',
  ],
  [
    'reply',
    'Hello. --reprot: r2',
    'There is no option --reprot here. If --reprot is part of a text, put it in quotes.',
  ],
  ['reply', 'Hello. -report=r2', 'Write --report for the option.'],
  ['triage', 'valid -severity low', 'Write --severity for the option.'],
  [
    'reply',
    'Try git log --oneline first.',
    'There is no option --oneline here. If --oneline is part of a text, put it in quotes.',
  ],
  ['reply', 'Hello, --report r2 thank you.', '“thank” comes after an option, but the text began before that option.'],
  ['reply', 'Write --part 2 of it.', 'There is no option --part here.'],
  ['patch', 'diff --git a b\n+x --link https://code.example/1', 'Type options before the text'],
  ['triage', 'valid --severity', '--severity needs a value after it.'],
  ['triage', 'valid hihg x', '“hihg” is not one of: critical, high, moderate, low. Did you mean high?'],
  ['triage', 'valid critcal it is bad', 'Did you mean critical?'],
  ['triage', 'valid medium CWE-22 it reads files', '“medium” is not one of: critical, high, moderate, low. Put'],
  ['triage', 'valid 9.8 it reads files', '“9.8” is not one of: critical, high, moderate, low. Put text'],
  ['triage', 'valid Important x', '“Important” is not one of'],
  ['triage', 'valid crit remote', '“crit” is not one of: critical, high, moderate, low. Did you mean critical?'],
  ['triage', 'valid hi x', 'Did you mean high?'],
  ['triage', 'valdi high', 'Did you mean valid?'],
  ['triage', 'valid high CWE79 it reads files', 'does not fit Weakness, which is written CWE-…'],
  ['triage', 'valid high cvss3.1/AV:N x', 'does not fit CVSS v3.1 vector'],
  ['triage.affects', '../main', 'does not fit branch'],
  ['approve', 'everything', 'Nothing here takes “everything”.'],
]

/** For each command with a free text: every option that can be typed by name after this text. */
const OPTION_AFTER_TEXT = COMMANDS.flatMap((command) => {
  const free = command.options.find((option) => isTyped(option) && option.takes === 'rest' && !option.verbatim)
  if (free === undefined) return []
  const others = command.options.filter((option) => isTyped(option) && option !== free)
  // Options that accept any word are left out, because they would take the first word of the text.
  const asNamed = others.filter(
    ({ takes, needed, choices, branch }) => takes === 'named' || (!needed && (choices !== undefined || branch)),
  )
  return asNamed.map((after) => {
    // The options before the text are given by name too. Otherwise they would take words of the text as their values.
    const before = others.filter((option) => option !== after && option.takes !== 'named')
    const given = before.map(({ name }) => `--${kebab(name)} first`)
    const text = [...given, `Zoe  said so --${kebab(after.name)} last`].join(' ')
    const values = {
      ...Object.fromEntries(before.map(({ name }) => [name, 'first'])),
      [free.name]: 'Zoe  said so',
      [after.name]: 'last',
    }
    return [command.verb, kebab(after.name), text, values] as const
  })
})

describe('typed options', () => {
  it.each(READ)('/cvd %s %s', (verb, text, values) => {
    expect(parse(verb, text)).toEqual({ ok: true, values })
  })

  it.each(OPTION_AFTER_TEXT)('/cvd %s: --%s after its free text is the option', (verb, _name, text, values) => {
    expect(parse(verb, text)).toEqual({ ok: true, values })
  })

  it('after free text are tested for more than fifteen commands', () => {
    expect(new Set(OPTION_AFTER_TEXT.map(([verb]) => verb)).size).toBeGreaterThan(15)
  })

  it.each(NOT_READ)('/cvd %s %s is reported as wrong', (verb, text, because) => {
    expect(parse(verb, text)).toMatchObject({ ok: false, because: expect.stringContaining(because) as unknown })
  })
})
