import { describe, expect, it } from 'vitest'
import { CommandId, DAY, later } from '@embargo/core'
import type { PersonRequest, TwoPersonVerb } from '@embargo/core'
import { parse } from '@embargo/mail'
import { CASE, createHouse, policyOf, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { submit, replyTo, RELEASE, previewOf, submitPatch, untilPrenotified, untilReady } from '../story.ts'

type TwoPersonRequest = Extract<PersonRequest, { verb: TwoPersonVerb }>

const CHANGED_PATCH = '--- a/loader.c\n+++ b/loader.c\n+check(name, root);\n'
const LINK = 'https://forum.example/thread/1'

async function asks(house: House, request: TwoPersonRequest): Promise<void> {
  const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: { digest, blob } })
}

async function bothSay(house: House, request: TwoPersonRequest): Promise<void> {
  await asks(house, request)
  const { digest, blob } = previewOf(
    await house.engine.commands.preview({ verb: 'approve', case: CASE }, house.clock.now()),
  )
  await submit(house, 'ben', { verb: 'approve', case: CASE, shown: { digest, blob } })
}

const mailsTo = async (house: House, address: string) =>
  Promise.all(house.relay.mails.filter(({ envelopeTo }) => envelopeTo === address).map(async ({ raw }) => parse(raw)))
const subjects = async (house: House, address: string) => (await mailsTo(house, address)).map(({ subject }) => subject)

