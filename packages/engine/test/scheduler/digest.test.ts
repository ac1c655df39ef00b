import { actorOf, CommandId, DAY, HOUR, later, MINUTE, PEOPLE, PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createDigest } from '../../src/index.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { CASE, createHouse, policyOf, START } from '../house.ts'
import type { House } from '../house.ts'
import { submit, passTime, untilPrenotified } from '../story.ts'

const TEAM = new Set(['ana@quillmark.example', 'ben@quillmark.example'])

/** Which member of the team got which mail. The first `from` mails that the relay accepted are left out. */
const mailsToTeam = ({ relay }: House, from = 0) =>
  relay.mails.slice(from).flatMap(({ raw, envelopeTo }) => {
    const text = new TextDecoder().decode(raw).replaceAll('\r\n ', ' ')
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'mu').exec(text)?.[1]?.trim() ?? ''
    return TEAM.has(envelopeTo)
      ? [{ to: envelopeTo, subject: field('Subject'), day: field('Date').slice(0, 16), text }]
      : []
  })

const isDigest = ({ subject }: { readonly subject: string }): boolean => subject.includes('for you')

function digests(house: House) {
  const options = { engine: house.engine, mailOut: house.relay, settings: createMemorySettings() }
  return {
    async look(): Promise<void> {
      const over = new AbortController()
      await createDigest({ ...options, sleep: async () => over.abort() }).run(over.signal)
    },
  }
}

/** The scheduler, the dispatcher and the digest run, and nobody does anything. */
async function nobodyActs(house: House, days: number): Promise<void> {
  const digest = digests(house)
  for (let hours = 0; hours < days * 24; hours += 3) {
    await passTime(house, 3 * HOUR)
    await house.drain()
    await digest.look()
  }
}

/** Counts the mails that the team got, and says whether anybody got two digests on one day. */
function tally(house: House) {
  const mails = mailsToTeam(house)
  const days = mails.filter(isDigest).map(({ to, day }) => `${day} ${to}`)
  return { mails: mails.length, digests: days.length, oneEachDay: new Set(days).size === days.length }
}

describe('a month in which nobody acts', () => {
  it('brings a team of two 13 mails for a report that nobody sees, where a mail for each reminder would be 17', async () => {
    const house = createHouse()
    await house.receive()
    await nobodyActs(house, 30)
    expect(tally(house)).toEqual({ mails: 13, digests: 10, oneEachDay: true })
    const alone = mailsToTeam(house).filter((mail) => !isDigest(mail))
    expect(alone.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      'ana@quillmark.example: [SEC-2026-0001] Needs you: acknowledge the report',
      'ben@quillmark.example: [SEC-2026-0001] Needs you: acknowledge the report',
      'ana@quillmark.example: [SEC-2026-0001] Overdue: acknowledge the report',
    ])
  })

  it('brings 19 mails for three such reports, where a mail for each reminder would be 51', async () => {
    const house = createHouse()
    for (const body of ['One.', 'Second.', 'And a third.']) await house.receive({ body })
    await nobodyActs(house, 30)
    expect(tally(house)).toEqual({ mails: 19, digests: 10, oneEachDay: true })
  })

  it('brings 13 mails for a release that is not published, where a mail for each reminder would be 26', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await nobodyActs(house, 30)
    expect(tally(house)).toEqual({ mails: 13, digests: 9, oneEachDay: true })
  })
})

describe('the digest of a person', () => {
  /** A report, one hour before its acknowledgment is due. The deadline is Tuesday 5 May, 09:00 UTC. */
  const due = async (policy = policyOf()) => {
    const house = createHouse({ policy })
    await house.receive()
    house.clock.moveTo(later(START, DAY - HOUR))
    return house
  }

  it('comes once when the working day begins where they are, even after a restart', async () => {
    const [ana, ben] = policyOf().people
    if (ana === undefined || ben === undefined) throw new Error('nobody is there')
    const house = await due(policyOf({ people: [{ ...ana, zone: 'Europe/Berlin' }, ben] }))
    const digest = digests(house)
    house.clock.moveTo(later(START, DAY - 2 * HOUR - MINUTE))
    await digest.look()
    expect(mailsToTeam(house)).toEqual([])
    house.clock.moveTo(later(START, DAY - 2 * HOUR))
    await digest.look()
    await digest.look()
    expect(mailsToTeam(house).map(({ to }) => to)).toEqual(['ana@quillmark.example'])
    house.clock.moveTo(later(START, DAY))
    await digest.look()
    expect(mailsToTeam(house).map(({ to }) => to)).toEqual(['ana@quillmark.example', 'ben@quillmark.example'])
    expect(mailsToTeam(house)[0]?.text).toContain('- SEC-2026-0001: acknowledge the report, by Tue 5 May')
  })

  it('is tried again if the relay did not accept it', async () => {
    const house = await due()
    house.wait(HOUR)
    house.relay.failures.push({ error: new Error('away') })
    const digest = digests(house)
    await digest.look()
    await digest.look()
    expect(
      mailsToTeam(house)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['ana@quillmark.example', 'ben@quillmark.example'])
  })

  it('is not sent to a person who is locked out', async () => {
    const house = await due()
    house.wait(HOUR)
    const answer = await house.engine.commands.handle({
      commandId: CommandId.parse('test:lockout'),
      actor: actorOf(house.engine.policy.policy, 'slack', 'UANA'),
      at: house.clock.now(),
      request: { verb: 'lockout', stream: PEOPLE, person: PersonId.parse('ben'), reason: 'stolen' },
    })
    expect(answer.ok).toBe(true)
    await digests(house).look()
    expect(mailsToTeam(house).map(({ to }) => to)).toEqual(['ana@quillmark.example'])
  })

  it('is not sent if nothing is due, nor to a person who is away', async () => {
    const house = await due()
    await submit(house, 'ana', { verb: 'away', case: CASE, until: later(START, 5 * DAY) })
    house.clock.moveTo(later(START, DAY))
    await digests(house).look()
    expect(mailsToTeam(house).map(({ to }) => to)).toEqual(['ben@quillmark.example'])
    await submit(house, 'ben', { verb: 'ack', case: CASE })
    house.clock.moveTo(later(START, 2 * DAY))
    await digests(house).look()
    expect(mailsToTeam(house)).toHaveLength(1)
  })
})
