import { placeOf, type Problem } from '../src/problems/problem.ts'
import { readPolicy } from '../src/policy/read-policy.ts'

/** A policy in which nothing is wrong. */
export const LANTERN_POLICY = `profile: team
projects:
  - id: lantern
    name: Lantern
    address: security@lantern.example
people:
  - { id: ana, name: Ana, osUser: ana, slack: U0ANA }
  - { id: ben, name: Ben, osUser: ben, slack: U0BEN }
platforms: [slack, terminal]
`

export function problemsOf(text: string): readonly Problem[] {
  const reading = readPolicy('embargo.policy.yaml', text)
  return reading.ok ? [] : reading.problems
}

/** Each problem in one line: its place, what was found, why that is wrong and what to write instead. */
export const problemLines = (text: string): readonly string[] =>
  problemsOf(text).map((one) => `${placeOf(one)} ${one.found ?? '-'} | ${one.because} | ${one.instead}`)
