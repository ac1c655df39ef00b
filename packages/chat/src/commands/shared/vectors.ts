import type { CaseCall } from '../../chat-command.ts'

/** Why one of the CVSS vectors that were typed cannot be recorded: which metrics it lacks, and what to type. */
export const vectorMistake = (
  { engine }: Pick<CaseCall<unknown>, 'engine'>,
  { cvss3, cvss4 }: { readonly cvss3?: string | undefined; readonly cvss4?: string | undefined },
): string | undefined =>
  [cvss3, cvss4]
    .flatMap((vector) => (vector === undefined ? [] : [engine.texts.vectorProblem(vector)]))
    .find((problem) => problem !== undefined)
