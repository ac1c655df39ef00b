import { CveId } from '../../src/index.ts'
import type { CveRequest } from '../../src/events/case/cve.ts'
import { ONE, withBranches } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { finishPublication, publishedRelease } from '../fixtures/publication.ts'
import { policyOf } from '../fixtures/scenario.ts'
import { LEAVING, UNDECIDED } from './common.ts'
import type { Row } from './row.ts'
import { after, continueInPublic, confirmPublic, publishingCase, ratedCase, describeAttack } from './states.ts'

const RECORD = 'https://www.cve.org/CVERecord?id=CVE-1900-0042'
const LINK = 'https://cna.example/requests/7'
export const ID = CveId.parse('CVE-1900-0042')
const requested = (scenario = ratedCase()) => after(scenario, { verb: 'cve.request', case: ONE, link: LINK })
const numbered = (scenario = ratedCase()) => after(scenario, { verb: 'cve.set', case: ONE, cve: ID })

/** The project gets its ids from another CNA, to which a person sends the text of a request. */
export const otherCna = (cve: 'form' | 'other') =>
  policyOf('team', { projects: (withBranches.projects ?? []).map((one) => ({ ...one, cve })) })

/** The record was corrected after its CNA had published it. */
function outdated(): MultiCaseScenario {
  const changes = { impact: 'It reads files.' }
  const scenario = publishedRelease().request({
    verb: 'correct',
    case: ONE,
    reason: 'A typo.',
    changes,
    tell: 'nobody',
  })
  scenario.approve()
  return finishPublication(scenario)
}

/** The commands that record what a person did about a CVE id outside Embargo, such as requesting it from a CNA. */
export const CVE = {
  'cve.request': {
    given: ratedCase,
    asks: () => ({ verb: 'cve.request', case: ONE, link: LINK }),
    then: ['CveRequested'],
    again: { nothing: 'It is requested already.' },
    refused: [
      UNDECIDED,
      {
        when: 'a sentence shows how to attack, and the text of the request would tell another CNA',
        given: () => describeAttack(ratedCase(otherCna('form'))),
        asks: () => ({ verb: 'cve.request', case: ONE }),
        gate: 'wording',
      },
    ],
    noted: [{ when: 'it has one', given: numbered, nothing: 'It has CVE-1900-0042 already.' }],
  },
  'cve.set': {
    given: requested,
    asks: () => ({ verb: 'cve.set', case: ONE, cve: ID, link: LINK }),
    then: ['CveAssigned'],
    again: { nothing: 'It is CVE-1900-0042 already.' },
    refused: [
      UNDECIDED,
      {
        given: numbered,
        asks: () => ({ verb: 'cve.set', case: ONE, cve: CveId.parse('CVE-1900-0043') }),
        because: 'The case has CVE-1900-0042, and a vulnerability gets only one id.',
      },
    ],
  },
  'cve.published': {
    given: () => numbered(confirmPublic(ratedCase())),
    asks: () => ({ verb: 'cve.published', case: ONE, link: RECORD }),
    then: ['CvePublished'],
    again: { nothing: 'The record of CVE-1900-0042 is published already.' },
    refused: [
      UNDECIDED,
      { given: () => confirmPublic(ratedCase()), because: 'The case has no CVE id.' },
      { when: 'its embargo is in force', given: numbered, gate: 'embargo-exited' },
      {
        given: () => numbered(continueInPublic(ratedCase())),
        because: 'Nothing about this case is public yet, and a CVE record must not be the first publication.',
      },
    ],
  },
  'cve.update': {
    given: outdated,
    asks: () => ({ verb: 'cve.update', case: ONE }),
    then: ['CveUpdateRequested'],
    again: { nothing: 'There is no correction to send to a CNA.' },
    refused: [],
    noted: [{ when: 'nothing was corrected', given: numbered, nothing: 'There is no correction to send to a CNA.' }],
  },
  'cve.reject': {
    given: numbered,
    asks: () => ({ verb: 'cve.reject', case: ONE, reason: 'it was given twice' }),
    then: ['CveRejected'],
    again: { nothing: 'The case has no CVE id, and none was requested.' },
    refused: [UNDECIDED, LEAVING, { when: 'the publication is running', given: publishingCase, gate: 'frozen' }],
    noted: [
      {
        when: 'nobody asked for one, and nothing is published',
        given: ratedCase,
        nothing: 'The case has no CVE id, and none was requested.',
      },
    ],
  },
} satisfies { readonly [V in CveRequest['verb']]: Row<V> }
