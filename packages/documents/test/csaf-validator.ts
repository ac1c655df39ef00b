import './trusted-schemas.ts'
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js'
import * as optional from '@secvisogram/csaf-validator-lib/optionalTests.js'
import { csaf_2_0_strict } from '@secvisogram/csaf-validator-lib/schemaTests.js'
import validateStrict from '@secvisogram/csaf-validator-lib/validateStrict.js'

// The informative tests are left out, because they ask for optional facts and open every link.
const TESTS = [csaf_2_0_strict, ...Object.values(mandatory), ...Object.values(optional)]

/**
 * What the schema, the mandatory tests and the optional tests of CSAF 2.0 find. Each finding has the name of the test
 * and the place.
 */
export async function csafFindings(document: unknown): Promise<readonly string[]> {
  const { tests } = await validateStrict(TESTS, document)
  return tests.flatMap(({ name, errors, warnings }) =>
    [...errors, ...warnings].map(({ instancePath, message }) => `${name} ${instancePath} ${message}`),
  )
}

/** The numbers of the tests that find something, such as `6.2.3`. */
export const failedTests = async (document: unknown): Promise<readonly string[]> => [
  ...new Set(
    (await csafFindings(document)).map((finding) =>
      finding.replace(/^\w+Test_([\d_]+) .*$/su, '$1').replaceAll('_', '.'),
    ),
  ),
]
