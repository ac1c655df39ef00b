import { DAY, MINUTE } from '@embargo/core'
import { createKey, verifySignatures } from '@embargo/mail'
import type { DnsAnswer } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createCheckAgain } from '../../src/intake/check-again.ts'
import { createPatience } from '../../src/intake/patience.ts'
import { createHouse, policyOf, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { replyTo } from '../story.ts'

const CLIENT = { address: '192.0.2.7', helo: 'mx.reporter.example' }
const STRANGER = { address: '198.51.100.9', helo: 'elsewhere.example' }
const DNS: Readonly<Record<string, DnsAnswer>> = {
  'TXT _dmarc.reporter.example': [['v=DMARC1; p=reject']],
  'TXT reporter.example': [['v=spf1 ip4:192.0.2.7 -all']],
}

/** A DNS that can stop answering. `asked`: how many queries it got. */
function dns() {
  const state = { silent: false, broken: false, asked: 0 }
  const resolver = async (name: string, type: string): Promise<DnsAnswer> => {
    state.asked += 1
    if (state.silent) return new Promise(() => undefined)
    if (state.broken) throw Object.assign(new Error('no answer'), { code: 'ESERVFAIL' })
    const answer = DNS[`${type} ${name}`]
    if (answer === undefined) throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' })
    return answer
  }
  const limits = { lookupMs: 500, stepMs: 1_000 }
  return { state, domainLookup: { resolver, verify: verifySignatures, limits } }
}

const SHORT = { patience: createPatience({ mostMs: 5, togetherMs: 1_000 }) }

describe('the domain of a sender at intake', () => {
  it('confirms a report, and the card of the mail says so', async () => {
    const house = createHouse({ domainLookup: dns().domainLookup })
    await house.receive({ client: CLIENT })
    expect((await house.caseState()).messages).toMatchObject([
      { trust: 'domain-vouches', checks: { domain: { is: 'confirmed', domain: 'reporter.example' } } },
    ])
  })

  it('disowns a report in its name, which gets no answer', async () => {
    const house = createHouse({ domainLookup: dns().domainLookup })
    await house.receive({ client: STRANGER })
    const { messages, reports } = await house.caseState()
    expect(messages).toMatchObject([{ trust: 'failed', checks: { domain: { is: 'failed' } } }])
    expect(reports).toMatchObject([{ answerable: false }])
  })

  it('disowns a report in its name, which is not shown as another report of that sender', async () => {
    const house = createHouse({ domainLookup: dns().domainLookup })
    for (const client of [CLIENT, STRANGER]) await house.receive({ client, subject: `From ${client.address}` })
    await house.receive({ client: CLIENT, subject: 'Another hole' })
    const earlier = [...house.memory.streams.values()]
      .flat()
      .flatMap(({ event }) => (event.type === 'ReportAttached' ? [event.earlier] : []))
    expect(earlier).toEqual([undefined, undefined, ['SEC-2026-0001']])
  })

  it('disowns a mail with the token of the report, which is not taken for the reporter’s', async () => {
    const house = createHouse({ domainLookup: dns().domainLookup })
    await house.receive({ client: CLIENT })
    await house.drain()
    const to = replyTo(house)
    for (const client of [CLIENT, STRANGER]) await house.receive({ client, to, subject: `More from ${client.helo}` })
    expect((await house.caseState()).messages.map(({ from, trust }) => [from, trust])).toEqual([
      ['reporter', 'domain-vouches'],
      ['reporter', 'domain-vouches'],
      ['unverified', 'failed'],
    ])
  })

  it('is not checked if the policy turns checks off', async () => {
    const { state, domainLookup } = dns()
    const policy = policyOf({ intake: { lists: 'open', senderDomains: 'off' } })
    const house = createHouse({ policy, domainLookup })
    await house.receive({ client: CLIENT })
    expect(state.asked).toBe(0)
    expect((await house.caseState()).messages[0]?.checks?.domain).toEqual({ is: 'not-checked' })
  })

  it('does not delay a report if it does not answer, and then proves nothing', async () => {
    const { state, domainLookup } = dns()
    state.silent = true
    const house = createHouse({ domainLookup })
    await house.receive({ client: CLIENT }, undefined, SHORT)
    expect((await house.caseState()).messages).toMatchObject([
      { trust: 'nothing-proven', checks: { domain: { is: 'not-yet', domain: 'reporter.example' } } },
    ])
  })
})

describe('a domain that did not answer', () => {
  /** A case whose report waits for the DNS. */
  async function waiting(client = CLIENT) {
    const { state, domainLookup } = dns()
    const house = createHouse({ domainLookup })
    state.broken = true
    await house.receive({ client })
    state.broken = false
    return { house, state }
  }
  /** Runs the checks that are due, and stops when the next check is not due yet. */
  async function checkAgain({ engine }: House): Promise<void> {
    const over = new AbortController()
    await createCheckAgain({ engine, sleep: async () => over.abort() }).run(over.signal)
  }
  const checked = (house: House) => house.events().filter((type) => type === 'MessageChecked').length

  it('is asked again after a minute, once, and its answer counts for the mail', async () => {
    const { house, state } = await waiting()
    expect((await house.caseState()).messages).toMatchObject([{ trust: 'nothing-proven' }])
    await checkAgain(house)
    expect(checked(house)).toBe(0)
    house.wait(MINUTE)
    await checkAgain(house)
    expect((await house.caseState()).messages).toMatchObject([
      { trust: 'domain-vouches', checks: { domain: { is: 'confirmed' }, encryption: 'none' } },
    ])
    const { asked } = state
    house.wait(DAY)
    await checkAgain(house)
    expect([checked(house), state.asked]).toEqual([1, asked])
  })

  it('and then disowns the report: the report gets no further answer', async () => {
    const { house } = await waiting(STRANGER)
    house.wait(MINUTE)
    await checkAgain(house)
    const { messages, reports } = await house.caseState()
    expect([messages[0]?.trust, reports[0]?.answerable]).toEqual(['failed', false])
  })

  /**
   * Receives a report, with `before` as its Autocrypt field if given. While the DNS does not answer, `client` then
   * delivers an answer that carries a new key of the reporter.
   */
  async function answersWithKey(client: typeof CLIENT, before?: string) {
    const { state, domainLookup } = dns()
    const house = createHouse({ domainLookup })
    await house.receive({ client: CLIENT, headers: before === undefined ? [] : [before] })
    await house.drain()
    state.broken = true
    await house.receive({ client, to: replyTo(house), headers: [autocrypt(await keyOfReporter())] })
    state.broken = false
    return house
  }
  const keyOfReporter = async () => createKey({ name: '', address: REPORTER, at: START - DAY, expiresAt: START + DAY })
  const autocrypt = (key: Awaited<ReturnType<typeof keyOfReporter>>): string =>
    `Autocrypt: addr=${REPORTER}; keydata=${Buffer.from(key.public).toString('base64')}`
  const keyIn = async (house: House) => (await house.caseState()).reports[0]?.key

  it('makes us record no key of the reporter in the meantime, because the answer may be somebody else’s', async () => {
    const house = await answersWithKey(CLIENT)
    expect(await keyIn(house)).toBeUndefined()
    house.wait(MINUTE)
    await checkAgain(house)
    expect(await keyIn(house)).toBeDefined()
  })

  it('and then disowns an answer: its key is not recorded', async () => {
    const house = await answersWithKey(STRANGER)
    house.wait(MINUTE)
    await checkAgain(house)
    expect(await keyIn(house)).toBeUndefined()
  })

  it('delays the alarm about another key, but does not prevent it', async () => {
    const house = await answersWithKey(CLIENT, autocrypt(await keyOfReporter()))
    expect((await keyIn(house))?.changed).toBeUndefined()
    house.wait(MINUTE)
    await checkAgain(house)
    expect((await keyIn(house))?.changed).toBeDefined()
  })

  it('and then disowns an answer: the answer was not the reporter’s', async () => {
    const { state, domainLookup } = dns()
    const house = createHouse({ domainLookup })
    await house.receive({ client: CLIENT })
    await house.drain()
    state.broken = true
    await house.receive({ client: STRANGER, to: replyTo(house), subject: 'It fixes it' })
    expect((await house.caseState()).messages[1]).toMatchObject({ from: 'reporter', trust: 'nothing-proven' })
    state.broken = false
    house.wait(MINUTE)
    await checkAgain(house)
    const { messages, reports } = await house.caseState()
    expect(messages[1]).toMatchObject({ from: 'unverified', trust: 'failed' })
    expect(reports[0]).toMatchObject({ answerable: true })
  })

  it('is asked for a day, less and less often, and then nothing is proven', async () => {
    const { house, state } = await waiting()
    state.broken = true
    let rounds = 0
    house.wait(MINUTE)
    for (let minute = 0; minute < 26 * 60 && checked(house) === 0; minute += 10) {
      const { asked } = state
      await checkAgain(house)
      if (state.asked > asked) rounds += 1
      house.wait(10 * MINUTE)
    }
    expect(rounds).toBe(5)
    expect((await house.caseState()).messages).toMatchObject([
      { trust: 'nothing-proven', checks: { domain: { is: 'unproven', domain: 'reporter.example' } } },
    ])
  })
})

describe('patience', () => {
  const never = async () => new Promise<string>(() => undefined)

  it('waits only for an answer that comes in time', async () => {
    const patience = createPatience({ mostMs: 20 })
    expect(await patience.wait(1, async () => 'checked')).toBe('checked')
    expect(await patience.wait(1, never)).toBeUndefined()
  })

  it('begins no more checks than fit into memory, but always at least one', async () => {
    const patience = createPatience({ mostMs: 0 })
    let begun = 0
    const check = async () => ((begun += 1), never())
    for (let at = 0; at < 40; at += 1) await patience.wait(1, check)
    expect(begun).toBe(16)
    const other = createPatience({ mostMs: 0 })
    begun = 0
    for (let at = 0; at < 3; at += 1) await other.wait(100 * 1024 * 1024, check)
    expect(begun).toBe(1)
  })

  it('is used up by a flood of slow domains, and grows again by half of the time that passes', async () => {
    let now = 0
    const waited: number[] = []
    const patience = createPatience({ mostMs: 3_000, togetherMs: 5_000 }, () => now)
    const slow = async (): Promise<string> => {
      now += 2_000
      return 'late'
    }
    for (let at = 0; at < 3; at += 1) {
      await patience.wait(1, slow)
      waited.push(patience.left())
    }
    expect(waited).toEqual([3_000, 1_000, -1_000])
    now += 10_000
    expect(patience.left()).toBe(4_000)
  })

  it('counts the time once while several mails wait', async () => {
    let now = 0
    const patience = createPatience({ mostMs: 3_000, togetherMs: 5_000 }, () => now)
    const answer = Promise.withResolvers<string>()
    const waits = Array.from({ length: 5 }, async () => patience.wait(1, async () => answer.promise))
    now += 1_000
    answer.resolve('checked')
    expect(await Promise.all(waits)).toEqual(Array.from({ length: 5 }, () => 'checked'))
    expect(patience.left()).toBe(4_000)
  })
})
