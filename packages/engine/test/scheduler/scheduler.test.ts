import { CaseId, CommandId, DAY, HOUR, MINUTE, PEOPLE, PersonId } from '@embargo/core'
import { parse } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createScheduler } from '../../src/index.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { nextWakeUp } from '../next-wake-up.ts'
import { submit, PATCH, previewOf, submitPatch, untilReady } from '../story.ts'

/** Reminders wait for working hours, so here all hours are working hours. */
const ALWAYS_AT_WORK = policyOf({
  calendar: {
    workingDays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    workingHours: { from: '00:00', to: '23:59' },
    holidays: [],
  },
})

const told = (house: House) =>
  (house.memory.streams.get(CASE) ?? []).flatMap(({ event }) =>
    event.type === 'ReminderDue'
      ? [[event.clock, event.fraction]]
      : event.type === 'ClockBreached'
        ? [[event.clock, 'breach']]
        : [],
  )

describe('the scheduler', () => {
  it('announces nothing early', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    house.wait(12 * HOUR - MINUTE)
    await nextWakeUp(house)
    expect(told(house)).toEqual([])
  })

  it('announces each moment when it comes, and once', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    house.wait(12 * HOUR)
    await nextWakeUp(house)
    await nextWakeUp(house)
    expect(told(house)).toEqual([['acknowledge', 0.5]])
    house.wait(8 * HOUR)
    await nextWakeUp(house)
    expect(told(house)).toEqual([
      ['acknowledge', 0.5],
      ['acknowledge', 0.8],
    ])
  })

  it('offers the cases of a person who left the policy as soon as it starts, not only when something else is due', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    house.wait(4 * DAY)
    await nextWakeUp(house)
    expect(told(house)).toEqual([])
    const gone = { ...house.engine.deps.policy.policy }
    Object.assign(house.engine.deps.policy, {
      policy: { ...gone, people: gone.people.filter(({ id }) => id !== 'ana') },
    })
    await nextWakeUp(house)
    expect(told(house)).toEqual([['offer-owner', 1]])
  })

  it('offers the cases of a person who left their group while it runs', async () => {
    const group = { platform: 'slack', group: 'S0TEAM', role: 'team' } as const
    const house = createHouse({ policy: { ...ALWAYS_AT_WORK, groups: [group] } })
    const { engine, clock } = house
    const members = (id: string, accounts: readonly string[]) =>
      engine.commands.handle({
        commandId: CommandId.parse(id),
        actor: { kind: 'system', part: 'chat' },
        at: clock.now(),
        request: {
          verb: 'notice-members',
          stream: PEOPLE,
          platform: 'slack',
          role: 'team',
          members: accounts.map((account) => ({ account, name: 'Dana' })),
        },
      })
    await members('came', ['U0DANA'])
    await house.receive()
    const actor = engine.queries.actorOf('slack', 'U0DANA')
    await engine.commands.handle({
      commandId: CommandId.parse('ack'),
      actor,
      at: clock.now(),
      request: { verb: 'ack', case: CASE },
    })
    house.wait(4 * DAY)
    const over = new AbortController()
    const running = createScheduler({ engine }).run(over.signal)
    await members('left', [])
    while (told(house).length === 0) await new Promise((resolve) => setImmediate(resolve))
    over.abort()
    await running
    expect(told(house)).toEqual([['offer-owner', 1]])
  })

  it('after a week in which nothing ran, reports only the last of the missed deadlines', async () => {
    const house = createHouse()
    await house.receive()
    house.wait(7 * DAY)
    await nextWakeUp(house)
    expect(told(house)).toEqual([
      ['acknowledge', 'breach'],
      ['offer-owner', 1],
    ])
  })

  describe('a signal', () => {
    const counts = (house: House) =>
      (house.memory.streams.get(CASE) ?? []).some(({ event }) => event.type === 'VulnerabilityPublic')
    const signalled = async () => {
      const house = createHouse({ policy: ALWAYS_AT_WORK })
      await house.receive()
      const request = { verb: 'signal.public', case: CASE, link: 'https://forum.example/1' } as const
      const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
      await submit(house, 'ana', { ...request, shown: { digest, blob } })
      return house
    }

    it('counts after half an hour if nobody refused it, even if the program was restarted in the meantime', async () => {
      const house = await signalled()
      house.wait(35 * MINUTE)
      await nextWakeUp(house)
      expect(counts(house)).toBe(true)
    })

    it('waits for a refusal once more if no program ran when it would have counted', async () => {
      const house = await signalled()
      house.wait(7 * DAY)
      await nextWakeUp(house)
      expect(counts(house)).toBe(false)
      house.wait(30 * MINUTE)
      await nextWakeUp(house)
      expect(counts(house)).toBe(true)
    })

    /** One program whose machine is suspended for these times: its monotonic clock stops, the wall clock does not. */
    const sleeping = async (house: House, ...sleeps: readonly number[]) => {
      const over = new AbortController()
      const running = createScheduler({ engine: house.engine }).run(over.signal)
      const counted: boolean[] = []
      for (const sleep of sleeps) {
        for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
        house.wait(sleep)
        for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
        counted.push(counts(house))
      }
      over.abort()
      await running
      return counted
    }

    it('waits for a refusal once more if the machine slept when it would have counted', async () => {
      const house = await signalled()
      expect(await sleeping(house, 5 * MINUTE, 7 * DAY, 29 * MINUTE, MINUTE)).toEqual([false, false, false, true])
    })

    it('counts at its time if the machine sleeps only for minutes', async () => {
      const house = await signalled()
      expect(await sleeping(house, 9 * MINUTE, 9 * MINUTE, 9 * MINUTE, 9 * MINUTE)).toEqual([false, false, false, true])
    })
  })

  it('reminds a reporter of their patch after a stop that took all of their time, and gives them that time again', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
    await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] })
    await submitPatch(house, PATCH)
    await house.drain()
    const nudges = () =>
      house.relay.mails.filter(({ raw }) => new TextDecoder().decode(raw).includes('Did you have time')).length
    house.wait(9 * DAY)
    await nextWakeUp(house)
    const patch = () => told(house).filter(([clock]) => clock === 'reporter-verification/main')
    expect(patch()).toEqual([['reporter-verification/main', 0.5]])
    house.wait(2 * DAY)
    await nextWakeUp(house)
    await nextWakeUp(house)
    expect(patch()).toEqual([
      ['reporter-verification/main', 0.5],
      ['reporter-verification/main', 1],
    ])
    await house.drain()
    expect(nudges()).toBe(1)
  })

  it('announces each deadline once if two schedulers run', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    house.wait(12 * HOUR)
    await Promise.all([nextWakeUp(house), nextWakeUp(house)])
    expect(told(house)).toEqual([['acknowledge', 0.5]])
  })

  it('after a long stop announces the deadlines whose miss does the most harm first, across all cases', async () => {
    const house = createHouse()
    await house.receive({ subject: 'small' })
    await house.receive({ subject: 'grave' })
    const grave = CaseId.parse('SEC-2026-0002')
    for (const [id, severity] of [
      [CASE, 'low'],
      [grave, 'critical'],
    ] as const) {
      await submit(house, 'ana', { verb: 'ack', case: id })
      await submit(house, 'ana', { verb: 'triage', case: id, disposition: 'valid', severity })
    }
    house.wait(100 * DAY)
    const order: string[] = []
    house.engine.deps.onCommit((rows) => void order.push(...rows.map(({ stream }) => stream)))
    await nextWakeUp(house)
    expect(order.length).toBeGreaterThan(6)
    expect(order.lastIndexOf(grave)).toBeLessThan(order.indexOf(CASE))
  })

  it('writes to the next in line if nobody acted, and says nothing about the report', async () => {
    const house = createHouse()
    await house.receive({ subject: 'planted-word in the loader', body: 'planted-word reads any file' })
    house.wait(DAY)
    await nextWakeUp(house)
    await house.drain()
    const sent = house.relay.mails.filter(({ envelopeTo }) => /^(ana|ben)@/.test(envelopeTo))
    expect(sent.map(({ envelopeTo }) => envelopeTo)).toEqual(['ana@quillmark.example', 'ben@quillmark.example'])
    for (const { raw } of sent) {
      const mail = await parse(raw)
      expect(mail.subject).toBe(`[${CASE}] Needs you: acknowledge the report`)
      expect(mail.text).toContain('acknowledge the report')
      expect(new TextDecoder().decode(raw)).not.toMatch(/planted-word|reporter\.example|Rea\b/)
    }
  })

  it('says in the mail who is reminded next, according to the clock', async () => {
    const house = createHouse({ policy: ALWAYS_AT_WORK })
    await house.receive()
    const follows: Record<string, string | undefined> = {}
    for (let days = 0; days < 4; days += 1) {
      house.wait(DAY)
      await nextWakeUp(house)
      await house.drain()
    }
    for (const { raw } of house.relay.mails.filter(({ envelopeTo }) => envelopeTo.startsWith('ana@'))) {
      const text = (await parse(raw)).text.replaceAll(/\s+/g, ' ')
      const what = /: ([^:.]*)\. (?:Nobody|[A-Z]\w+ was)/.exec(text)?.[1] ?? text
      follows[what] ??= /(?:If nobody does it|Nobody else)[^.]*\./.exec(text)?.[0]
    }
    expect(follows).toEqual({
      'acknowledge the report': 'If nobody does it, the admins of the case are told next.',
    })
  })

  it('sends no waiting mail to a person who was taken off the case', async () => {
    const house = createHouse()
    await house.receive()
    house.wait(DAY)
    await nextWakeUp(house)
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: PersonId.parse('ben') })
    await house.drain()
    const to = house.relay.mails.map(({ envelopeTo }) => envelopeTo)
    expect(to).toContain('ana@quillmark.example')
    expect(to).not.toContain('ben@quillmark.example')
    expect(house.events()).not.toContain('EffectFailed')
  })

  it('ends the embargo on its date, but does not publish anything', async () => {
    const house = createHouse()
    await untilReady(house)
    // Counts the mails to others than the team and the reporter. The reporter is told that they are no longer bound;
    // nobody else outside the team gets a mail.
    const outside = () => house.relay.mails.filter(({ envelopeTo }) => !/^(?:ana|ben|rea)@/u.test(envelopeTo)).length
    const before = outside()
    house.wait(90 * DAY)
    await nextWakeUp(house)
    await house.drain()
    expect((await house.caseState()).em).toMatchObject({ is: 'exited', reason: 'expired' })
    expect((await house.caseState()).cs.public).toBeUndefined()
    expect(outside()).toBe(before)
  })

  it('looks again within a minute, because another process may have started a clock', async () => {
    const house = createHouse()
    expect(await nextWakeUp(house)).toBe(house.clock.now() + MINUTE)
  })

  it('is woken by a commit that brings an earlier deadline, and when the clock jumps', async () => {
    const house = createHouse()
    await house.receive()
    const over = new AbortController()
    const running = createScheduler({ engine: house.engine }).run(over.signal)
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    house.wait(77 * DAY)
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    over.abort()
    await running
    // Deadlines are announced by priority, so the end of the embargo comes before the deadlines that were missed.
    expect(told(house).map(([clock]) => clock)).toEqual(['embargo-end', 'decide-validity', 'update-reporter', 'stale'])
  })

  it('does not loop over a row that says that something is due when the policy says that nothing is', async () => {
    const house = createHouse()
    await house.receive()
    const row = house.memory.rows.get(CASE)
    if (row === undefined) throw new Error('no row')
    house.memory.rows.set(CASE, { ...row, nextDue: house.clock.now() })
    expect(await nextWakeUp(house)).toBeGreaterThan(house.clock.now())
    expect(house.memory.rows.get(CASE)).toEqual(row)
  })
})
