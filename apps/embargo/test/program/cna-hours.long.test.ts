import { actorOf, DAY, HOUR, later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { startHouse } from './publication-house.ts'
import type { House } from './publication-house.ts'
import { CASE, CVE, RELEASE } from './publication-policy.ts'
import { disclose, UNTIL, untilDisclosed, untilMailsStopWaiting, untilPrenotified, WAIT } from './publication-steps.ts'

/** The program makes fewer calls than this in three days. */
const MANY = 1000
const CALLS = ['read-id', 'read-record', 'publish'] as const

function stopCve({ cve }: House): void {
  for (const call of CALLS) for (let n = 0; n < MANY; n += 1) cve.faults.next(call, { is: 'status', status: 503 })
}

function restoreCve({ cve }: House): void {
  for (const call of CALLS) while (cve.faults.take(call) !== undefined);
}

/**
 * Stops CVE Services and plays until the case is announced. The advisory is public, so the announcement stops waiting
 * for the CVE record.
 */
async function untilAnnounced(house: House): Promise<void> {
  await untilPrenotified(house)
  stopCve(house)
  await disclose(house)
  await expect.poll(house.published, WAIT).toEqual(['advisory', 'file'])
  await untilMailsStopWaiting(house)
}

/**
 * When the people of the case were told that the record is still to be published. The type of the event says whether
 * this was a reminder or the deadline had already passed.
 */
async function remindersOf({
  program,
}: House): Promise<readonly (readonly [type: string, hears: string, afterMs: number])[]> {
  const events = await program.engine.queries.history(CASE)
  return events.flatMap(({ event, at }) =>
    (event.type === 'ReminderDue' || event.type === 'ClockBreached') && event.clock === 'publish-cve'
      ? [[event.type, event.hears, at - RELEASE] as const]
      : [],
  )
}

async function moveTo(house: House, at: Instant): Promise<void> {
  house.clock.moveTo(at)
  house.passHours(1)
}

/** The status of the case, as Ana reads it. */
async function statusOf({ program, clock }: House, deliveryId: string): Promise<string> {
  const reply = await program.router.handle({
    verb: 'status',
    input: {},
    actor: actorOf(program.engine.policy.policy, 'terminal', 'ana'),
    place: { platform: 'terminal', private: true, case: CASE },
    deliveryId,
    at: clock.now(),
  })
  return JSON.stringify(reply)
}

describe('a CNA’s 72 hours', () => {
  it('are kept after CVE Services was down for two days: people were reminded, and the record is published once', async () => {
    await using house = await startHouse()
    const { clock, cve } = house
    await untilAnnounced(house)
    await moveTo(house, later(RELEASE, DAY))
    await expect.poll(() => remindersOf(house), WAIT).toEqual([['ReminderDue', 'owner', DAY]])
    expect(await statusOf(house, 'after a day')).toContain('publish the CVE record')
    await moveTo(house, later(RELEASE, 2 * DAY))
    await expect
      .poll(house.published, WAIT)
      .toEqual(['advisory', 'file', 'records', 'announcement', 'post to oss-security'])
    restoreCve(house)
    house.passHours(1)
    await cve.until(({ records }) => records.has(CVE), UNTIL)
    await untilDisclosed(house)
    expect(house.published()).toHaveLength(6)
    expect((await house.caseState()).cve?.publishedAt).toBe(clock.now())
    await moveTo(house, later(RELEASE, 3 * DAY + HOUR))
    expect(await statusOf(house, 'after three days')).not.toContain('publish the CVE record')
    expect(await remindersOf(house)).toEqual([['ReminderDue', 'owner', DAY]])
    expect(cve.calls.filter((call) => call === `POST /api/cve/${CVE}/cna`)).toHaveLength(1)
  }, 240_000)

  it('that pass are told to the admins, and a record that a person publishes elsewhere ends the publication', async () => {
    await using house = await startHouse()
    await untilAnnounced(house)
    await moveTo(house, later(RELEASE, DAY))
    await expect.poll(() => remindersOf(house), WAIT).toHaveLength(1)
    await moveTo(house, later(RELEASE, 3 * DAY))
    await expect
      .poll(() => remindersOf(house), WAIT)
      .toEqual([
        ['ReminderDue', 'owner', DAY],
        ['ClockBreached', 'admins', 3 * DAY],
      ])
    const link = `https://www.cve.org/CVERecord?id=${CVE}`
    await house.submit('ana', { verb: 'done.step', case: CASE, step: 'cve-record', link })
    await untilDisclosed(house)
    expect((await house.caseState()).cve?.publishedAt).toBe(later(RELEASE, 3 * DAY))
    restoreCve(house)
    house.passHours(1)
    await expect.poll(() => house.published(), WAIT).toContain('records')
    expect(house.cve.service.records.size).toBe(0)
  }, 240_000)
})
