import type { ReleaseRequest } from '../../src/vocabulary/requests/releases.ts'
import { ben, OTHER_HASH } from '../scenario.ts'
import { ONE, told, TWO } from '../several.ts'
import type { Several } from '../several.ts'
import { BEGUN, LEAVING } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  ASKED_TO_LEAVE,
  askedToLeave,
  both,
  isPublic,
  logged,
  mailed,
  patchOf,
  prenotified,
  ready,
  shown,
  signalled,
  withList,
} from './states.ts'
import { leakedThere, publicThere, removedFromTwo, reportedByAna, signalledThere } from './two-cases.ts'

const update = () => ({ verb: 'prenotify-update', case: ONE, reason: 'a link got through', shown }) as const

/** Ben's better patch waits for the reporter. */
const submitted = (scenario = prenotified()) => after(scenario, patchOf(OTHER_HASH), ben)
/** The better patch is verified, and recipients hold the old one. */
const changed = (scenario?: Several) => logged(mailed(submitted(scenario)), { about: 'verification', fixed: true })
/** Details got out, and two people ended the embargo for it. */
const leaked = (scenario: Several) => {
  both(scenario, { verb: 'signal-leak', case: ONE, text: 'a mirror had it' })
  return both(scenario, { verb: 'embargo-terminate', case: ONE, reason: 'leak', text: 'it is everywhere' })
}
/** The policy has another list since. */
const under = (recipient: Parameters<typeof withList>[0]) => {
  const scenario = changed()
  return Object.assign(scenario, { policy: withList(recipient) })
}

/** New patches to those who hold old ones. */
export const UPDATES = {
  'prenotify-update': {
    given: () => changed(),
    asks: update,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    atOnce: { nothing: 'This waits for approval already.' },
    foretold: ['Replaces the patch of SEC-2026-0001 for main.'],
    approved: ['ApprovalGiven', 'CasePrenotified', 'PrenotificationUpdated'],
    afterwards: { gate: 'fits-the-stage', because: 'The recipients hold the patches as they are now.' },
    refused: [
      BEGUN,
      {
        when: 'nobody is told',
        given: () => ready(),
        gate: 'fits-the-stage',
        because: 'Nobody was pre-notified, so nobody holds a patch.',
      },
      {
        when: 'they reported another case of the release',
        given: () => reportedByAna(told()),
        gate: 'not-the-reporter',
        because: 'SEC-2026-0002: You reported this vulnerability, so you hold neither seat in its case.',
      },
      {
        when: 'they are not on another case of the release',
        given: () => removedFromTwo(told()),
        gate: 'on-the-case',
        because: 'SEC-2026-0002: You are not among the people of this case.',
      },
      LEAVING,
      {
        when: 'a signal waits',
        given: () => signalled(changed()),
        gate: 'frozen',
        because:
          'Somebody says that the vulnerability is public, and nothing leaves under embargo until that is answered.',
      },
      {
        when: 'a signal waits on another case',
        given: () => signalledThere(told()),
        gate: 'frozen',
        because:
          'SEC-2026-0002: Somebody says that the vulnerability is public, and nothing leaves under embargo until that is answered.',
      },
      {
        when: 'somebody asked to take it out of the release',
        given: () => askedToLeave(changed()),
        gate: 'frozen',
        because: ASKED_TO_LEAVE,
      },
      {
        when: 'somebody asked to take another case out of the release',
        given: () => askedToLeave(told(), TWO),
        gate: 'frozen',
        because:
          'SEC-2026-0002: Ana asked to take SEC-2026-0002 out of its release, and nothing of it goes out until that is answered.',
      },
      {
        when: 'it is public',
        given: () => isPublic(changed()),
        gate: 'nothing-public',
        because: 'The vulnerability is public already.',
      },
      {
        when: 'another case is public',
        given: () => publicThere(told()),
        gate: 'nothing-public',
        because: 'SEC-2026-0002: The vulnerability is public already.',
      },
      {
        when: 'the better patch is not verified',
        given: () => submitted(),
        gate: 'fix-ready',
        because: 'The patch for main has no verification.',
      },
      {
        when: 'the better patch of another case is not verified',
        given: () => after(told(), { ...patchOf(OTHER_HASH), case: TWO }, ben),
        gate: 'fix-ready',
        because: 'SEC-2026-0002: The patch for 4.2 has no verification.',
      },
      {
        when: 'the embargo ended for a leak',
        given: () => leaked(changed()),
        gate: 'embargo-active',
        because: 'No embargo is in force, so nobody could be told in confidence.',
      },
      {
        when: 'the embargo of another case ended for a leak',
        given: () => leakedThere(told()),
        gate: 'embargo-active',
        because: 'SEC-2026-0002: No embargo is in force, so nobody could be told in confidence.',
      },
      {
        when: 'a recipient never agreed',
        given: () => under({ plaintext: 'accepted' }),
        gate: 'recipient-consent',
        because: 'north never agreed to the terms of the list.',
      },
      {
        when: 'a recipient has no key',
        given: () => under({ consented: '2026-01-01' }),
        gate: 'recipient-keys',
        because: 'north has no key to encrypt to.',
      },
      {
        when: 'no patch changed',
        given: () => prenotified(),
        gate: 'fits-the-stage',
        because: 'The recipients hold the patches as they are now.',
      },
      {
        when: 'nothing is said of it',
        asks: () => ({ verb: 'prenotify-update', case: ONE, shown }),
        gate: 'makes-sense',
        because: 'The recipients read what changed, and nothing is said of it.',
      },
    ],
  },
} satisfies { readonly [V in Extract<ReleaseRequest['verb'], 'prenotify-update'>]: Row<V> }
