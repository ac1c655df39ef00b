import { score, severityOf } from '../cvss/score.ts'
import type { CaseRecord, ScoredVector } from '../record.ts'

/**
 * A vector as records contain it. The schemas of FIRST ask for the base score, even if the vector has other metrics
 * too.
 */
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
  if (scored === undefined) return undefined
  const base = scored.baseScore ?? baseScoreOf(scored.vector)
  if (base === undefined) return undefined
  const severity = severityOf(base)
  return {
    version: scored.vector.slice('CVSS:'.length, 'CVSS:4.0'.length),
    vectorString: scored.vector,
    baseScore: base,
    baseSeverity: (severity === 'moderate' ? 'medium' : severity).toUpperCase(),
  }
}

function baseScoreOf(vector: string): number | undefined {
  const result = score(vector)
  return result.ok ? result.cvss.baseScore : undefined
}
