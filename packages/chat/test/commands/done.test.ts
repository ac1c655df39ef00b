import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'

const textFor = async (step: string) => cardOf(await new SmallHouse().opens().asks(ana, 'done', { what: step })).quote

describe('the text of a step that a person does', () => {
  it('is handed out as it is, to be pasted', async () => {
    expect(await textFor('file-tree')).toEqual({ label: 'Text', text: `${CASE} as markdown\n`, verbatim: true })
  })

  it('has every format that can be written, or says what is missing', async () => {
    expect((await textFor('records'))?.text).toBe(`${CASE} as osv\n`)
    expect((await textFor('cve-record'))?.text).toContain('It cannot be written yet.')
  })
})
