import { PROFILES } from '@embargo/core'
<<<<<<< HEAD
import { describe, expect, it } from 'vitest'
import { explorationFindings } from '../src/index.ts'
import { policyOf } from './sample-policy.ts'

const missed = (policy: ReturnType<typeof policyOf>): readonly string[] =>
  explorationFindings(policy, 'quillmark', []).map(({ what }) => what)

describe('the stage at which recipients know', () => {
  it('is missed only where somebody is told ahead', () => {
    const alone = policyOf('solo', { prenotification: { ...PROFILES.solo.prenotification, lists: [], headsUp: [] } })
    const stage = 'No case of Quillmark ever comes to the stage prenotified.'
    expect(missed(policyOf('team'))).toContain(stage)
    expect(missed(alone)).not.toContain(stage)
    expect(missed(alone)).toContain('No case of Quillmark ever comes to the stage ready.')
=======
import { quillmark } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { explorationFindings } from '../src/index.ts'

/** The stages that are missed where no state at all was explored. */
const missed = (profile: 'solo' | 'team'): string =>
  explorationFindings(
    quillmark(profile, { prenotification: { ...PROFILES[profile].prenotification, lists: [] } }),
    'quillmark',
    [],
  )
    .map(({ what }) => what)
    .join(' ')

describe('the stages that a case is expected to reach', () => {
  it('leave out the pre-notification where no list and no heads-up tells anybody', () => {
    expect(missed('solo')).toContain('the stage ready')
    expect(missed('solo')).not.toContain('the stage prenotified')
  })

  it('include it where a heads-up goes ahead', () => {
    expect(missed('team')).toContain('the stage prenotified')
>>>>>>> 402646c6 (policy-check: expect no pre-notification where a policy tells nobody ahead)
  })
})
