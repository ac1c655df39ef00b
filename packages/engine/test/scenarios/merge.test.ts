import { describe, expect, it } from 'vitest'
import { CaseId, doubtsOf, instant, NO_NUMBER, ReportId } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { parse } from '@embargo/mail'
import { OutsideError } from '../../src/ports/chat-platform.ts'
import { CASE, createHouse, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { submit, replyTo } from '../story.ts'

const SECOND = CaseId.parse('SEC-2026-0002')
const THIRD = CaseId.parse('SEC-2026-0003')
const OTHER = 'sol@other.example'
const DAY = 24 * 60 * 60 * 1000

const stateOf = async (house: House, id: CaseId): Promise<CaseState> => {
  const state = await house.engine.queries.state(id)
  if (state?.kind !== 'case') throw new Error('no such case')
  return state
}
const mailsTo = (house: House, address: string) =>
  Promise.all(house.relay.mails.filter(({ envelopeTo }) => envelopeTo === address).map(({ raw }) => parse(raw)))

/**
 * Two people report the same vulnerability, two days apart. The first report contains the word `PLANTED`, which no mail
 * to the second reporter may contain.
 */
async function twice(from = `Sol <${OTHER}>`): Promise<{ readonly house: House; readonly oldAddress: string }> {
  const house = createHouse()
  await house.receive({ subject: 'PLANTED in the loader', body: 'PLANTED: name it ../../PLANTED and read on.' })
  await house.drain()
  house.wait(2 * DAY)
  await house.receive({
    subject: 'The loader',
    from,
    envelopeFrom: OTHER,
    body: 'The loader reads what it should not.',
  })
  await house.drain()
  return { house, oldAddress: replyTo(house) }
}

async function merge(house: House): Promise<void> {
  const { em } = await stateOf(house, CASE)
  const end = em.is === 'active' ? em.end : 'none'
  await submit(house, 'ana', { verb: 'triage.duplicate', case: SECOND, of: CASE, end })
  await house.drain()
}

describe('two reports of the same vulnerability', () => {
  it('tell the second reporter nothing about the first report, and both reporters the dates', async () => {
    const { house } = await twice()
    await merge(house)
    const [first, second] = [await mailsTo(house, REPORTER), await mailsTo(house, OTHER)]
    expect([first.at(-1)?.subject, second.at(-1)?.subject]).toEqual([
      `[${CASE}] Another person reported the same problem`,
      `[${CASE}] Another person reported the same problem`,
    ])
    expect(second.at(-1)?.text).toContain('somebody else told us about the same problem')
    for (const { raw } of house.relay.mails.filter(({ envelopeTo }) => envelopeTo === OTHER))
      expect(new TextDecoder().decode(raw)).not.toMatch(/PLANTED|Rea\b|rea@/u)
    for (const { raw } of house.relay.mails.filter(({ envelopeTo }) => envelopeTo === REPORTER))
      expect(new TextDecoder().decode(raw)).not.toMatch(/Sol\b|sol@/u)
  })

  it('by one person refer to each other, and the person gets each mail only once from then on', async () => {
    const { house } = await twice(`Rea <${REPORTER.toUpperCase()}>`)
    const before = house.relay.mails.length
    await merge(house)
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid' })
    await submit(house, 'ana', { verb: 'reply.progress', case: CASE })
    await submit(house, 'ana', { verb: 'embargo.until', case: CASE, end: instant(Date.UTC(2026, 5, 1)) })
    await house.drain()
    const mails = await Promise.all(house.relay.mails.slice(before).map(({ raw }) => parse(raw)))
    expect(mails.map(({ subject }) => subject)).toEqual([
      `[${CASE}] Your two reports continue as one`,
      `[${CASE}] We are handling your report`,
      `[${CASE}] What we found`,
      `[${CASE}] Progress of your report`,
      `[${CASE}] Another date for the end of the embargo?`,
    ])
    expect(house.relay.mails.slice(before).map(({ envelopeTo }) => envelopeTo)).toEqual(Array(5).fill(REPORTER))
    const text = mails[0]?.text.replaceAll(/\s+/gu, ' ')
    expect(text).toContain('Your two reports are about the same problem, so we handle them as one')
    expect(text).not.toMatch(/somebody else|other person/iu)
    await house.receive({ to: replyTo(house), body: 'Yes, that suits me.' })
    const message = (await stateOf(house, CASE)).messages.at(-1)?.message
    if (message === undefined) throw new Error('the answer is not there')
    const answer = { about: 'consent', agreed: true } as const
    await submit(house, 'ben', { verb: 'log-answer', case: CASE, message, answer })
    expect((await stateOf(house, CASE)).em).toEqual({ is: 'active', end: Date.UTC(2026, 5, 1) })
  })

  it('call the second report valid only if the problem was judged valid', async () => {
    for (const isDecided of [false, true]) {
      const { house } = await twice()
      if (isDecided) {
        await submit(house, 'ana', { verb: 'ack', case: CASE })
        await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid' })
      }
      await merge(house)
      const text = (await mailsTo(house, OTHER)).at(-1)?.text
      expect(text?.includes('Your report is valid')).toBe(isDecided)
    }
  })

  it('tell neither reporter that a date was agreed if only one of them named it', async () => {
    const { house, oldAddress } = await twice()
    await house.receive({ to: oldAddress, from: `Sol <${OTHER}>`, envelopeFrom: OTHER, body: 'On 1 June, please.' })
    const message = (await stateOf(house, SECOND)).messages.at(-1)?.message
    if (message === undefined) throw new Error('the answer is not there')
    const end = instant(Date.UTC(2026, 5, 1))
    await submit(house, 'ana', { verb: 'log-answer', case: SECOND, message, answer: { about: 'embargo-date', end } })
    await submit(house, 'ana', { verb: 'triage.duplicate', case: SECOND, of: CASE, end })
    await house.drain()
    for (const address of [REPORTER, OTHER]) {
      const text = (await mailsTo(house, address)).at(-1)?.text.replaceAll(/\s+/gu, ' ')
      expect(text).toContain('For both reports, the embargo ends Mon 1 Jun 2026, 00:00 UTC')
      expect(text).toContain('This date was proposed and is not agreed yet')
      expect(text).not.toContain('were agreed')
    }
    await submit(house, 'ben', { verb: 'embargo.accept', case: CASE })
    await house.drain()
    const [rea, sol] = [(await mailsTo(house, REPORTER)).at(-1), (await mailsTo(house, OTHER)).at(-1)]
    expect(sol?.text).toContain('Thank you, that is agreed.')
    expect(rea?.subject).toContain('Does this date suit you?')
    expect(rea?.text).not.toContain('agreed')
    expect(rea?.text.replaceAll(/\s+/gu, ' ')).toContain('You have not said yes to that date, so we ask you')
  })

  it('keep a mail that failed before the merge, and a person sends it from the other case', async () => {
    const { house } = await twice()
    house.relay.failures.push({ error: new OutsideError('refused', 'not taken') })
    await submit(house, 'ana', { verb: 'ack', case: SECOND })
    await house.drain()
    await merge(house)
    const [failed] = doubtsOf(await stateOf(house, CASE), undefined)
    if (failed === undefined) throw new Error('the failed mail is not in the other case')
    const before = (await mailsTo(house, OTHER)).length
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: failed.effect, outcome: 'again' })
    await house.drain()
    expect((await mailsTo(house, OTHER)).slice(before)).toHaveLength(1)
  })

  it('bind no reporter by mail if that reporter’s own embargo was over', async () => {
    const { house, oldAddress } = await twice()
    await house.receive({
      to: oldAddress,
      from: `Sol <${OTHER}>`,
      envelopeFrom: OTHER,
      body: 'Let us go on in public.',
    })
    const message = (await stateOf(house, SECOND)).messages.at(-1)?.message
    if (message === undefined) throw new Error('the answer is not there')
    const answer = { about: 'open', agreed: true } as const
    await submit(house, 'ana', { verb: 'log-answer', case: SECOND, message, answer })
    await submit(house, 'ana', { verb: 'embargo.open', case: SECOND })
    await merge(house)
    await submit(house, 'ana', { verb: 'reply.progress', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', reason: 'it reads any file' })
    await house.drain()
    const last = async (address: string) =>
      (await mailsTo(house, address)).slice(-3).map(({ text }) => text.replaceAll(/\s+/gu, ' '))
    for (const text of await last(OTHER)) {
      expect(text).toContain('no embargo binds you')
      expect(text).toContain('We ask you to keep this between us until then')
      expect(text).not.toMatch(/The embargo (?:still )?ends/u)
    }
    for (const text of await last(REPORTER)) {
      expect(text).toMatch(/The embargo (?:still )?ends/u)
      expect(text).not.toContain('no embargo binds you')
    }
  })

  it('name one number to a reporter whose mail waited until after the merge', async () => {
    const house = createHouse()
    await house.receive({ subject: 'PLANTED in the loader', body: 'PLANTED: name it ../../PLANTED and read on.' })
    await house.drain()
    await house.receive({ subject: 'The loader', from: `Sol <${OTHER}>`, envelopeFrom: OTHER, body: 'It reads files.' })
    await house.drain(['slack'])
    house.wait(1000)
    await merge(house)
    expect((await mailsTo(house, OTHER)).map(({ subject }) => subject)).toEqual([
      `[${CASE}] Another person reported the same problem`,
    ])
  })

  it('bring mails to one case from then on, even at the address of the case that is closed', async () => {
    const { house, oldAddress } = await twice()
    await merge(house)
    await house.receive({
      to: oldAddress,
      from: `Sol <${OTHER}>`,
      envelopeFrom: OTHER,
      subject: 'Re: more',
      body: 'More of it.',
    })
    const { messages } = await stateOf(house, CASE)
    expect(messages.at(-1)).toMatchObject({ from: 'reporter', report: `${CASE}/r2` })
    expect((await stateOf(house, SECOND)).answeredAfterClosing).toBeUndefined()
  })

  it('are announced in the channel of each case', async () => {
    const { house } = await twice()
    await merge(house)
    const inSecond = house.events(SECOND)
    expect(inSecond.slice(-3)).toEqual(['EmbargoExited', 'CasesMerged', 'CaseClosed'])
    const posts = [...(await house.engine.queries.effects(CASE))].filter(({ effect }) => effect.kind === 'post')
    expect(posts.length).toBeGreaterThan(0)
    expect(posts.every(({ effect }) => effect.case === CASE)).toBe(true)
  })

  it('are separated again, and each mail then follows its report', async () => {
    const { house, oldAddress } = await twice()
    await merge(house)
    const report = ReportId.parse(`${CASE}/r2`)
    await submit(house, 'ben', {
      verb: 'open.report',
      case: CASE,
      report,
      project: 'quillmark',
      reason: 'another cause',
    })
    await house.drain()
    expect((await mailsTo(house, OTHER)).at(-1)?.subject).toBe(`[${SECOND}] A new case number`)
    await house.receive({
      to: oldAddress,
      from: `Sol <${OTHER}>`,
      envelopeFrom: OTHER,
      subject: 'Re: apart',
      body: 'Thank you for telling me.',
    })
    expect((await stateOf(house, SECOND)).messages.at(-1)).toMatchObject({ from: 'reporter', report: `${SECOND}/r1` })
  })
})

describe('a case that a person opens', () => {
  it('gets the next number', async () => {
    const { house } = await twice()
    const answer = await house.ask('ana', { verb: 'open', case: NO_NUMBER, project: 'quillmark' })
    expect(answer).toMatchObject({ ok: true, stream: THIRD })
    expect(await stateOf(house, THIRD)).toMatchObject({ reports: [], coordinator: 'ana' })
  })

  it('also gets a number for a part of a report, and the reporter is told once', async () => {
    const { house } = await twice()
    const report = ReportId.parse(`${CASE}/r1`)
    const before = (await mailsTo(house, REPORTER)).length
    await submit(house, 'ana', {
      verb: 'open.report',
      case: CASE,
      report,
      into: NO_NUMBER,
      project: 'quillmark',
      reason: 'two problems',
    })
    await house.drain()
    const after = await mailsTo(house, REPORTER)
    expect(after.slice(before).map(({ subject }) => subject)).toEqual([`[${THIRD}] A new case number`])
    expect((await stateOf(house, THIRD)).reports.map(({ id }) => id)).toEqual([`${THIRD}/r1`])
  })

  it('is refused for an unknown project, and uses up no number', async () => {
    const { house } = await twice()
    const answer = await house.ask('ana', { verb: 'open', case: NO_NUMBER, project: 'inkwell' })
    expect(answer).toMatchObject({ ok: false, refusal: { gate: 'makes-sense' } })
    await house.ask('ana', { verb: 'open', case: NO_NUMBER, project: 'quillmark' })
    expect((await stateOf(house, THIRD)).id).toBe(THIRD)
  })
})
