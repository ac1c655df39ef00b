import { DAY, HOUR, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createCanary, Outages } from '../../src/index.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { createHouse, policyOf } from '../house.ts'

const intake = (canary: 'off' | 'daily') => ({ lists: 'open', newCases: 40, canary }) as const

function canaryIn(canary: 'off' | 'daily') {
  const house = createHouse({ policy: policyOf({ intake: intake(canary) }) })
  const outages = new Outages(() => house.clock.now())
  const settings = createMemorySettings()
  const { look } = createCanary({ engine: house.engine, mailOut: house.relay, settings, outages })
  const out = () => house.relay.mails
  /** The newest mail comes back unchanged. */
  const comesBack = async (): Promise<void> => {
    const mail = out().at(-1)
    if (mail === undefined) throw new Error('no mail left')
    await house.receive({ envelopeFrom: mail.envelopeFrom, to: mail.envelopeTo }, mail.raw)
  }
  const after = async (milliseconds: number): Promise<void> => {
    house.wait(milliseconds)
    await look()
  }
  const cases = () => [...house.memory.streams.keys()].filter((stream) => stream.startsWith('SEC-'))
  return { house, outages, out, look, after, comesBack, cases }
}

describe('the daily test mail', () => {
  it('is not sent unless the policy says so', async () => {
    const { look, out } = canaryIn('off')
    await look()
    expect(out()).toEqual([])
  })

  it('is sent once a day while it comes back, opens no case and is not reported', async () => {
    const { look, out, after, comesBack, outages, cases } = canaryIn('daily')
    await look()
    await after(5 * MINUTE)
    await comesBack()
    await after(5 * MINUTE)
    await after(23 * HOUR)
    expect(out()).toHaveLength(1)
    await after(DAY)
    expect(out()).toHaveLength(2)
    expect(outages.all).toEqual([])
    expect(cases()).toEqual([])
  })

  it('that does not arrive within an hour is an outage until a later one arrives', async () => {
    const { look, out, after, comesBack, outages } = canaryIn('daily')
    await look()
    await after(HOUR)
    expect(outages.all).toEqual([])
    await after(5 * MINUTE)
    expect(outages.all).toMatchObject([
      { outside: 'mail', what: 'return', why: expect.stringContaining('embargo doctor mail') },
    ])
    await after(HOUR)
    expect(out()).toHaveLength(2)
    await comesBack()
    await after(5 * MINUTE)
    expect(outages.all).toEqual([])
  })
})
