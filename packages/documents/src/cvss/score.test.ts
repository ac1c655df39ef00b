import { describe, expect, it } from 'vitest'
import { MAX_VECTOR_LENGTH } from './grammar.ts'
import { score, severityOf } from './score.ts'

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'

describe('score', () => {
  it.each([
    [V31, 9.8, 9.8, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4, 6.4, 'moderate'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1, 6.1, 'moderate'],
    ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6, 1.6, 'low'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, 0, 'none'],
    [`${V31}/E:P/RL:O`, 8.8, 9.8, 'high'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N/MS:C/MA:H', 9.3, 5.3, 'critical'],
    [V40, 9.3, 9.3, 'critical'],
    [`${V40}/E:U`, 8.1, 9.3, 'high'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', 7.1, 7.1, 'high'],
    ['CVSS:4.0/AV:P/AC:H/AT:P/PR:L/UI:P/VC:L/VI:L/VA:L/SC:L/SI:L/SA:L', 1, 1, 'low'],
    [`${V40.replace('VC:H/VI:H/VA:H', 'VC:N/VI:N/VA:N')}`, 0, 0, 'none'],
  ])('%s is %d', (vector, points, baseScore, severity) => {
    expect(score(vector)).toEqual({
      ok: true,
      cvss: { version: vector.slice(5, 8), vector, score: points, baseScore, severity },
    })
  })

  it('takes v3.1 metrics in any order and gives them back in the order of the specification', () => {
    const result = score('CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N')
    expect(result.ok && result.cvss.vector).toBe(V31)
  })

  // Without our strict grammar, the library would accept many of these vectors and return a wrong score.
  it.each([
    ['', 'not-a-vector', undefined],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', 'not-a-vector', undefined],
    [`${V40}${'/E:X'.repeat(MAX_VECTOR_LENGTH)}`, 'not-a-vector', undefined],
    [V31.replace('3.1', '3.0'), 'unsupported-version', undefined],
    ['CVSS:3.1', 'missing-metric', 'AV'],
    [V31.replace('/AC:L', ''), 'missing-metric', 'AC'],
    [V40.replace('/SA:N', ''), 'missing-metric', 'SA'],
    [`${V31}/`, 'malformed-metric', ''],
    [V31.replace('/AC:L', '//AC:L'), 'malformed-metric', ''],
    [`${V31}/E`, 'malformed-metric', 'E'],
    [`${V31}/E:P:P`, 'malformed-metric', 'E:P:P'],
    [V31.replace('AC:L', 'AC:M'), 'unknown-value', 'AC'],
    [V31.replace('AC:L', 'AC:'), 'unknown-value', 'AC'],
    [V31.replace('AC:L', 'AC:l'), 'unknown-value', 'AC'],
    [V31.replace('A:H', 'A:H '), 'unknown-value', 'A'],
    [V31.replace('AC:L', 'ac:L'), 'unknown-metric', 'ac'],
    [V31.replace('AC:L', 'AT:N'), 'unknown-metric', 'AT'],
    [V40.replace('UI:N', 'UI:R'), 'unknown-value', 'UI'],
    [`${V31}/AV:P`, 'repeated-metric', 'AV'],
    [`${V31}/constructor:N`, 'unknown-metric', 'constructor'],
    [V40.replace('AV:N/AC:L', 'AC:L/AV:N'), 'wrong-order', 'AV'],
  ])('refuses %j', (vector, code, metric) => {
    const result = score(vector)
    expect(result).toMatchObject({ ok: false, problem: metric === undefined ? { code } : { code, metric } })
  })

  it('says what to write instead', () => {
    expect(score(V31.replace('AC:L', 'AC:M'))).toMatchObject({
      problem: { message: 'The metric AC cannot be "M". It can be L, H.' },
    })
    expect(score(V31.replace('/AC:L', ''))).toMatchObject({
      problem: { message: 'The metric AC is missing. Add AC:L or AC:H.' },
    })
  })

  it('echoes no more than a few characters of what it was given', () => {
    expect(JSON.stringify(score(`${V31}/${'x'.repeat(100)}:N`))).not.toContain('x'.repeat(13))
  })
})

describe('severityOf', () => {
  it.each([
    [0, 'none'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'moderate'],
    [6.9, 'moderate'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('%d is %s', (points, severity) => {
    expect(severityOf(points)).toBe(severity)
  })
})
