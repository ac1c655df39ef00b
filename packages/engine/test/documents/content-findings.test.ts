import { HOUR, outlook } from '@embargo/core'
import type { Policy, TextName } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { createFakeTarget } from '../fakes/fake-target.ts'
import { requestAndApprove, submit, RELEASE, previewOf, untilPrenotified, untilReady } from '../story.ts'

/** A policy in which the project has this name. Every text contains the name. */
function named(name: string): Policy {
  const policy = policyOf()
  const product = {
    packages: [{ ecosystem: 'npm', name: 'quillmark' }],
    publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
    targets: { versions: 'off', files: 'publish' } as const,
  }
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product, name })) }
}

const WRONG = 'Quillmark (see SEC-2025-0007)'

async function asksToPrenotify(house: House) {
  const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
  const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  return house.ask('ana', { ...request, shown: { digest, blob } })
}

describe('the check of all texts and documents', () => {
  it('stops a pre-notification by a line that nobody typed into the case, shows the line, and says so as the next step', async () => {
    const house = createHouse({ policy: named(WRONG) })
    await untilReady(house)
    const answer = await asksToPrenotify(house)
    expect(answer).toMatchObject({
      ok: false,
      refusal: {
        gate: 'wording',
        because: expect.stringMatching(
          /^In the advisory in Markdown of SEC-2026-0001: It says "# Path traversal in Quillmark \(see SEC-2025-0007\)", which names another case\. There are \d+ more findings\.$/u,
        ),
      },
    })
    const world = await house.engine.queries.world(CASE)
    expect(world && outlook(house.engine.policy.policy, world, house.clock.now())?.next).toEqual({
      action: `correct the advisory in Markdown of ${CASE}, or publish it as it is with a waiver`,
      owner: 'Ana',
      verb: 'waive',
      waives: 'wording',
    })
  })

  it('lets two people allow such a line with a reason', async () => {
    const house = createHouse({ policy: named(WRONG) })
    await untilReady(house)
    await requestAndApprove(house, { verb: 'waive', case: CASE, rule: 'wording', reason: 'The case is public.' })
    expect((await asksToPrenotify(house)).ok).toBe(true)
  })

  it('finds nothing in texts that are made from the case alone', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilReady(house)
    expect((await house.engine.queries.world(CASE))?.findings).toEqual([])
  })

  it('reads the words of the project for texts that are written later', async () => {
    const policy = named('Quillmark')
    const templates = {
      ...policy.templates,
      'heads-up-corrected': '{{changes}}\nIt was about cve-1900-0042.\n{{contact}}',
      interim: '{{id}}: {{why}}\nThanks to North\nLinux.',
      'release-notes': '{{issues}}\n```sh\nnpm install quillmark\n```',
    }
    const house = createHouse({ policy: { ...policy, templates } })
    await untilReady(house)
    const findings = (await house.engine.queries.world(CASE))?.findings
    expect(findings?.map(({ where, because }) => `${where}: ${because}`)).toEqual([
      'correction of the heads-up: It says "cve-1900-0042", which does not belong in a heads-up.',
      'interim.txt: It says "Thanks to North Linux.", which names a recipient.',
    ])
    expect(await asksToPrenotify(house)).toMatchObject({ ok: false, refusal: { gate: 'wording' } })
  })

  it.each<readonly [TextName | 'thanks', string, string]>([
    ['heads-up', '{{count}} {{severity}} {{releaseAt}} {{contact}} ', 'heads-up'],
    ['announcement', '{{issues}}\n{{contact}} ', 'announcement'],
    ['oss-security', '{{issues}}\n{{contact}} ', 'mail to oss-security'],
    ['prenotification', '{{issues}}\n{{releaseAt}} {{tlp}} {{terms}} {{contact}} ', 'pre-notification'],
    ['interim', '{{id}} {{why}} {{impact}} {{affected}} {{workaround}} {{fix}} {{contact}} ', 'interim advisory'],
    ['blog-post', '{{issues}}\n{{contact}} ', 'blog post'],
    ['release-notes', '{{issues}}\n', 'release notes'],
    ['heads-up-corrected', '{{changes}} {{contact}} ', 'correction of the heads-up'],
    ['correction', '{{id}} {{reason}} {{changes}} {{contact}} ', 'correction.txt'],
    ['withdrawal', '{{id}} {{reason}} {{contact}} ', 'withdrawal.txt'],
    ['thanks', 'Thank you. ', 'thanks.txt'],
  ])('finds a version and a day of another release in the project’s own words (%s)', async (name, text, where) => {
    const policy = named('Quillmark')
    const findingsWith = async (words: string) => {
      const templates = { ...policy.templates, [name]: words }
      const house = createHouse({ policy: { ...policy, templates } })
      await untilReady(house)
      return (await house.engine.queries.world(CASE))?.findings?.map((one) => `${one.where}: ${one.because}`)
    }
    expect(await findingsWith(text)).toEqual([])
    expect(await findingsWith(`${text}See Quillmark 2.4.1 of 3 March 2026.`)).toEqual([
      `${where}: It has 2.4.1 and 3 Mar 2026, which the record does not have.`,
    ])
  })

  it('is repeated when the case has changed', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilReady(house)
    await house.engine.queries.world(CASE)
    await submit(house, 'ana', {
      verb: 'advisory',
      case: CASE,
      component: 'the template loader',
      impact: 'Rea@reporter.example found that files are read.'.toLowerCase(),
    })
    expect((await house.engine.queries.world(CASE))?.findings?.map(({ because }) => because)).toContain(
      'It names rea@reporter.example, who did not agree to that.',
    )
  })

  it('does not report the name of a recipient as a secret if a project has the same name', async () => {
    const policy = named('north Linux')
    const house = createHouse({ policy })
    await untilReady(house)
    expect((await house.engine.queries.world(CASE))?.findings).toEqual([])
  })
})

