import { LONGEST_WAIT, waitingSince } from '../state/release/steps.ts'
import { later } from '../shared/instant.ts'
import { defineDeadline } from './definition.ts'

export const publicationStep = defineDeadline({
  name: 'publication-step',
  words: 'the publication goes on without waiting for a step',
  starts: 'the fixed versions become public or, for a step that sends mails, the step begins',
  due: '15 minutes later',
  priority: 1,
  automatic: true,
  // The steps of a correction can run after the case was closed.
  afterClosing: 'also',
  atEnd: 'step-passes',
  runs: ({ state, release }) => {
    // This clock runs only in the first case of a release, because it must fire only once for the whole release.
    const waiting = release?.cases[0] === state.id ? waitingSince(release) : undefined
    if (waiting === undefined) return []
    const { step: of, since: start } = waiting
    const due = later(start, LONGEST_WAIT)
    return [
      {
        of,
        start,
        due,
        about: 'the publication goes on',
        moments: [{ fraction: 1, at: due, hears: 'owner', prompt: true }],
      },
    ]
  },
})
