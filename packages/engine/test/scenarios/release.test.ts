import { CommandId, instant } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createHouse, mailBytes } from '../house.ts'
import type { House } from '../house.ts'
import { submit, PATCH, replyTo, previewOf } from '../story.ts'
import {
  ONE,
  TWO,
  RELEASE,
  DATE,
  NORTH,
  SOUTH,
  ANNOUNCE,
  OSS,
  REA,
  SAM,
  FIRST,
  SECOND,
  policy,
  submitPatchOf,
  verifyFix,
  prepareCase,
  requestAndApprove,
  plannedRelease,
  prenotifiedRelease,
  restart,
  mailsSince,
  recipientsSince,
} from '../two-cases.ts'
import type { TwoPeople } from '../two-cases.ts'

describe('a release of two cases', () => {
  it('mails each recipient once, with a section for each case', async () => {
    const house = await plannedRelease()
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'prenotify', case: TWO, at: DATE })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, SOUTH].toSorted())
    const north = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === NORTH)
    expect(north?.subject).toContain('[SEC-2026-0001, SEC-2026-0002]')
    expect(north?.text).toContain('the loader of main')
    expect(north?.text).toContain('the loader of 4.2')
    const headsUp = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(headsUp?.text).toContain('two security issues')
    expect(headsUp?.text).not.toContain('loader')
    expect(headsUp?.text).not.toContain('SEC-2026')
  })

  it('corrects the heads-up in public once a second person approves, after a case was rated again', async () => {
    const house = await prenotifiedRelease()
    const before = house.relay.mails.length
    await submit(house, 'ana', { verb: 'triage', case: TWO, disposition: 'valid', severity: 'critical' })
    await house.drain()
    expect(mailsSince(house, before).filter(({ envelopeTo }) => envelopeTo === ANNOUNCE)).toEqual([])
    await requestAndApprove(house, { verb: 'prenotify.update', case: ONE })
    await house.drain()
    const [corrected, ...others] = mailsSince(house, before).filter(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(others).toEqual([])
    expect(corrected?.subject).toBe('Correction: Quillmark security release on Tue 19 May 2026')
    expect(corrected?.text).toContain('- The highest severity is critical, not high.')
    expect(corrected?.text).not.toMatch(/loader|SEC-2026/u)
  })

  it('mails no changed patches to a recipient who no longer accepts plain text', async () => {
    const house = await prenotifiedRelease()
    await submitPatchOf(house, SECOND, `${PATCH}+again();\n`)
    await house.drain()
    await verifyFix(house, SECOND)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'prenotify.update', case: ONE, reason: 'The first fix missed a case.' })
    const strict = structuredClone(house.engine.policy.policy)
    for (const list of strict.prenotification.lists) for (const recipient of list.recipients) delete recipient.plaintext
    const deps = { ...house.engine.deps, policy: { ...house.engine.deps.policy, policy: strict } }
    await house.drain(['mail'], { engine: { ...house.engine, deps } })
    expect(recipientsSince(house, before)).not.toContain(NORTH)
    expect(recipientsSince(house, before)).not.toContain(SOUTH)
  })

  it('publishes both with one announcement, and thanks each reporter for their own case', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose', case: TWO })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, OSS, REA, SAM, SOUTH].toSorted())
    const sam = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === SAM)
    expect(sam?.subject).toContain('[SEC-2026-0002]')
    expect(sam?.text).not.toContain('SEC-2026-0001')
    const oss = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === OSS)
    expect(oss?.text).toContain('SEC-2026-0001')
    expect(oss?.text).toContain('SEC-2026-0002')
    expect((await house.engine.queries.world(ONE))?.release?.disclosedAt).toBe(house.clock.now())
  })

  it('shows the publication in the channel of each case', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    await house.drain()
    for (const id of [ONE, TWO]) {
      const state = await house.engine.queries.state(id)
      const cards = state?.kind === 'case' ? (state.channels.slack?.cards ?? {}) : {}
      expect(Object.keys(cards)).toContain(`publication:${RELEASE}`)
    }
  })

  it('announces what was approved, although attacks become known while the mail is being sent', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    house.wait(60_000)
    await requestAndApprove(house, { verb: 'signal.attack', case: ONE })
    await house.drain()
    const announced = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(announced?.text).toMatch(/Exploitation +none known on 19 May 2026/u)
  })

  it('continues after a stop in the middle, and mails nobody twice', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    await house.drain(['slack'])
    const next = restart(house)
    await next.drain()
    const mailed: readonly string[] = [...recipientsSince(house, before), ...recipientsSince(next)]
    expect(mailed.toSorted()).toEqual([ANNOUNCE, NORTH, OSS, REA, SAM, SOUTH].toSorted())
  })

  it('is published without the case that is not ready, and tells the recipients that this case stays secret', async () => {
    const house = await prenotifiedRelease()
    await submitPatchOf(house, SECOND, `${PATCH}+again();\n`)
    await house.drain()
    house.clock.moveTo(DATE)
    const before = house.relay.mails.length
    const { sections } = await requestAndApprove(house, { verb: 'disclose', case: ONE })
    expect(sections[0]?.text).toContain('Leaves out SEC-2026-0002')
    const theirs = sections.filter(({ mail }) => mail?.ofReporter === true)
    expect(theirs.map(({ title }) => title)).toEqual(['Thanks to the reporter'])
    await house.drain()
    const mails = mailsSince(house, before)
    const north = mails.find(({ envelopeTo }) => envelopeTo === NORTH)
    expect(north?.text).toContain('SEC-2026-0002 is not part of this release.')
    expect(mails.find(({ envelopeTo }) => envelopeTo === ANNOUNCE)?.text).not.toContain('loader of 4.2')
    expect(mails.find(({ envelopeTo }) => envelopeTo === SAM)?.subject).toBe(
      '[SEC-2026-0002] The planned date no longer holds',
    )
    expect((await house.engine.queries.world(TWO))?.case?.em.is).toBe('active')
  })

  it('tells the recipients of the patches when the case that was left behind is closed', async () => {
    const house = await prenotifiedRelease()
    await submitPatchOf(house, SECOND, `${PATCH}+again();\n`)
    await house.drain()
    house.clock.moveTo(DATE)
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    await house.drain()
    const before = house.relay.mails.length
    const next = restart(house)
    await submit(next, 'ana', { verb: 'close', case: TWO, reason: 'It turned out to be no border.' })
    await next.drain()
    expect(recipientsSince(house, before)).toEqual([])
    expect(recipientsSince(next)).toEqual([NORTH, SAM, SOUTH].toSorted())
    const mails = mailsSince(next, 0)
    const north = mails.find(({ envelopeTo }) => envelopeTo === NORTH)
    expect(north?.subject).toBe('[SEC-2026-0002] closed without a release')
    expect(north?.text).toContain('It turned out to be no border.')
    expect(north?.text).not.toContain('loader')
    const sam = mails.find(({ envelopeTo }) => envelopeTo === SAM)
    expect(sam?.subject).toBe('[SEC-2026-0002] Closed')
    expect(sam?.text).toContain('It turned out to be no border.')
  })

  it('tells the recipients of the patches when the case that was left behind is published alone', async () => {
    const house = await prenotifiedRelease()
    await submitPatchOf(house, SECOND, `${PATCH}+again();\n`)
    await house.drain()
    house.clock.moveTo(DATE)
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    await house.drain()
    await submit(house, 'ana', { verb: 'confirm', case: TWO, fixed: true, note: 'the reporter is silent' })
    const next = instant(Date.UTC(2026, 4, 27, 14, 0))
    await submit(house, 'ana', { verb: 'release.plan', case: TWO, at: next })
    house.clock.moveTo(next)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose', case: TWO })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, OSS, SAM, SOUTH].toSorted())
    const north = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === NORTH)
    expect(north?.subject).toBe('[SEC-2026-0002] The embargo has ended')
    expect(north?.text).not.toMatch(/SEC-2026-0001|not part of this/u)
    expect((await house.engine.queries.world(TWO))?.release?.disclosedAt).toBe(next)
  })

  it('tells everybody of another date, each in their own words', async () => {
    const house = await prenotifiedRelease()
    const before = house.relay.mails.length
    const later = instant(Date.UTC(2026, 4, 26, 14, 0))
    await requestAndApprove(house, { verb: 'release.move', case: TWO, at: later, reason: 'the fix for 4.2 is late' })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, REA, SAM, SOUTH].toSorted())
    const mails = mailsSince(house, before)
    expect(mails.find(({ envelopeTo }) => envelopeTo === NORTH)?.text).toContain('the fix for 4.2 is late')
    const corrected = mails.find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(corrected?.text).toContain('Tue 26 May 2026, 14:00 UTC')
    expect(corrected?.text).not.toContain('4.2')
    expect(mails.find(({ envelopeTo }) => envelopeTo === REA)?.text).toContain('Tue 26 May 2026')
  })

  it('is cancelled, and the recipients of the patches are told to keep them secret', async () => {
    const house = await prenotifiedRelease()
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'release.cancel', case: ONE })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, REA, SAM, SOUTH].toSorted())
    expect(mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === SOUTH)?.text).toContain('goes on')
    expect((await house.engine.queries.world(TWO))?.release).toBeUndefined()
  })

  it('lets two people drop a case whose recipients have its patches, and tells the recipients who were told of it', async () => {
    const house = await prenotifiedRelease()
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'release.drop', case: ONE, reason: 'the fix breaks uploads' })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, REA, SOUTH].toSorted())
    const corrected = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(corrected?.text.replaceAll('\n', ' ')).toContain('It fixes one security issue, not two.')
    expect(corrected?.text).not.toContain('SEC-2026')
    const north = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === NORTH)
    expect(north?.subject).toContain('[SEC-2026-0001] TLP:AMBER+STRICT this case is taken out of the release')
    expect(north?.text).toContain('the fix breaks uploads')
    expect(north?.text).not.toContain('SEC-2026-0002')
    house.clock.moveTo(DATE)
    await requestAndApprove(house, { verb: 'disclose', case: TWO })
    await house.drain()
    const announced = mailsSince(house, before).findLast(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(announced?.text).toContain('the loader of 4.2')
    expect(announced?.text).not.toContain('the loader of main')
  })

  it('begins automatically at its instant when it was approved ahead', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(instant(DATE - 20 * 3_600_000))
    const before = house.relay.mails.length
    const { sections } = previewOf(
      await house.engine.commands.preview({ verb: 'disclose', case: ONE }, house.clock.now()),
    )
    await requestAndApprove(house, { verb: 'disclose', case: ONE })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([])
    house.clock.moveTo(DATE)
    await house.engine.commands.handle({
      commandId: CommandId.parse(`clock:${DATE}`),
      actor: { kind: 'system', part: 'clock' },
      at: DATE,
      request: { verb: 'fire-clock', stream: TWO, clock: 'release', round: DATE, fraction: 1 },
    })
    await house.drain()
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, OSS, REA, SAM, SOUTH].toSorted())
    const left = mailsSince(house, before).filter(({ envelopeTo }) => [ANNOUNCE, NORTH].includes(envelopeTo))
    const times = (texts: readonly string[]) =>
      new Set(
        texts
          .join('\n')
          .replaceAll(/\s+/gu, ' ')
          .match(/\d+ [A-Z][a-z]+(?: \d+)? published|ended [A-Z][a-z]+ \d+ [A-Z][a-z]+ \d+/gu),
      )
    expect(times(left.map(({ text }) => text)).size).toBe(2)
    expect(times(sections.map(({ text }) => text))).toEqual(times(left.map(({ text }) => text)))
  })

  it('is one release for cases that join it at the same moment, and a separate one for a case that plans its own', async () => {
    const house = createHouse({ policy })
    await prepareCase(house, FIRST)
    await prepareCase(house, SECOND)
    await Promise.all([
      submit(house, 'ana', { verb: 'release.plan', case: ONE, at: DATE }),
      submit(house, 'ben', { verb: 'release.plan', case: TWO, at: DATE }),
    ])
    const names = await Promise.all([ONE, TWO].map(async (id) => (await house.engine.queries.world(id))?.release?.id))
    expect(names.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([RELEASE, `${RELEASE}-2`])
    const [own, other] = names[0] === RELEASE ? [ONE, TWO] : [TWO, ONE]
    await submit(house, 'ana', { verb: 'release.drop', case: other })
    await Promise.all([
      submit(house, 'ana', { verb: 'release.add', case: other, release: RELEASE }),
      submit(house, 'ben', { verb: 'release.add', case: other, release: RELEASE }),
    ])
    expect((await house.engine.queries.world(own))?.release?.cases).toEqual([own, other])
    expect(house.events(RELEASE).filter((type) => type === 'CaseAdded')).toHaveLength(2)
  })

  it('begins once if two approvals come at the same moment', async () => {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    const request = { verb: 'disclose', case: ONE } as const
    const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await submit(house, 'ana', { ...request, shown: { digest: preview.digest, blob: preview.blob } })
    const before = house.relay.mails.length
    const yes = { verb: 'approve', case: ONE, shown: { digest: preview.digest, blob: preview.blob } } as const
    const answers = await Promise.all([house.ask('ben', yes), house.ask('ben', yes)])
    expect(answers.some(({ ok }) => ok)).toBe(true)
    await house.drain()
    expect(house.events(RELEASE).filter((type) => type === 'DisclosureStarted')).toHaveLength(1)
    expect(recipientsSince(house, before)).toEqual([ANNOUNCE, NORTH, OSS, REA, SAM, SOUTH].toSorted())
  })
})

