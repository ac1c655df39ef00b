import { DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { Hands } from './fixtures/hands.ts'
import { ana, ben } from './fixtures/policy.ts'
import { RELEASE } from './fixtures/small-house.ts'
import { PATCH } from './fixtures/until-ready.ts'

describe('a whole case', () => {
  it('is worked by buttons and forms alone, from the report to its end', async () => {
    const hands = new Hands()
    const { house } = hands
    house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    await hands.press(ana, 'Triage', { disposition: 'valid', severity: 'moderate', cwe: 'CWE-22' })
    await hands.press(ana, 'Affected branch', { branch: 'main', affected: 'yes', range: '< 4.3', fixedVersion: '4.3' })
    await hands.press(ana, 'Assign the patch', { to: '@ben' })
    await hands.press(ana, 'Change the rating', { severity: 'high' })
    expect(house.state().severity).toBe('high')
    await hands.press(ben, 'Submit patch', { patch: PATCH })
    hands.reporterAnswers()
    await hands.press(ana, 'Log the answer', { fix: 'fixed' })
    await hands.press(ana, 'Advisory text', { component: 'the loader', impact: 'An attacker may read files.' })
    await hands.press(ana, 'A CVE id is requested', { link: 'https://cve.example/1' })
    await hands.press(ana, 'Plan the release', { at: '2026-06-16 14:00' })
    await hands.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z' })
    await hands.bothSay()
    await hands.press(ana, 'north: they have it')
    expect(house.state().em.is).toBe('active')
    await hands.press(ana, 'The CVE id is assigned', { id: 'CVE-1900-0042' })
    await hands.press(ana, 'Move release', { to: '2026-06-17 14:00', reason: '4.2 is late' })
    await hands.bothSay()
    house.wait(RELEASE + 8 * DAY - house.now)
    await hands.press(ana, 'Disclose')
    await hands.bothSay()
    expect(house.state().cs.public).toBeDefined()
    await hands.press(ana, 'The CVE is published', { link: 'https://www.cve.org/CVERecord?id=CVE-1900-0042' })
    await hands.press(ana, 'Retrospective', { rootCause: 'no test of includes' })
    await hands.press(ana, 'Close', { reason: 'Fixed in 4.3.' })
    expect(house.state().rm).toBe('closed')
    expect(house.state().retrospective).toBeDefined()
  })

  it('is opened again with a button, where nothing was published', async () => {
    const hands = new Hands()
    hands.house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    await hands.press(ana, 'Triage', { disposition: 'invalid', reason: 'It is by design' })
    await hands.press(ana, 'Reopen', { reason: 'Another way in was found' })
    expect(hands.house.state().rm).toBe('received')
  })
})
