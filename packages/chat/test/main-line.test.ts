import { DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { Hands } from './fixtures/hands.ts'
import { ana, ben } from './fixtures/policy.ts'
import { RELEASE } from './fixtures/small-house.ts'
import { PATCH } from './fixtures/until-ready.ts'

/** The most actions of a team from the first mail to the end. */
const MAX_ACTIONS = 14

const TEXTS = { component: 'the loader', impact: 'An attacker may read files.' }

/** What the main line must have recorded in the case at its end. */
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

const dayOfRelease = ({ house }: Hands): unknown => house.wait(RELEASE + 8 * DAY - house.now)

describe('the main line of a case', () => {
  it('takes a team at most fourteen actions by buttons and forms', async () => {
    const hands = new Hands()
    hands.house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    hands.reporterAnswers()
    await hands.press(ana, 'Log the answer', { credit: 'credit-named', name: 'Rafi', patch: 'patch-no', ai: 'ai-no' })
    await hands.press(ana, 'Triage', {
      disposition: 'valid',
      severity: 'high',
      cwe: 'CWE-22',
      affects: 'main < 4.3\n4.2 no',
    })
    await hands.press(ana, 'Write to reporter', { text: 'Thank you, we see it too.' })
    await hands.press(ana, 'Send')
    await hands.press(ana, 'Assign the patch', { to: '@ben' })
    await hands.press(ben, 'Submit patch', { patch: PATCH, fixedIn: '4.3', ...TEXTS })
    hands.reporterAnswers()
    await hands.press(ana, 'Log the answer', { fix: 'fixed' })
    await hands.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z', cveRequest: 'https://cve.example/1' })
    await hands.bothSay()
    await hands.press(ana, 'The CVE id is assigned', { id: 'CVE-1900-0042' })
    dayOfRelease(hands)
    await hands.press(ana, 'Disclose')
    await hands.bothSay()
    await hands.press(ana, 'The CVE is published', { link: 'https://www.cve.org/CVERecord?id=CVE-1900-0042' })
    await hands.press(ana, 'Close', { reason: 'Fixed in 4.3.', rootCause: 'no test of includes' })
    expect(hands.house.state()).toMatchObject(DONE)
    expect(hands.actions).toBeLessThanOrEqual(MAX_ACTIONS)
  })

  it('takes a team at most fourteen typed commands', async () => {
    const hands = new Hands()
    hands.house.opens().wait(HOUR)
    await hands.types(ana, 'ack')
    hands.reporterAnswers()
    await hands.types(ana, 'log-answer last patch-no ai-no credit-named Rafi')
    await hands.types(ana, 'triage valid high CWE-22 --affects main < 4.3; 4.2 no')
    await hands.types(ana, 'reply Thank you, we see it too.')
    await hands.press(ana, 'Send')
    await hands.types(ana, 'assign-patch @ben')
    await hands.types(ben, `patch --fixed-in 4.3 --component "${TEXTS.component}" --impact "${TEXTS.impact}" ${PATCH}`)
    hands.reporterAnswers()
    await hands.types(ana, 'log-answer last fixed')
    await hands.types(ana, 'prenotify 2026-06-16 --cve-request https://cve.example/1')
    await hands.press(ana, 'Ask the second person')
    await hands.types(ben, 'approve')
    await hands.press(ben, 'Approve')
    hands.mailLeaves()
    await hands.types(ana, 'cve set CVE-1900-0042')
    dayOfRelease(hands)
    await hands.types(ana, 'disclose')
    await hands.press(ana, 'Ask the second person')
    await hands.types(ben, 'approve')
    await hands.press(ben, 'Approve')
    hands.mailLeaves()
    await hands.types(ana, 'cve published https://www.cve.org/CVERecord?id=CVE-1900-0042')
    await hands.types(ana, 'close Fixed in 4.3. --root-cause "no test of includes"')
    expect(hands.house.state()).toMatchObject(DONE)
    expect(hands.actions).toBeLessThanOrEqual(MAX_ACTIONS)
  })
})
