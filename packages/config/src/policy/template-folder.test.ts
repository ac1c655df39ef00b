import { describe, expect, it } from 'vitest'
import { placeOf } from '../problems/problem.ts'
import { readPolicy } from './read-policy.ts'

const read = (policy: string, files: Readonly<Record<string, string>>) =>
  readPolicy('/srv/embargo.policy.yaml', policy, { osUser: 'ana', readFile: (path) => files[path] })

describe('letters from a folder', () => {
  it('are those of the policy, where none is written there', () => {
    const files = { '/srv/letters/receipt.txt': 'Got {{case}}.\n', '/srv/letters/thanks.txt': 'From the file.\n' }
    const reading = read('templatesFrom: letters\ntemplates: { thanks: From the policy. }\n', files)
    expect(reading).toMatchObject({
      ok: true,
      policy: { templates: { receipt: 'Got {{case}}.\n', thanks: 'From the policy.' } },
    })
  })

  it('are checked as those that are written', () => {
    const reading = read('templatesFrom: letters\n', { '/srv/letters/receipt.txt': 'Hello,\ngot {{cas}}.\n' })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.instead}`)).toEqual([
      expect.stringContaining('/srv/letters/receipt.txt:2:5 Did you mean {{case}}?'),
    ])
  })

  it('are missed where they do not say what they are about', () => {
    const reading = read('templatesFrom: letters\n', {
      '/srv/letters/question.txt': 'Please answer by {{answerBy}}.\n',
    })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/letters/question.txt:1:1 The letter question does not say {{question}}, and that is what it is about.',
    ])
  })

  it('are missed in an empty folder', () => {
    const reading = read('templatesFrom: letters\n', {})
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/embargo.policy.yaml:1:16 There is no letter in this folder.',
    ])
  })
})
