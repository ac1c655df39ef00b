import { currentStep, stepsSince } from '../state/release/steps.ts'
import { later, MINUTE } from '../shared/instant.ts'
import { defineDeadline } from './definition.ts'

/** How long builds and registries may take before people are told. They usually take less time. */
const USUAL_WAIT = 30 * MINUTE

/**
 * Nothing else is published until users can install the fixed versions. So if the versions do not appear, somebody must
 * find out why.
 */
export const fixedVersions = defineDeadline({
  name: 'fixed-versions',
  words: 'make the fixed versions public, or say where they are',
  starts: 'the publication begins',
  due: '30 minutes later',
  hears: ['team', 'admins'],
  priority: 2,
  mailedAtOnce: true,
  button: { label: 'They are public', verb: 'done.step', form: true },
  verbs: ['done.step'],
  runs: ({ state, release }) => {
    if (release === undefined || release.cases[0] !== state.id) return []
    const start = stepsSince(release)
    if (start === undefined || currentStep(release.steps)?.step !== 'fixed-versions') return []
    const due = later(start, USUAL_WAIT)
    return [
      {
        start,
        due,
        moments: [
          { fraction: 1, at: due, hears: 'team', prompt: true },
          { fraction: 2, at: later(start, 2 * USUAL_WAIT), hears: 'admins', prompt: true, breach: true },
        ],
      },
    ]
  },
})
