import library from 'ae-cvss-calculator'
import type { Severity, Vectors } from '../state.ts'

/** The score of a complete CVSS vector, or undefined for anything else. */
export function scoreOf(vector: string): number | undefined {
  try {
    const read = calculator(vector)
    // GitHub refuses a vector with missing metrics, but the library gives it a score.
    return read?.isBaseFullyDefined() === true ? read.calculateScores().overall : undefined
  } catch {
    return undefined
  }
}

function calculator(vector: string) {
  if (vector.startsWith('CVSS:3.0/')) return new library.Cvss3P0(vector)
  if (vector.startsWith('CVSS:3.1/')) return new library.Cvss3P1(vector)
  return vector.startsWith('CVSS:4.0/') ? new library.Cvss4P0(vector) : undefined
}

export const vectorsOf = (vector: string): Vectors => (vector.startsWith('CVSS:4') ? { v4: vector } : { v3: vector })

/** The severity that GitHub derives from a vector with this score. */
export function severityOf(score: number): Severity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'medium' : 'low'
}
