import { followUp, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** While a release is on hold, nothing more of it is sent or published. It can still be moved or cancelled. */
export const notHeld: Gate = {
  id: 'frozen',
  check: ({ release }) =>
    release?.held === undefined
      ? undefined
      : refuse(
          'frozen',
          release.held.reason === undefined
            ? 'The release is on hold, and nothing of it leaves until two people say go.'
            : `The release is on hold, and nothing of it leaves until two people say go. The reason: ${release.held.reason}`,
          [
            { who: 'a releaser', how: 'asks to let it go on, and a second person says yes', verb: 'hold.off' },
            { who: 'a releaser', how: 'moves it to another day', verb: 'release.move' },
          ],
        ),
}

/** A release can be held from its planning until its publication is finished. */
export const releaseToHold: Gate = {
  id: 'fits-the-stage',
  check: ({ state, release }) =>
    release !== undefined &&
    release.is !== 'cancelled' &&
    release.cases.includes(state.id) &&
    release.disclosedAt === undefined
      ? undefined
      : refuse(
          'fits-the-stage',
          release?.disclosedAt === undefined
            ? `${state.id} is in no release, so there is nothing to hold.`
            : 'The release is published, so there is nothing left to hold.',
          release?.disclosedAt === undefined
            ? [{ who: 'any team member', how: 'plans one', verb: 'release.plan' }]
            : followUp,
        ),
}
