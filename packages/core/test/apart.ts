import { CaseId } from '../src/index.ts'
import type { PersonRequest } from '../src/index.ts'
import { ana, ben, BLOB, HASH, HOUR, person } from './scenario.ts'
import { DATE, ONE, Several, THREE, TWO } from './several.ts'
import { endOf, r } from './two-reports.ts'

export const FOUR = CaseId.parse('SEC-2026-0004')

/** A report of THREE that was merged into TWO and with it into ONE; then TWO's own report went home, and TWO is ready. */
export function twoIsApart(): Several {
  const scenario = new Several().opened(ONE).wait(HOUR).opened(TWO).wait(HOUR).opened(THREE)
  const merge = (later: CaseId, earlier: CaseId): PersonRequest => {
    const end = endOf(scenario, earlier)
    return { verb: 'duplicate', case: later, of: earlier, end: typeof end === 'string' ? 'none' : end }
  }
  scenario.does({ verb: 'credit', case: THREE, credit: 'named', name: 'Kim' }, person(ana))
  scenario.does(merge(THREE, TWO), person(ana))
  scenario.does(merge(TWO, ONE), person(ana))
  scenario.does(home(r(ONE, 2)), person(ana))
  scenario.does({ verb: 'triage', case: TWO, disposition: 'valid', severity: 'low', cwe: 'CWE-22' }, person(ana))
  scenario.does(
    { verb: 'affects', case: TWO, branch: 'main', affected: true, range: '< 5', fixedVersion: '5' },
    person(ana),
  )
  scenario.does({ verb: 'assign-patch', case: TWO, to: ben, branches: [] }, person(ana))
  scenario.does({ verb: 'patch-submit', case: TWO, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben))
  return scenario.verified(TWO)
}
const home = (report: ReturnType<typeof r>): PersonRequest => ({
  verb: 'split',
  case: ONE,
  report,
  into: FOUR,
  project: 'quillmark',
  reason: 'another cause after all',
})
/** The report of THREE goes home to TWO, or gets FOUR. */
export const third = home(r(ONE, 3))
/** And the publication of TWO is approved ahead. */
export const apartAndAhead = () => {
  const scenario = twoIsApart()
  scenario.does({ verb: 'release-plan', case: TWO, at: DATE }, person(ana))
  scenario.now = DATE
  scenario.wait(-20 * HOUR)
  scenario.asked({ verb: 'disclose', case: TWO }).approved(TWO)
  return scenario
}
