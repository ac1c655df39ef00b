import { DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CardUser } from './fixtures/card-user.ts'
import { ana, ben } from './fixtures/policy.ts'
import { RELEASE } from './fixtures/small-house.ts'
import { PATCH } from './fixtures/until-ready.ts'

/** The most actions that a team may need from the first mail to the closed case. */
const MAX_ACTIONS = 14

const TEXTS = { component: 'the loader', impact: 'An attacker may read files.' }

/** What must be recorded in the case at the end of the main line, the usual course of a case. */
const DONE = {
  rm: 'closed',
  cwe: 'CWE-22',
  branches: [
    { name: 'main', range: '< 4.3', fixedVersion: '4.3' },
    { name: '4.2', affected: false },
  ],
  reports: [{ credit: { kind: 'named' } }],
  advisory: TEXTS,
  cve: { id: 'CVE-1900-0042', requestLink: 'https://cve.example/1' },
  retrospective: { rootCause: 'no test of includes' },
}

const dayOfRelease = ({ house }: CardUser): unknown => house.wait(RELEASE + 8 * DAY - house.now)

describe('the main line of a case', () => {
  it('needs at most fourteen actions with buttons and forms', async () => {
    const user = new CardUser()
    user.house.opens().wait(HOUR)
    await user.press(ana, 'Acknowledge')
    user.reporterAnswers()
    await user.press(ana, 'Log the answer', { credit: 'credit-named', name: 'Rafi', patch: 'patch-no', ai: 'ai-no' })
    await user.press(ana, 'Triage', {
      disposition: 'valid',
      severity: 'high',
      cwe: 'CWE-22',
      affects: 'main < 4.3\n4.2 no',
    })
    await user.press(ana, 'Write to reporter', { text: 'Thank you, we see it too.' })
    await user.press(ana, 'Send')
    await user.press(ana, 'Assign the patch', { to: '@ben' })
    await user.press(ben, 'Submit patch', { patch: PATCH, fixedIn: '4.3', ...TEXTS })
    user.reporterAnswers()
    await user.press(ana, 'Log the answer', { fix: 'fixed' })
    await user.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z', cveRequest: 'https://cve.example/1' })
    await user.bothSay()
    await user.press(ana, 'The CVE id is assigned', { id: 'CVE-1900-0042' })
    dayOfRelease(user)
    await user.press(ana, 'Disclose')
    await user.bothSay()
    await user.press(ana, 'The CVE is published', { link: 'https://www.cve.org/CVERecord?id=CVE-1900-0042' })
    await user.press(ana, 'Close', { reason: 'Fixed in 4.3.', rootCause: 'no test of includes' })
    expect(user.house.state()).toMatchObject(DONE)
    expect(user.actions).toBeLessThanOrEqual(MAX_ACTIONS)
  })

  it('needs at most fourteen typed commands', async () => {
    const user = new CardUser()
    user.house.opens().wait(HOUR)
    await user.types(ana, 'ack')
    user.reporterAnswers()
    await user.types(ana, 'log-answer last patch-no ai-no credit-named Rafi')
    await user.types(ana, 'triage valid high CWE-22 --affects main < 4.3; 4.2 no')
    await user.types(ana, 'reply Thank you, we see it too.')
    await user.press(ana, 'Send')
    await user.types(ana, 'assign-patch @ben')
    await user.types(ben, `patch --fixed-in 4.3 --component "${TEXTS.component}" --impact "${TEXTS.impact}" ${PATCH}`)
    user.reporterAnswers()
    await user.types(ana, 'log-answer last fixed')
    await user.types(ana, 'prenotify 2026-06-16 --cve-request https://cve.example/1')
    await user.press(ana, 'Ask the second person')
    await user.types(ben, 'approve')
    await user.press(ben, 'Approve')
    user.mailLeaves()
    await user.types(ana, 'cve set CVE-1900-0042')
    dayOfRelease(user)
    await user.types(ana, 'disclose')
    await user.press(ana, 'Ask the second person')
    await user.types(ben, 'approve')
    await user.press(ben, 'Approve')
    user.mailLeaves()
    await user.types(ana, 'cve published https://www.cve.org/CVERecord?id=CVE-1900-0042')
    await user.types(ana, 'close Fixed in 4.3. --root-cause "no test of includes"')
    expect(user.house.state()).toMatchObject(DONE)
    expect(user.actions).toBeLessThanOrEqual(MAX_ACTIONS)
  })
})
