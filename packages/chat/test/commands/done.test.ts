import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'

const textFor = async (step: string) => cardOf(await new SmallHouse().opens().asks(ana, 'done', { what: step })).quote

const LINK = 'https://quillmark.example/by-hand'

describe('a step of the publication that a person names', () => {
  it.each([
    ['done', `github-advisory ${LINK}`, { verb: 'done.step', step: 'github-advisory', link: LINK }],
    ['done', `announce-mail ${LINK}`, { verb: 'done.step', step: 'announce-mail', link: LINK }],
    ['settle', 'github-advisory again', { verb: 'settle.step', step: 'github-advisory', outcome: 'again' }],
    [
      'settle',
      'file-tree withdrawn the server is down',
      { verb: 'settle.step', step: 'file-tree', outcome: 'withdrawn', reason: 'the server is down' },
    ],
  ])('is settled by /%s %s', async (verb, typed, request) => {
    const house = new SmallHouse().opens()
    await house.asks(ana, verb, typed)
    expect(house.asked.at(-1)?.request).toEqual({ ...request, case: CASE })
  })

  it.each([
    ['settle', 'file-tree went', 'Give the link where it can be seen: done file-tree https://…'],
    ['settle', 'file-tree withdrawn', 'Say why the step is left out.'],
    ['done', 'file-tree yesterday', 'Give the link where it can be seen: https://…'],
  ])('is not settled by /%s %s, and the answer says what is missing', async (verb, typed, lacking) => {
    const house = new SmallHouse().opens()
    const before = house.asked.length
    expect(JSON.stringify(await house.asks(ana, verb, typed))).toContain(lacking)
    expect(house.asked).toHaveLength(before)
  })
})

describe('the text of a step that a person does', () => {
  it('is handed out as it is, to be pasted', async () => {
    expect(await textFor('file-tree')).toEqual({ label: 'Text', text: `${CASE} as markdown\n`, verbatim: true })
  })

  it('has every format that can be written, or says what is missing', async () => {
    expect((await textFor('records'))?.text).toBe(`${CASE} as osv\n`)
    expect((await textFor('cve-record'))?.text).toContain('It cannot be written yet.')
  })
})
