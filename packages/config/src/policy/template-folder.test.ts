import { describe, expect, it } from 'vitest'
import { policyFor } from '@embargo/core'
import { describeProblems, placeOf } from '../problems/problem.ts'
import { readPolicy } from './read-policy.ts'

const read = (policy: string, files: Readonly<Record<string, string>>) =>
  readPolicy('/srv/embargo.policy.yaml', policy, { osUser: 'ana', readFile: (path) => files[path] })

function refused(): string {
  throw Object.assign(new Error('permission denied'), { code: 'EACCES' })
}

describe('letters from a folder', () => {
  it('are used as the letters of the policy, and a project’s own letter comes before the one for all projects', () => {
    const files = {
      '/srv/letters/receipt.txt': 'Got {{case}}.\n',
      '/srv/letters/thanks.txt': 'Thank you.\n',
      '/srv/letters/lantern/thanks.txt': 'Lantern thanks you.\n',
    }
    const lantern = '{ id: lantern, name: Lantern, address: lantern@sample.example }'
    const harbour = '{ id: harbour, name: Harbour, prefix: HRB, address: harbour@sample.example }'
    const reading = read(`profile: solo\ntemplatesFrom: letters\nprojects: [${lantern}, ${harbour}]\n`, files)
    if (!reading.ok) throw new Error(describeProblems(reading.problems))
    const lettersOf = (project: string) => policyFor(reading.policy, { project }).templates
    expect(lettersOf('harbour')).toEqual({ receipt: 'Got {{case}}.\n', thanks: 'Thank you.\n' })
    expect(lettersOf('lantern')).toEqual({ receipt: 'Got {{case}}.\n', thanks: 'Lantern thanks you.\n' })
  })

  it.each([
    ['empty', () => ' \n', '/srv/letters/receipt.txt:1:1 It is empty.'],
    [
      'larger than any letter',
      () => 'x'.repeat(20_001),
      '/srv/letters/receipt.txt:1:1 It has more than 20000 characters.',
    ],
    ['unreadable', refused, "/srv/letters/receipt.txt It can't be read (EACCES)."],
  ])('are reported if one is %s', (_what, text, expected) => {
    const readFile = (path: string) => (path === '/srv/letters/receipt.txt' ? text() : undefined)
    const reading = readPolicy('/srv/embargo.policy.yaml', 'templatesFrom: letters\n', { osUser: 'ana', readFile })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([expected])
  })

  it('are reported if no letter or project has their name, even in the folder of a project', () => {
    const folders: Readonly<Record<string, readonly string[]>> = {
      '/srv/letters': ['receit.txt', 'receipt.md', 'thanks.txt', 'lantern', 'lantrn', '.gitkeep'],
      '/srv/letters/lantern': ['notes', 'receipt.txt'],
    }
    const lantern = '{ id: lantern, name: Lantern, address: lantern@sample.example }'
    const reading = readPolicy(
      '/srv/embargo.policy.yaml',
      `profile: solo\ntemplatesFrom: letters\nprojects: [${lantern}]\n`,
      {
        osUser: 'ana',
        readFile: (path) => (path === '/srv/letters/thanks.txt' ? 'Thank you.\n' : undefined),
        listFolder: (path) => folders[path] ?? [],
      },
    )
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because} ${one.instead}`)).toEqual([
      '/srv/letters/receit.txt No letter or text has this name. Did you mean receipt.txt?',
      '/srv/letters/receipt.md No letter or text has this name. Did you mean receipt.txt?',
      '/srv/letters/lantrn No letter or text has this name. Did you mean lantern?',
      expect.stringMatching(
        /^\/srv\/letters\/lantern\/notes No letter or text has this name\. Remove it, or give it one of these names: /u,
      ),
    ])
  })

  it('are checked like letters that are written in the policy', () => {
    const reading = read('templatesFrom: letters\n', { '/srv/letters/receipt.txt': 'Hello,\ngot {{cas}}.\n' })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.instead}`)).toEqual([
      expect.stringContaining('/srv/letters/receipt.txt:2:5 Did you mean {{case}}?'),
    ])
  })

  it('are reported if they lack a field that they must contain', () => {
    const reading = read('templatesFrom: letters\n', {
      '/srv/letters/question.txt': 'Please answer by {{answerBy}}.\n',
    })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/letters/question.txt:1:1 The letter question must contain {{question}}, and does not.',
    ])
  })

  it('are reported as missing if the folder is empty', () => {
    const reading = read('templatesFrom: letters\n', {})
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/embargo.policy.yaml:1:16 There is no letter or text in this folder.',
    ])
  })

  const problemsWith = (name: string, text: string) => {
    const reading = read('templatesFrom: letters\n', { [`/srv/letters/${name}`]: text })
    return reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because} ${one.instead}`)
  }

  it('may be texts about a vulnerability, which are checked with a sample', () => {
    const reading = read(
      'profile: solo\ntemplatesFrom: letters\nprojects: [{ id: lantern, name: Lantern, address: lantern@sample.example }]\n',
      {
        '/srv/letters/announcement.txt': '{{issues}}\n{{contact}}\n',
        '/srv/letters/release-notes.md': '{{issues}}\n',
      },
    )
    if (!reading.ok) throw new Error(describeProblems(reading.problems))
    expect(reading.policy.templates).toEqual({
      announcement: '{{issues}}\n{{contact}}\n',
      'release-notes': '{{issues}}\n',
    })
  })

  it.each([
    [
      'a field that no text has',
      '{{issues}}\n\n  {{contcat}}',
      '/srv/letters/announcement.txt:3:3 The text announcement has no such field. Did you mean {{contact}}? Its fields are project, ',
    ],
    [
      'no credit',
      '{{contact}}\n{{#issue}}\n{{id}} {{impact}} {{affected}} {{fix}}\n{{/issue}}',
      '/srv/letters/announcement.txt:1:1 The text announcement must contain {{credit}} of every vulnerability:',
    ],
    [
      'a block that does not end',
      '{{contact}}\n{{#issue}}\n{{id}}',
      '/srv/letters/announcement.txt:2:1 Its {{/issue}} is missing. Its fields are',
    ],
  ])('are refused as texts with %s, with file and line', (_what, text, expected) => {
    expect(problemsWith('announcement.txt', text)[0]).toContain(expected)
  })

  it.each([
    [
      'receipt',
      'Hello,\n{{case is here.',
      '2:1 These braces enclose no field: a field is written as {{name}}. Its fields are case, ',
    ],
    ['thanks', 'Thanks, {{case}} and credit}}.', '1:28 These braces enclose no field'],
  ])('are refused as a %s with braces that enclose no field', (name, text, expected) => {
    expect(problemsWith(`${name}.txt`, text)[0]).toContain(`/srv/letters/${name}.txt:${expected}`)
  })

  it('have the ending of their form', () => {
    const listed = readPolicy('/srv/embargo.policy.yaml', 'templatesFrom: letters\n', {
      osUser: 'ana',
      readFile: () => undefined,
      listFolder: (path) => (path === '/srv/letters' ? ['announcement.md'] : []),
    })
    expect(listed.ok ? [] : listed.problems.map(({ instead }) => instead)).toEqual(['Did you mean announcement.txt?'])
  })
})
