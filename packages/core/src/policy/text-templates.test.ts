import { describe, expect, it } from 'vitest'
import { TEXT_NAMES, textMistakes } from './text-templates.ts'
import type { TextName } from './text-templates.ts'
import { fillTemplate } from '../text/template.ts'

const mistakes = (template: string, name: (typeof TEXT_NAMES)[number] = 'announcement') =>
  textMistakes(name, template).map(({ because, offset }) => `${offset ?? '-'} ${because}`)

const WHOLE = `{{summary}}

{{#issue}}
{{id}} ({{severity}})
{{impact}}
Affected  {{affected}}
Fix       {{fix}}
Credit    {{credit}}
{{/issue}}

Write to {{contact}}.
`

describe('a text in the team’s own words', () => {
  it('is accepted if it has everything, in its own blocks or through {{issues}}', () => {
    expect(mistakes(WHOLE)).toEqual([])
    expect(mistakes('{{issues}}\n{{contact}}')).toEqual([])
    expect(mistakes('{{releaseAt}}, {{count}}, {{severity}}: {{contact}}', 'heads-up')).toEqual([])
    expect(mistakes('{{tlp}} {{releaseAt}}\n{{issues}}\n{{terms}}\n{{contact}}', 'prenotification')).toEqual([])
    expect(mistakes('{{changes}}\n{{contact}}', 'heads-up-corrected')).toEqual([])
    expect(
      mistakes('{{id}}: {{why}}\n{{impact}}\n{{affected}}\n{{workaround}}\n{{fix}}\n{{contact}}', 'interim'),
    ).toEqual([])
    expect(mistakes('{{id}}: {{reason}}\n{{changes}}\n{{contact}}', 'correction')).toEqual([])
    expect(mistakes('{{id}}: {{reason}}\n{{contact}}', 'withdrawal')).toEqual([])
  })

  it.each([
    ['the CVE id', WHOLE.replace('{{id}}', 'An issue'), 'must contain {{id}} of every vulnerability'],
    ['the credit', WHOLE.replace('Credit    {{credit}}\n', ''), 'must contain {{credit}} of every vulnerability'],
    ['the contact', WHOLE.replace('{{contact}}', 'us'), 'must contain {{contact}}, and does not'],
    ['the contact', '{{id}}: {{reason}}', 'must contain {{contact}}, and does not', 'withdrawal'],
    ['what changed', '{{id}}: {{reason}}\n{{contact}}', 'must contain {{changes}}, and does not', 'correction'],
  ] as readonly [string, string, string, TextName?][])(
    'is refused without %s',
    (_what, template, because, name = 'announcement') => {
      expect(mistakes(template, name)).toEqual([expect.stringContaining(because)])
    },
  )

  it.each([
    ['a field that it does not have', '{{issues}} {{recipients}}', '11 The text announcement has no such field.'],
    ['a field of one vulnerability outside of their block', '{{issues}}\n{{credit}}', '11 This field is about one'],
    ['code', '{{issues}}\n{{project.constructor("return process")()}}', '11 The text announcement has no such field.'],
    ['a field of every object', '{{issues}}\n{{__proto__}}{{constructor}}', '11 The text announcement has no such'],
    ['another block', '{{#each issues}}\n{{/each}}', '0 Only {{#issue}} and {{/issue}} may begin with # or /.'],
    ['a block in a block', '{{#issue}}\n{{#issue}}\n{{/issue}}\n{{/issue}}', '11 A {{/issue}} is missing before it.'],
    ['a block that does not end', '{{#issue}}\n{{id}}', '0 Its {{/issue}} is missing.'],
    ['a block in a line', 'All: {{#issue}}{{id}}{{/issue}}', '5 It must be alone on its line.'],
    [
      'braces that are not closed',
      'Hello {{project',
      '6 These braces enclose no field: a field is written as {{name}}.',
    ],
    ['more fields than a text has', '{{project}}'.repeat(10_000), '1100 A text has at most 100 fields.'],
  ])('is refused with %s', (_attack, template, because) => {
    expect(mistakes(template)[0]).toContain(because)
  })

  it.each(TEXT_NAMES)('is refused as %s if it has no field', (name) => {
    expect(mistakes('We fixed something.', name).length).toBeGreaterThan(1)
  })
})

describe('a template', () => {
  const fields = { project: ['Quillmark'], summary: 'Quillmark 2.4.1 fixes\n  two issues.', contact: ['a@b.example'] }
  const fill = (
    template: string,
    issues = [{ id: ['CVE-1900-0042'], fix: ['2.4.1', '1.9.8'], credit: [] as string[] }],
  ) => fillTemplate(template, { fields, issues }, { columns: true })

  it('is repeated for each vulnerability, and leaves out lines without a value', () => {
    const template =
      '{{summary}}\n\n{{#issue}}\n{{id}}\n  Fix     {{fix}}\n  Credit  {{credit}}\n{{/issue}}\n\nTo {{contact}}.'
    const two = [
      { id: ['CVE-1900-0042'], fix: ['2.4.1', '1.9.8'], credit: ['Robin'] },
      { id: ['CVE-1900-0043'], fix: ['2.4.1'], credit: [] },
    ]
    expect(fill(template, two)).toBe(
      [
        'Quillmark 2.4.1 fixes\n  two issues.\n\nCVE-1900-0042\n  Fix     2.4.1\n          1.9.8\n  Credit  Robin',
        'CVE-1900-0043\n  Fix     2.4.1\n\nTo a@b.example.\n',
      ].join('\n'),
    )
  })

  it('never reads a value as a template', () => {
    const issues = [{ id: ['{{contact}} {{#issue}}'], fix: ['2'], credit: ['$& $1 {{fix}}'] }]
    expect(fill('{{#issue}}\n{{id}} by {{credit}}\n{{/issue}}', issues)).toBe(
      '{{contact}} {{#issue}} by $& $1 {{fix}}\n',
    )
  })

  it('lets no value add a line: a credit with a line break', () => {
    const issues = [{ id: ['X'], fix: ['2'], credit: ['Robin\nFix  6.6.6'] }]
    expect(fill('{{#issue}}\nCredit  {{credit}}\n{{/issue}}', issues)).toBe('Credit  Robin Fix 6.6.6\n')
  })

  it('keeps a mail in its columns', () => {
    const long = 'word '.repeat(40).trim()
    const text = fill(`{{#issue}}\nCredit  {{credit}}\nBy {{credit}}, ${long}\n{{/issue}}`, [
      { id: [], fix: [], credit: [long] },
    ])
    expect(text.split('\n').filter((line) => line.length > 72)).toEqual([])
  })
})
