import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../../test/case-record.ts'
import { csafFindings, failedTests } from '../../../test/csaf-validator.ts'
import { WEAKNESSES } from '../../cwe/cwe.ts'
import { csaf } from './csaf.ts'

describe('the official validator, called as in these tests,', () => {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@secvisogram/csaf-validator-lib/package.json')),
    'tests',
  )
  const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?:mandatory|optional)Test_[\d_]+\/(?:failing|valid)\/.*\.json$/u.test(path))
    .toSorted()

  it('brings its own cases', () => {
    expect(cases.length).toBeGreaterThan(30)
  })

  it.each(cases)('judges its own case %s rightly', async (path) => {
    const [test = '', verdict] = path.split('/')
    const number = test.replace(/^\w+Test_/u, '').replaceAll('_', '.')
    const failed = await failedTests(JSON.parse(readFileSync(join(folder, path), 'utf8')))
    expect(failed.includes(number)).toBe(verdict === 'failing')
  })

  it('knows every weakness of our table by the same name', async () => {
    const records = WEAKNESSES.map(({ id, name }) => csaf({ ...CASE_RECORD, cwe: { id, name } }, 'vex'))
    const documents = records.flatMap((one) => (one.ok ? [one.document] : []))
    expect(documents).toHaveLength(WEAKNESSES.length)
    expect((await Promise.all(documents.map(csafFindings))).flat()).toEqual([])
    expect(JSON.stringify(documents[0])).toContain(WEAKNESSES[0]?.name)
  })
})
