import { DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CardUser } from './fixtures/card-user.ts'
import { ana, ben } from './fixtures/policy.ts'
import { RELEASE } from './fixtures/small-house.ts'
import { PATCH } from './fixtures/until-ready.ts'

describe('a whole case', () => {
  it('can be handled with buttons and forms alone, from the report to the end', async () => {
    const user = new CardUser()
    const { house } = user
    house.opens().wait(HOUR)
    await user.press(ana, 'Acknowledge')
    await user.press(ana, 'Triage', { disposition: 'valid', severity: 'moderate', cwe: 'CWE-22' })
    await user.press(ana, 'Affected branch', { branch: 'main', affected: 'yes', range: '< 4.3', fixedVersion: '4.3' })
    await user.press(ana, 'Assign the patch', { to: '@ben' })
    await user.press(ana, 'Change the rating', { severity: 'high' })
    expect(house.state().severity).toBe('high')
    await user.press(ben, 'Submit patch', { patch: PATCH })
    user.reporterAnswers()
    await user.press(ana, 'Log the answer', { fix: 'fixed' })
    await user.press(ana, 'Advisory text', { component: 'the loader', impact: 'An attacker may read files.' })
    await user.press(ana, 'A CVE id is requested', { link: 'https://cve.example/1' })
    await user.press(ana, 'Plan the release', { at: '2026-06-16 14:00' })
    await user.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z' })
    await user.bothSay()
    await user.press(ana, 'north: they have it')
    expect(house.state().em.is).toBe('active')
    await user.press(ana, 'The CVE id is assigned', { id: 'CVE-1900-0042' })
    await user.press(ana, 'Move release', { to: '2026-06-17 14:00', reason: '4.2 is late' })
    await user.bothSay()
    house.wait(RELEASE + 8 * DAY - house.now)
    await user.press(ana, 'Disclose')
    await user.bothSay()
    expect(house.state().cs.public).toBeDefined()
    await user.press(ana, 'The CVE is published', { link: 'https://www.cve.org/CVERecord?id=CVE-1900-0042' })
    await user.press(ana, 'Retrospective', { rootCause: 'no test of includes' })
    await user.press(ana, 'Close', { reason: 'Fixed in 4.3.' })
    expect(house.state().rm).toBe('closed')
    expect(house.state().retrospective).toBeDefined()
  })

  it('can be opened again with a button if nothing was published', async () => {
    const user = new CardUser()
    user.house.opens().wait(HOUR)
    await user.press(ana, 'Acknowledge')
    await user.press(ana, 'Triage', { disposition: 'invalid', reason: 'It is by design' })
    await user.press(ana, 'Reopen', { reason: 'Another way in was found' })
    expect(user.house.state().rm).toBe('received')
  })
})
