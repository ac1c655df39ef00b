import calculator from 'ae-cvss-calculator'
import type { Severity } from '../severity.ts'
import { parseVector } from './grammar.ts'
import type { CvssProblem } from './grammar.ts'
import { METRICS } from './metrics.ts'
import type { CvssVersion } from './metrics.ts'

/** A severity, or `none` for a score of 0.0, which no vulnerability has. */
export type CvssSeverity = Severity | 'none'

/**
 * A scored vector. `score`, from 0.0 to 10.0, is the score of the whole vector; `baseScore` is the score of its base
 * metrics alone.
 */
export type CvssScore = {
  version: CvssVersion
  /** The vector in the order of the specification. */
  vector: string
  score: number
  baseScore: number
  severity: CvssSeverity
}

export type CvssResult = { ok: true; cvss: CvssScore } | { ok: false; problem: CvssProblem }

/**
 * Scores a CVSS v3.1 or v4.0 vector. Never throws: for a wrong vector, the problem names the first wrong metric. The
 * strict grammar is checked first, because the library would read a malformed vector as a shorter one.
 */
export function score(text: string): CvssResult {
  const read = parseVector(text)
  if (!read.ok) return read
  const { version, metrics } = read.parsed
  const stated = METRICS[version].filter((metric) => metrics.has(metric.name))
  const write = (chosen: typeof stated): string =>
    [`CVSS:${version}`, ...chosen.map(({ name }) => `${name}:${metrics.get(name)}`)].join('/')
  const vector = write(stated)
  const whole = overall(version, vector)
  return {
    ok: true,
    cvss: {
      version,
      vector,
      score: whole,
      baseScore: overall(version, write(stated.filter((metric) => metric.required))),
      severity: severityOf(whole),
    },
  }
}

function overall(version: CvssVersion, vector: string): number {
  const scored = version === '3.1' ? new calculator.Cvss3P1(vector) : new calculator.Cvss4P0(vector)
  return scored.calculateScores().overall
}

/** The qualitative rating: CVSS v3.1 section 5, v4.0 section 6 (the same bands). */
export function severityOf(points: number): CvssSeverity {
  if (points >= 9) return 'critical'
  if (points >= 7) return 'high'
  if (points >= 4) return 'moderate'
  return points > 0 ? 'low' : 'none'
}
