import { describe, expect, it } from 'vitest'
import { readPolicy } from './read-policy.ts'

const AROUND = { osUser: 'ana', readFile: () => undefined }

const read = (list: string) =>
  readPolicy('p.yaml', `prenotification: { lists: [{ id: d, name: D, ${list} }] }\n`, AROUND)

function problemsOf(list: string): readonly string[] {
  const reading = read(list)
  return reading.ok ? [] : reading.problems.map(({ because, instead }) => `${because} ${instead}`)
}

describe('the terms of a list', () => {
  it('allow no more than TLP:AMBER+STRICT unless somebody writes it', () => {
    expect(read('severities: [high]')).toMatchObject({
      policy: { prenotification: { lists: [{ tlp: 'TLP:AMBER+STRICT', tellClients: false, deployEarly: false }] } },
    })
  })

  it('may let clients be told, and fixed builds be run before the release', () => {
    expect(problemsOf('tlp: "TLP:AMBER", tellClients: true, deployEarly: true, contact: lists@d.example')).toEqual([])
  })

  it.each([
    ['tellClients: true', /lets recipients tell their clients, which TLP:AMBER\+STRICT forbids\./],
    ['tlp: "TLP:RED", tellClients: true', /which TLP:RED forbids\./],
    ['tlp: "TLP:GREEN"', /The values are: TLP:RED, TLP:AMBER\+STRICT, TLP:AMBER/],
    [
      'kind: linux-distros, recipients: [{ id: v, name: V, address: v@lists.example, plaintext: accepted }]',
      /that list takes only encrypted mail/,
    ],
    [
      'kind: linux-distros, mostDays: 15',
      /longer than the 14 days that linux-distros keeps a secret\. Write 14 or less/,
    ],
    [
      'kind: linux-distros, severities: [high, low]',
      /has the severity low, and linux-distros takes moderate and above/,
    ],
  ])('cannot be %s', (list, expected) => {
    expect(problemsOf(list)).toEqual([expect.stringMatching(expected)])
  })
})
