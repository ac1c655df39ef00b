import { Sha256 } from '@embargo/core'
import { expect, describe, it } from 'vitest'
import { CASE, createHouse, REPORTER } from '../house.ts'
import { requestAndApprove, RELEASE, previewOf, submitPatch, untilPrenotified, untilReady } from '../story.ts'

const recipients = (house: ReturnType<typeof createHouse>, from = 0) =>
  house.relay.mails.slice(from).map(({ envelopeTo }) => envelopeTo)

describe('a whole case on the engine', () => {
  it('opens one channel with a pinned status card, invites the team, and answers the reporter', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    const state = await house.caseState()
    expect(state.channels.slack).toMatchObject({ channel: 'C1', name: 'sec-2026-0001' })
    expect(house.chat.invited).toEqual(['ana', 'ben'])
    expect(house.chat.posts.filter(({ pin }) => pin)).toHaveLength(1)
    expect(house.chat.posts.map(({ title }) => title)).toContain('ReportAttached')
    expect(recipients(house)).toEqual([REPORTER])
    // A form that opens in the case's channel need not wait for the database, because the channel is known at once.
    expect(house.engine.queries.isCaseChannel('slack', 'C1')).toBe(true)
    expect(await house.engine.queries.caseByChannel('slack', 'C1')).toBe(CASE)
    expect(house.events()).toContain('MailAccepted')
  })

  it('continues to the publication, step by step and in order', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const before = house.relay.mails.length
    await house.drain()
    expect(recipients(house, before).toSorted()).toEqual([
      'announce@quillmark.example',
      'rea@reporter.example',
      'security@north.example',
      'security@south.example',
    ])
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    const public_ = house.relay.mails.length
    await house.drain()
    expect(recipients(house, public_)).toEqual([
      'announce@quillmark.example',
      'oss-security@lists.example',
      'security@north.example',
      'security@south.example',
      REPORTER,
    ])
    expect((await house.engine.queries.world(CASE))?.release?.disclosedAt).toBe(RELEASE)
    expect(await house.drain()).toBe(0)
  })

  it('sends each mail separately, with its own Message-ID and a return path that identifies it', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    const mails = house.relay.mails
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length)
    expect(new Set(mails.map(({ envelopeFrom }) => envelopeFrom)).size).toBe(mails.length)
    for (const { raw, envelopeTo } of mails)
      expect(new TextDecoder().decode(raw).split('\r\n\r\n')[0]).toContain(envelopeTo)
  })
})

describe('a preview', () => {
  it('names every mail with its reader, and its digest covers nothing that changes with time', async () => {
    const house = createHouse()
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const now = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    const later = previewOf(await house.engine.commands.preview(request, house.wait(3 * 3_600_000)))
    expect(now.sections.map(({ title }) => title)).toEqual([
      'Pre-notification to north Linux',
      'Pre-notification to south Linux',
      'Heads-up, public',
    ])
    expect(now.sections[0]?.text).toContain('To: security@north.example')
    expect(later.digest).toBe(now.digest)
    expect(await house.engine.queries.blobText(now.blob)).toContain('To: security@south.example')
    await house.receive({ subject: 'something else', to: 'security@quillmark.example' })
    expect(previewOf(await house.engine.commands.preview(request, house.clock.now())).digest).toBe(now.digest)
  })

  it.each([
    ['another date', async () => undefined, RELEASE + 24 * 3_600_000],
    ['another patch', async (house: ReturnType<typeof createHouse>) => submitPatch(house, 'another patch'), RELEASE],
  ])('has a different digest with %s', async (_name, change, at) => {
    const house = createHouse()
    await untilReady(house)
    const before = previewOf(
      await house.engine.commands.preview({ verb: 'prenotify', case: CASE, at: RELEASE }, house.clock.now()),
    )
    await change(house)
    const after = previewOf(
      await house.engine.commands.preview(
        { verb: 'prenotify', case: CASE, at: at as typeof RELEASE },
        house.clock.now(),
      ),
    )
    expect(after.digest).not.toBe(before.digest)
  })

  it('says what is missing if nothing can be rendered', async () => {
    const house = createHouse()
    await house.receive()
    expect(await house.engine.commands.preview({ verb: 'disclose', case: CASE }, house.clock.now())).toMatchObject({
      gate: 'texts-complete',
    })
    expect(await house.engine.commands.preview({ verb: 'approve', case: CASE }, house.clock.now())).toMatchObject({
      gate: 'makes-sense',
    })
  })

  it('makes the approval void if a patch was submitted between the request and the approval', async () => {
    const house = createHouse()
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await house.ask('ana', { ...request, shown: { digest, blob } })
    await submitPatch(house, 'another patch')
    const again = previewOf(await house.engine.commands.preview({ verb: 'approve', case: CASE }, house.clock.now()))
    const before = house.relay.mails.length
    await house.ask('ben', { verb: 'approve', case: CASE, shown: { digest: again.digest, blob: again.blob } })
    await house.drain()
    expect((await house.caseState()).approvals.at(-1)?.status).toBe('void')
    expect(recipients(house, before)).not.toContain('security@north.example')
  })
  it.each([
    ['approves what was shown before it changed', true],
    ['approves with a digest that names nothing', false],
  ])('makes the approval void when the second person %s', async (_name, stale) => {
    const house = createHouse()
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await house.ask('ana', { ...request, shown: { digest, blob } })
    if (stale)
      await house.ask('ana', { verb: 'advisory', case: CASE, component: 'another part', impact: 'Another text.' })
    const before = house.relay.mails.length
    const given = stale ? digest : Sha256.parse('e'.repeat(64))
    await house.ask('ben', { verb: 'approve', case: CASE, shown: { digest: given, blob } })
    await house.drain()
    expect((await house.caseState()).approvals.at(-1)?.status).toBe('void')
    expect(recipients(house, before)).not.toContain('security@north.example')
  })

  it('is refused for approval if something has changed, and is rendered again instead of trusting the caller’s text', async () => {
    const house = createHouse()
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const stale = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await house.ask('ana', { verb: 'advisory', case: CASE, component: 'another part', impact: 'Another text.' })
    expect(await house.ask('ana', { ...request, shown: { digest: stale.digest, blob: stale.blob } })).toMatchObject({
      ok: false,
      refusal: { gate: 'makes-sense' },
    })
    const fresh = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    const forged = await house.engine.commands.putBlob(CASE, new TextEncoder().encode('nothing much'))
    await house.ask('ana', { ...request, shown: { digest: fresh.digest, blob: forged.blob } })
    const approval = (await house.caseState()).approvals.at(-1)
    expect(approval?.status).toBe('open')
    expect(approval && (await house.engine.queries.blobText(approval.shown))).toContain('another part')
  })
})
