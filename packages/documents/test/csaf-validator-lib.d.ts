/** Types for the parts of the package that we use, because the package has no types of its own. */
declare module '@secvisogram/csaf-validator-lib/validateStrict.js' {
  import type { DocumentTest } from '@secvisogram/csaf-validator-lib/schemaTests.js'

  type Finding = { readonly instancePath: string; readonly message?: string }

  type TestResult = {
    readonly name: string
    readonly errors: readonly Finding[]
    readonly warnings: readonly Finding[]
  }

  export default function validateStrict(
    tests: readonly DocumentTest[],
    document: unknown,
  ): Promise<{ readonly isValid: boolean; readonly tests: readonly TestResult[] }>
}

declare module '@secvisogram/csaf-validator-lib/schemaTests.js' {
  export type DocumentTest = (document: unknown) => unknown
  export const csaf_2_0_strict: DocumentTest
}

declare module '@secvisogram/csaf-validator-lib/mandatoryTests.js' {
  import type { DocumentTest } from '@secvisogram/csaf-validator-lib/schemaTests.js'
  // The first of many.
  export const mandatoryTest_6_1_1: DocumentTest
}

declare module '@secvisogram/csaf-validator-lib/optionalTests.js' {
  import type { DocumentTest } from '@secvisogram/csaf-validator-lib/schemaTests.js'
  // The first of many.
  export const optionalTest_6_2_1: DocumentTest
}

declare module '@secvisogram/csaf-validator-lib/lib/schemaTests/csaf_2_0/schema.js' {
  const schema: object
  export default schema
}