/** The mails that are sent because two people approved them, and what these people were shown. */
async function leavesBecauseOf(house: House, request: TwoPeople) {
  const before = house.relay.mails.length
  const { sections } = await requestAndApprove(house, request)
  await house.drain()
  return {
    mails: mailsSince(house, before),
    shown: sections.flatMap(({ mail }) => (mail === undefined ? [] : [mail.text])),
  }
}

describe('the second case of a release', () => {
  const itIsPublic = { verb: 'signal.public', case: TWO, link: 'https://forum.example/1' } as const

  it('is the only case in its interim advisory, both in the preview and in the mail', async () => {
    const house = await prenotifiedRelease()
    await requestAndApprove(house, itIsPublic)
    await house.drain()
    const { mails, shown: seen } = await leavesBecauseOf(house, { verb: 'disclose.interim', case: TWO })
    expect(mails.map(({ envelopeTo }) => envelopeTo).toSorted()).toEqual([ANNOUNCE, NORTH, OSS, SAM, SOUTH].toSorted())
    expect(seen).toHaveLength(5)
    for (const text of [...seen, ...mails.map(({ text: left }) => left)]) {
      expect(text).toContain('the loader of 4.2')
      expect(text).not.toContain('the loader of main')
      expect(text).not.toContain('SEC-2026-0001')
    }
    expect((await house.engine.queries.world(ONE))?.release?.parked).toEqual([])
    expect((await house.engine.queries.world(ONE))?.case?.em.is).toBe('active')
  })

  it('gets its interim advisory while that of the first case waits for the relay, each as it was approved', async () => {
    const house = await prenotifiedRelease()
    for (const id of [ONE, TWO]) {
      await requestAndApprove(house, { ...itIsPublic, case: id })
      await house.drain()
    }
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose.interim', case: ONE })
    await house.drain(['slack'])
    await requestAndApprove(house, { verb: 'disclose.interim', case: TWO })
    await house.drain()
    const announced = mailsSince(house, before).filter(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(announced.map(({ subject }) => subject).toSorted()).toEqual([
      'Quillmark security advisory before a fix (SEC-2026-0001)',
      'Quillmark security advisory before a fix (SEC-2026-0002)',
    ])
    expect((await house.engine.queries.world(ONE))?.release?.parked).toEqual([])
  })

  it('is the only case that its recipients are told about when its embargo ends', async () => {
    const house = await prenotifiedRelease()
    const { mails } = await leavesBecauseOf(house, itIsPublic)
    expect(mails.map(({ envelopeTo }) => envelopeTo).toSorted()).toEqual([NORTH, SAM, SOUTH].toSorted())
    for (const { subject } of mails) expect(subject).toBe('[SEC-2026-0002] The embargo has ended early')
    for (const { text } of mails) expect(text).not.toContain('SEC-2026-0001')
  })

  it('is the only case that the other recipients are told about after a leak, and their answers reach it', async () => {
    const house = await prenotifiedRelease()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
    const { mails } = await leavesBecauseOf(house, { verb: 'signal.leak', case: TWO, suspect, text: 'a mirror had it' })
    expect(mails.map(({ envelopeTo, subject }) => [envelopeTo, subject])).toEqual([
      [SOUTH, '[SEC-2026-0002] Details may have got out'],
    ])
    expect(mails[0]?.text).not.toContain('SEC-2026-0001')
    const answerTo = replyTo(house)
    const messages = async (id: CaseId) => (await house.engine.queries.world(id))?.case?.messages.length ?? 0
    const [ofOne, ofTwo] = [await messages(ONE), await messages(TWO)]
    await house.receive(
      { to: answerTo, envelopeFrom: SOUTH },
      mailBytes({ to: answerTo, from: SOUTH, body: 'We saw nothing.' }),
    )
    expect([await messages(ONE), await messages(TWO)]).toEqual([ofOne, ofTwo + 1])
  })

  it('is the only case that a reply to its recipients is about', async () => {
    const house = await prenotifiedRelease()
    const before = house.relay.mails.length
    const { blob, sha256 } = await house.engine.commands.putBlob(
      TWO,
      new TextEncoder().encode('It applies to 4.2.0 too.'),
    )
    await submit(house, 'ana', { verb: 'reply', case: TWO, to: 'recipients', text: blob, sha256 })
    await house.drain()
    expect(mailsSince(house, before).map(({ subject }) => subject)).toEqual([
      '[SEC-2026-0002] TLP:AMBER+STRICT about the pre-notification',
      '[SEC-2026-0002] TLP:AMBER+STRICT about the pre-notification',
    ])
  })
})
