import { ana, person } from '../fixtures/scenario.ts'
import { publishingRelease, PUBLISHES, acceptEffects } from '../fixtures/publication.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import { readyCase } from './states.ts'
import type { Row } from './row.ts'

const LINK = 'https://quillmark.example/by-hand'
const NO_STEP = 'No publication of this case has the step "advisory at GitHub".'

const failed = () => {
  const scenario = publishingRelease()
  acceptEffects(scenario, 'fixed-versions')
  acceptEffects(scenario, 'github-advisory>SEC-2026-0002')
  acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')
  return scenario
}

const mailed = () => publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })

const released = () => {
  const scenario = failed()
  scenario.does({ verb: 'done.step', case: ONE, step: 'github-advisory', link: LINK }, person(ana))
  return scenario
}

/** The commands about one step of a running publication. */
export const PUBLICATION_STEPS = {
  'done.step': {
    given: failed,
    asks: () => ({ verb: 'done.step', case: ONE, step: 'github-advisory', link: LINK }),
    then: ['DoubtSettled', 'DocumentDelivered', 'StepDone', 'AdvisoryPublished'],
    again: { nothing: 'This step is done, or left out.' },
    refused: [
      { given: readyCase, because: NO_STEP },
      {
        asks: () => ({ verb: 'done.step', case: ONE, step: 'announce-mail', link: LINK }),
        given: mailed,
        because: 'The mails of this step are on their way, so nobody needs to send them by hand.',
      },
      {
        given: () => publishingRelease({ ...PUBLISHES, versions: 'prepare', github: 'off' }),
        because: NO_STEP,
      },
    ],
    noted: [],
  },
  'settle.step': {
    given: failed,
    asks: () => ({ verb: 'settle.step', case: ONE, step: 'github-advisory', outcome: 'again' }),
    then: ['DoubtSettled'],
    again: { nothing: 'Nothing of this step failed or is in doubt.' },
    refused: [
      { given: readyCase, because: NO_STEP },
      {
        given: mailed,
        asks: () => ({ verb: 'settle.step', case: ONE, step: 'announce-mail', outcome: 'withdrawn', reason: 'no' }),
        because: 'The mails of this step are on their way.',
      },
    ],
    noted: [{ when: 'the step is done', given: released, nothing: 'This step is done, or left out.' }],
  },
} satisfies { readonly [V in 'done.step' | 'settle.step']: Row<V> }
