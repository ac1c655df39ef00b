import type { AdvisoryLinkRequest } from '../../src/events/case/advisory-link.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import { UNDECIDED } from './common.ts'
import type { Row } from './row.ts'
import { after, continueInPublic, confirmPublic, ratedCase } from './states.ts'

const DRAFT = 'https://quillmark.example/advisories/7'
const PUBLIC = 'https://quillmark.example/advisories/7/public'
const opened = () => ({ verb: 'done.advisory-opened', case: ONE, link: DRAFT }) as const
const published = () => ({ verb: 'done.advisory-published', case: ONE, link: PUBLIC }) as const

/** The commands that record what a person did about the advisory outside Embargo, such as publishing it at GitHub. */
export const ADVISORY_LINK = {
  'done.advisory-opened': {
    given: ratedCase,
    asks: opened,
    then: ['AdvisoryOpened'],
    again: { nothing: 'This is recorded already.' },
    refused: [UNDECIDED],
    noted: [
      {
        when: 'it is public there',
        given: () => after(confirmPublic(ratedCase()), published()),
        nothing: 'The advisory is public already.',
      },
    ],
  },
  'done.advisory-published': {
    given: () => confirmPublic(after(ratedCase(), opened())),
    asks: published,
    then: ['AdvisoryPublished'],
    again: { nothing: 'This is recorded already.' },
    refused: [
      UNDECIDED,
      { when: 'its embargo is in force', given: ratedCase, gate: 'embargo-exited' },
      {
        given: () => continueInPublic(ratedCase()),
        because: 'Nothing about this case is public yet, and an advisory that anybody can read would make it public.',
      },
    ],
  },
} satisfies { readonly [V in AdvisoryLinkRequest['verb']]: Row<V> }
