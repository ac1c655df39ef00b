import { PROFILES } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { explorationFindings } from '../src/index.ts'
import { policyOf } from './sample-policy.ts'

const missed = (policy: ReturnType<typeof policyOf>): readonly string[] =>
  explorationFindings(policy, 'quillmark', []).map(({ what }) => what)

describe('the stage at which recipients know', () => {
  it('is reported as never reached only if the policy has somebody to inform in advance', () => {
    const alone = policyOf('solo', { prenotification: { ...PROFILES.solo.prenotification, lists: [], headsUp: [] } })
    const stage = 'No case of Quillmark ever comes to the stage prenotified.'
    expect(missed(policyOf('team'))).toContain(stage)
    expect(missed(alone)).not.toContain(stage)
    expect(missed(alone)).toContain('No case of Quillmark ever comes to the stage ready.')
  })
})
