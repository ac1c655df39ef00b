import { score, severityOf } from '../cvss/score.ts'
import type { CaseRecord, ScoredVector } from '../record.ts'

/** A vector as records have it: the schemas of FIRST ask for the base score, whatever else the vector says. */
export type CvssData = {
  readonly version: string
  readonly vectorString: string
  readonly baseScore: number
  readonly baseSeverity: string
}

/** The vectors of a record with their base scores. */
export const cvssOf = ({
  cvss,
}: Pick<CaseRecord, 'cvss'>): { readonly v31?: CvssData | undefined; readonly v40?: CvssData | undefined } => ({
  v31: data(cvss.v31),
  v40: data(cvss.v40),
})

function data(scored: ScoredVector | undefined): CvssData | undefined {
  const result = scored === undefined ? undefined : score(scored.vector)
  if (result?.ok !== true) return undefined
  const { version, vector, baseScore } = result.cvss
  const severity = severityOf(baseScore)
  const baseSeverity = (severity === 'moderate' ? 'medium' : severity).toUpperCase()
  return { version, vectorString: vector, baseScore, baseSeverity }
}