/** Publishes the case, so its advisory is in the folder. */
async function published(house: House): Promise<void> {
  await house.drain()
  house.clock.moveTo(RELEASE)
  await requestAndApprove(house, { verb: 'disclose', case: CASE })
  const targets = new Map([['files', createFakeTarget('files')] as const])
  for (let round = 0; round < 4; round += 1) {
    house.machine.ms += HOUR
    await house.drain(['slack', 'mail', 'files'], { targets })
  }
  expect((await house.engine.queries.world(CASE))?.release?.disclosedAt).toBe(RELEASE)
}

const correction = (impact: string, tell: 'everybody' | 'nobody' = 'everybody') =>
  ({ verb: 'correct', case: CASE, reason: 'It said too little.', changes: { impact }, tell }) as const

const previewed = (house: House, request: Parameters<House['engine']['commands']['preview']>[0]) =>
  house.engine.commands.preview(request, house.clock.now())

describe('the check of what a correction publishes', () => {
  it('stops a correction that contains an id found in no record, before anybody is asked', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilPrenotified(house)
    await published(house)
    const request = correction('It repeats CVE-1900-0099.')
    expect(await previewed(house, request)).toMatchObject({
      gate: 'wording',
      because: `In the advisory in Markdown of ${CASE}: It has CVE-1900-0099, which the record does not have. There is 1 more finding.`,
    })
    const { digest, blob } = previewOf(await previewed(house, correction('It writes files too.')))
    expect(await house.ask('ana', { ...request, shown: { digest, blob } })).toMatchObject({
      ok: false,
      refusal: { gate: 'wording' },
    })
  })

  it('stops a severity that its vector does not have, in a correction as before the publication', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilReady(house)
    const cvss3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'
    const rated = (severity: 'moderate' | 'high') =>
      ({ verb: 'triage', case: CASE, disposition: 'valid', severity, cvss3 }) as const
    await submit(house, 'ana', rated('moderate'))
    const refusal = {
      gate: 'wording',
      because: `In the severity of ${CASE}: It is moderate, but ${cvss3} scores 7.5, which is high.`,
    }
    expect(await asksToPrenotify(house)).toMatchObject({ ok: false, refusal })
    await submit(house, 'ana', rated('high'))
    await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
    await published(house)
    const request = { ...correction('It writes files too.'), changes: { severity: 'moderate', cvss3 } } as const
    expect(await previewed(house, request)).toMatchObject({
      ...refusal,
      liftedBy: [{ verb: 'correct' }, { verb: 'correct' }],
    })
  })

  it('stops a correction by a line that nobody typed into the case, unless two people allowed it before', async () => {
    const house = createHouse({ policy: named(WRONG) })
    await untilReady(house)
    await requestAndApprove(house, { verb: 'waive', case: CASE, rule: 'wording', reason: 'The case is public.' })
    await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
    await published(house)
    expect(await previewed(house, correction('It writes files too.'))).toMatchObject({
      gate: 'wording',
      because: expect.stringContaining('In the mail about the correction: '),
    })
    expect(await previewed(house, correction('It writes files too.', 'nobody'))).not.toHaveProperty('gate')
    const waived = await previewed(house, { ...correction('It writes files too.'), waive: 'The case is public.' })
    expect(previewOf(waived).sections[0]?.text).toMatch(
      /The rule “wording” is waived for .* in the mail about the correction: The case is public\./u,
    )
  })

  it('finds nothing in a correction and a withdrawal that are made from the case alone', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilPrenotified(house)
    await published(house)
    const reason = 'It repeats CVE-1900-0007.'
    for (const request of [
      correction('It writes files too.'),
      { verb: 'correct.withdraw', case: CASE, reason, tell: 'everybody' } as const,
    ])
      expect(await previewed(house, request)).not.toHaveProperty('gate')
  })
})