describe('a severity that is changed with a reason', () => {
  it('is told to the reporter with the reason, even before anybody was pre-notified', async () => {
    const house = createHouse()
    await untilReady(house)
    await house.drain()
    const before = (await mailsTo(house, REPORTER)).length
    const rated = { verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' } as const
    await submit(house, 'ana', { ...rated, reason: 'Code runs as well.' })
    await house.drain()
    const mails = (await mailsTo(house, REPORTER)).slice(before)
    expect(mails.map(({ subject }) => subject)).toEqual([`[${CASE}] Progress of your report`])
    expect(mails[0]?.text).toContain('We rate it critical at this time, for this reason:\n\nCode runs as well.')
  })
})

describe('when secrecy fails', () => {
  it('holds back mails that were approved before, and a person sends them after the signal was refused', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await asks(house, { verb: 'signal.public', case: CASE, link: LINK })
    await house.drain()
    expect(await subjects(house, 'security@north.example')).toEqual([])
    const parked = (await house.engine.queries.world(CASE))?.release?.parked ?? []
    expect(parked.map(({ letter }) => letter)).toEqual(['prenotification', 'prenotification', 'heads-up'])
    expect(parked[0]?.because).toContain('nothing is sent under embargo')
    await submit(house, 'ben', { verb: 'approve.no', case: CASE, reason: 'an older bug' })
    for (const { effect } of parked)
      await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
    await house.drain()
    expect(await subjects(house, 'security@north.example')).toEqual([
      `[${CASE}] TLP:AMBER+STRICT embargoed security notice`,
    ])
  })

  it('tells a reporter who asks about the progress that the vulnerability is public, and names no day of publication', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    await bothSay(house, { verb: 'signal.public', case: CASE, link: LINK })
    await submit(house, 'ana', { verb: 'reply.progress', case: CASE })
    await house.drain()
    const mail = (await mailsTo(house, REPORTER)).find(({ subject }) => subject.endsWith('Progress of your report'))
    const text = mail?.text.replaceAll(/\s+/gu, ' ')
    expect(text).toContain('The vulnerability is public, and no embargo is in force.')
    expect(text).not.toMatch(/planned to be public|know the date/u)
  })

  it('holds back a patch on its way to the reporter, who gets other mails in the meantime', async () => {
    const house = createHouse()
    await untilReady(house)
    await asks(house, { verb: 'signal.public', case: CASE, link: LINK })
    const before = (await subjects(house, REPORTER)).length
    await submitPatch(house, CHANGED_PATCH)
    await house.drain()
    expect((await subjects(house, REPORTER)).slice(before)).toEqual([])
    const { parked, branches } = await house.caseState()
    expect(parked).toMatchObject([{ letter: 'verification-request' }])
    expect(parked[0]?.because).toContain('Somebody signalled that the vulnerability is no longer secret')
    expect(branches[0]?.fix).toMatchObject({ verification: { undelivered: true } })
    await submit(house, 'ben', { verb: 'approve.no', case: CASE, reason: 'an older bug' })
    const [waits] = parked
    if (waits === undefined) throw new Error('nothing waits')
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: waits.effect, outcome: 'again' })
    await house.drain()
    expect((await subjects(house, REPORTER)).slice(before)).toHaveLength(1)
  })

  it('sends no waiting mail to a recipient who may have leaked details', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
    await bothSay(house, { verb: 'signal.leak', case: CASE, suspect, text: 'a mirror had it' })
    await house.drain()
    expect(await subjects(house, 'security@north.example')).toEqual([])
    const parked = (await house.engine.queries.world(CASE))?.release?.parked ?? []
    expect(parked).toMatchObject([{ letter: 'prenotification', to: 'recipient:distros/north' }])
    expect(parked[0]?.because).toContain('may have leaked through this recipient')
    await bothSay(house, { verb: 'signal.wrong', case: CASE, what: 'leak', reason: 'it was another bug' })
    const [waits] = parked
    if (waits === undefined) throw new Error('nothing waits')
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: waits.effect, outcome: 'again' })
    await house.drain()
    expect(await subjects(house, 'security@north.example')).toEqual([
      `[${CASE}] TLP:AMBER+STRICT embargoed security notice`,
    ])
  })

  it('when it was wrong, tells everybody who was told so, with the date that is still planned', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    await bothSay(house, { verb: 'signal.public', case: CASE, link: LINK })
    await bothSay(house, { verb: 'signal.wrong', case: CASE, what: 'public', reason: 'it was another bug' })
    await house.drain()
    const wrong = `[${CASE}] What we wrote about the embargo was wrong`
    expect((await subjects(house, REPORTER)).at(-1)).toBe(wrong)
    expect((await mailsTo(house, 'security@south.example')).at(-1)).toMatchObject({
      subject: wrong,
      text: expect.stringMatching(/which is planned\s+for/),
    })
    house.clock.moveTo(later(house.clock.now(), DAY))
    await bothSay(house, { verb: 'signal.exploit', case: CASE, link: LINK })
    await house.drain()
    expect((await mailsTo(house, 'security@south.example')).at(-1)).toMatchObject({
      subject: `[${CASE}] The embargo has ended early`,
      text: expect.not.stringContaining(LINK),
    })
    expect((await house.caseState()).parked).toEqual([])
  })

  it('tells the reporter and the recipients, and then publishes at once what is known', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    await bothSay(house, { verb: 'signal.public', case: CASE, link: LINK })
    await house.drain()
    expect((await subjects(house, REPORTER)).at(-1)).toBe(`[${CASE}] The embargo has ended early`)
    expect((await subjects(house, 'security@south.example')).at(-1)).toBe(`[${CASE}] The embargo has ended early`)
    await bothSay(house, { verb: 'disclose.interim', case: CASE })
    await house.drain()
    const advisory = `Quillmark security advisory before a fix (${CASE})`
    expect((await subjects(house, 'announce@quillmark.example')).at(-1)).toBe(advisory)
    expect((await subjects(house, 'oss-security@lists.example')).at(-1)).toBe(advisory)
    const notice = (await mailsTo(house, 'security@north.example')).at(-1)
    expect(notice?.subject).toBe(`[${CASE}] ${advisory}`)
    expect(notice?.attachments.map(({ name }) => name)).toEqual([`${CASE}-main.patch`])
    expect((await mailsTo(house, REPORTER)).at(-1)?.attachments).toEqual([])
    await bothSay(house, { verb: 'disclose', case: CASE })
    await house.drain()
    expect((await subjects(house, 'announce@quillmark.example')).at(-1)).toContain(
      'Quillmark 4.3 fixes a security issue (high)',
    )
    expect((await house.engine.queries.world(CASE))?.release?.disclosedAt).toBe(house.clock.now())
  })

  it('asks nobody for secrecy if the severity changes after that', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    await bothSay(house, { verb: 'signal.attack', case: CASE })
    await bothSay(house, { verb: 'embargo.end', case: CASE, reason: 'attacks', text: 'seen' })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' })
    await house.drain()
    expect((await mailsTo(house, 'security@north.example')).at(-1)).toMatchObject({
      subject: `[${CASE}] Another severity`,
      text: expect.stringContaining('is over'),
    })
  })

  it('promises no version that does not exist', async () => {
    const house = createHouse()
    await untilReady(house)
    await bothSay(house, { verb: 'signal.attack', case: CASE })
    await submit(house, 'ana', {
      verb: 'confirm',
      case: CASE,
      branch: 'main',
      fixed: false,
      note: 'it breaks the loader',
    })
    await bothSay(house, { verb: 'disclose.interim', case: CASE })
    await bothSay(house, { verb: 'disclose', case: CASE, unfixed: 'it needs another format' })
    await house.drain()
    expect((await subjects(house, 'announce@quillmark.example')).at(-1)).toBe('Quillmark security advisory (high)')
  })
})

