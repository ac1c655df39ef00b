import { describe, expect, it } from 'vitest'
import { problemsOf, problemLines, LANTERN_POLICY } from '../../test/lantern-policy.ts'
import { placeOf } from '../problems/problem.ts'
import { readPolicyText } from './policy-text.ts'

describe('a policy file that is no YAML', () => {
  it.each([
    ['a tab', 'projects:\n\t- id: a\n', '2:1 - id: a | A tab indents this line. | Indent with spaces.'],
    [
      'an open quote',
      'clocks:\n  acknowledge:\n    target: "24 hours\npeople: []\n',
      '3:13 "24 hours | This quote is never closed. | Close it with the same sign where the text ends.',
    ],
    [
      'a second document',
      '---\nprofile: solo\n---\nprofile: team\n---\n',
      '3:1 --- | A policy is one document, and here another begins. | Write it as one, with no "---" or "..." between its lines.',
    ],
    [
      'a key in a line that has one',
      'calendar: zone: UTC\n',
      '1:11 zone: UTC | This is not YAML: Nested mappings are not allowed in compact mappings. | Mend this line; check indentation, quotes and brackets.',
    ],
    [
      'an open bracket',
      'releaseWindow: {days: [mon]\n\n',
      '1:1 releaseWindow: {days: [mon] | This is not YAML: Flow map in block collection must be sufficiently indented and end with a }. | Mend this line; check indentation, quotes and brackets.',
    ],
  ])('shows where, and the text there: %s', (_what, text, problem) => {
    expect(problemLines(text)).toEqual([`embargo.policy.yaml:${problem}`])
  })

  // Without `keysTwice`, the parser compares each key with all keys before it. For this policy that took a hundred
  // seconds.
  it('is read in linear time, and a key that it has twice is reported', () => {
    const keys = Array.from({ length: 32_000 }, (_, index) => `k${index}: 1\n`).join('')
    expect(readPolicyText('embargo.policy.yaml', `${keys}k7: 2\n`).problems.map(placeOf)).toEqual([
      'embargo.policy.yaml:32001:1',
    ])
  })

  it('reports a duplicate key together with the other mistakes', () => {
    expect(problemLines(`${LANTERN_POLICY}profile: solo\nclocks: { retrospectiv: 3 days }\n`)).toEqual([
      'embargo.policy.yaml:10:1 profile: solo | This key is in its block twice. | Take one of the two out.',
      expect.stringContaining('11:11 retrospectiv | clocks has no such key. | Did you mean retrospective?'),
    ])
  })
})

describe('an alias in a policy file', () => {
  it('that has no anchor is reported at its place with the nearest anchor, beside all other problems', () => {
    const text = 'x: &common {standing: 80 days}\nembargo: *comon\nclocks: {retrospectiv: 3 days}\n'
    expect(problemLines(`${LANTERN_POLICY}${text}`)).toEqual([
      expect.stringContaining('10:1 x | A policy has no such key.'),
      'embargo.policy.yaml:11:10 *comon | The anchor &comon is not defined before this alias. | Did you mean *common? The anchors before it are: common.',
      expect.stringContaining('12:10 retrospectiv | clocks has no such key. | Did you mean retrospective?'),
    ])
  })

  it.each([
    [
      'platforms:',
      'embargo: *own\ncalendar: &own { zone: UTC }\nplatforms:',
      'Move the definition of &own up, above this alias.',
    ],
    ['platforms:', 'embargo: *own\nplatforms:', 'Write the values out here.'],
    [
      'platforms:',
      'calendar: &hours { zone: UTC }\nembargo: *own\nplatforms:',
      'Write the values out here. The anchors before it are: hours.',
    ],
    ['[slack, terminal]', '[slack, *own]', 'Write the values out here.'],
    ['- { id: ben, name: Ben, osUser: ben, slack: U0BEN }', '- *own', 'Write the values out here.'],
  ])(
    '(instead of %s: %s) is reported with what would be right, and without the problems that only follow from it',
    (right, wrong, instead) => {
      expect(problemsOf(LANTERN_POLICY.replace(right, wrong)).map((one) => [one.found, one.instead])).toEqual([
        ['*own', instead],
      ])
    },
  )

  it('that contains itself is read no deeper than a policy is', () => {
    expect(problemLines(`${LANTERN_POLICY}calendar: &own { workingHours: *own }\n`)[0]).toContain('workingHours')
  })

  it('does not unfold aliases without end', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`)
    expect(problemLines(['a0: &a0 [x]', ...levels].join('\n'))).toEqual([
      'embargo.policy.yaml:4:10 *a2 | Its aliases (*name) expand without end. | Write the values out.',
    ])
    const often = `a: &a [x]\nb: [${Array(101).fill('*a').join(', ')}]\n`
    expect(problemLines(often)).toEqual([expect.stringContaining('2:405 *a | Its aliases (*name) expand without end.')])
  })
})
