import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../../test/case-record.ts'
import { COMPLETE_RECORDS, PROFILES, withoutAddress, withoutPackages, documentOf } from '../../../test/csaf-records.ts'
import { csafFindings, failedTests } from '../../../test/csaf-validator.ts'
import type { CaseRecord } from '../../record.ts'
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

describe.each(PROFILES)('the official validator, on the profile %s', (profile) => {
  it.each(COMPLETE_RECORDS)('finds nothing in a record %s', async (_name, record) => {
    expect(await csafFindings(documentOf(record, profile))).toEqual([])
  })

  // Each exception has a reason: nobody stated what the test asks for, or CSAF 2.0 has no place for it.
  it.each<readonly [string, string, CaseRecord]>([
    [
      '6.2.3',
      'that has no CVSS 3.1 score, since CSAF 2.0 has no place for 4.0',
      { ...CASE_RECORD, cvss: { v40: CASE_RECORD.cvss.v40 } },
    ],
    ['6.2.11', 'whose publisher serves no records, so it has no address', withoutAddress()],
    ['6.2.16', 'of a product without packages, which no package URL identifies', withoutPackages()],
  ])('finds only %s in a record %s', async (test, _reason, record) => {
    expect(await failedTests(documentOf(record, profile))).toEqual([test])
  })
})