describe('a CVE id', () => {
  it('is called pending only once somebody has requested one', async () => {
    const [project] = policyOf().projects
    if (project === undefined) throw new Error('no project')
    const house = createHouse({ policy: { ...policyOf(), projects: [{ ...project, cve: 'form' }] } })
    await untilReady(house)
    const checks = async () =>
      (await mailsTo(house, REPORTER)).filter(({ subject }) => subject === `[${CASE}] Please check the fix`)
    expect((await checks()).map(({ text }) => /CVE/u.test(text))).toEqual([false])
    await submit(house, 'ana', { verb: 'cve.request', case: CASE })
    await submitPatch(house, 'another')
    await house.drain()
    expect((await checks()).map(({ text }) => /CVE +pending/u.test(text))).toEqual([false, true])
  })
})

describe('when a date is negotiated by mail', () => {
  it('says that the team decided if the reporter did not answer and two admins did', async () => {
    const { people, ...rest } = policyOf()
    const house = createHouse({
      policy: { ...rest, people: people.map((one) => ({ ...one, roles: ['admin' as const, 'team' as const] })) },
    })
    await untilReady(house)
    const { em } = await house.caseState()
    if (em.is !== 'active') throw new Error('no embargo is in force')
    house.clock.moveTo(em.end)
    await house.engine.commands.handle({
      commandId: CommandId.parse('clock:embargo-end'),
      actor: { kind: 'system', part: 'clock' },
      at: house.clock.now(),
      request: { verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round: em.end, fraction: 1 },
    })
    const end = later(em.end, 30 * DAY)
    await submit(house, 'ana', { verb: 'embargo.until', case: CASE, end })
    house.wait(8 * DAY)
    await bothSay(house, { verb: 'embargo.extend', case: CASE, end, reason: 'the fix for 4.2 is late' })
    await house.drain()
    const last = (await mailsTo(house, REPORTER)).at(-1)
    expect(last?.subject).toBe(`[${CASE}] We decided on a date`)
    expect(last?.text.replaceAll(/\s+/gu, ' ')).toContain(
      'You have not answered our question about the date that we proposed, so our team decided on it.',
    )
    expect(last?.text).not.toContain('agreed')
  })

  it('asks, records the reply as the answer, and tells what the team says to the reporter’s own date', async () => {
    const house = createHouse()
    await untilReady(house)
    const end = later(RELEASE, 60 * DAY)
    await submit(house, 'ana', { verb: 'embargo.until', case: CASE, end, reason: 'two other projects read it' })
    await house.drain()
    const asked = (await mailsTo(house, REPORTER)).at(-1)
    expect(asked?.subject).toBe(`[${CASE}] Another date for the end of the embargo?`)
    expect(asked?.text).toContain('two other projects read it')
    await house.receive({ to: replyTo(house), body: 'Make it the first of July.' })
    const message = (await house.caseState()).messages.at(-1)?.message
    if (message === undefined) throw new Error('the answer is not there')
    const named = later(RELEASE, 50 * DAY)
    await submit(house, 'ana', {
      verb: 'log-answer',
      case: CASE,
      message,
      answer: { about: 'embargo-date', end: named },
    })
    await submit(house, 'ben', { verb: 'embargo.accept', case: CASE })
    await house.drain()
    expect((await subjects(house, REPORTER)).at(-1)).toBe(`[${CASE}] The date is agreed`)
    expect((await house.caseState()).em).toEqual({ is: 'active', end: named })
  })
})
