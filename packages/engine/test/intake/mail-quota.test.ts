import { DAY, HOUR, later } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createMailQuota, createMailQuotaAlert } from '../../src/index.ts'
import type { Card } from '../../src/index.ts'
import { DAY_BYTES, DISK_RESERVE_BYTES, UNREAD_BYTES } from '../../src/intake/limits.ts'
import type { SpoolUsage } from '../../src/index.ts'
import { createHouse, OWN } from '../house.ts'
import { replyTo } from '../story.ts'

const MEGABYTE = 1024 * 1024
const stranger = { source: '192.0.2.1', known: false }
const known = { source: '192.0.2.1', known: true }

function used(usage: Partial<SpoolUsage>) {
  const house = createHouse()
  const spool = { ...house.spool, usage: async () => ({ unread: 0, received: 0, ...usage }) }
  return { house, quota: createMailQuota({ ...house.engine.deps, spool }) }
}

/**
 * A quota that a test fills with mails until the limit `because` is reached. For `day`, the clock moves after
 * each mail. Then the quota reads the usage again, in which no mail is unread, so the limit `unread` is not reached.
 */
function flooded(because: 'unread' | 'day') {
  const house = createHouse()
  const day = house.clock.now()
  let received = 0
  const usage = async (): Promise<SpoolUsage> => ({
    unread: 0,
    received: house.clock.now() < later(day, DAY) ? received : 0,
  })
  const quota = createMailQuota({ ...house.engine.deps, spool: { ...house.spool, usage } })
  return {
    house,
    quota: {
      ...quota,
      stored(sender: Parameters<typeof quota.stored>[0], bytes: number) {
        received += bytes
        quota.stored(sender, bytes)
        if (because === 'day') house.clock.moveTo(later(house.clock.now(), 2_000))
      },
    },
  }
}

describe('the quota of stored mail', () => {
  it.each<[string, Partial<SpoolUsage>]>([
    ['unread', { unread: UNREAD_BYTES }],
    ['day', { received: DAY_BYTES }],
    ['disk', { free: DISK_RESERVE_BYTES }],
  ])(
    'refuses strangers if the limit “%s” is reached, but nobody who writes to an open case',
    async (because, usage) => {
      const { quota } = used(usage)
      expect(await quota.refuses(stranger, 100)).toBe(because)
      expect(await quota.refuses(known, 100)).toBeUndefined()
      expect(await used({}).quota.refuses(stranger, 25 * MEGABYTE)).toBeUndefined()
    },
  )

  it('accepts a small mail when it no longer accepts a large one', async () => {
    const { quota } = used({ received: DAY_BYTES * 0.95 })
    expect(await quota.refuses(stranger, 25 * MEGABYTE)).toBe('day')
    expect(await quota.refuses(stranger, MEGABYTE)).toBeUndefined()
  })

  // Anyone who sends a report gets the address of an open case, and can then send mail as a known sender. So the limit
  // for each source also applies to known senders. Without this limit, two of them could use up the whole day's quota.
  describe.each([stranger, known])('from $source, known: $known', (sender) => {
    it.each([
      ['unread', UNREAD_BYTES],
      ['day', DAY_BYTES],
    ] as const)('takes at most a quarter of what is left for others (%s)', async (because, most) => {
      const { house, quota } = flooded(because)
      const from = async (source: string): Promise<number> => {
        for (let bytes = 0; ; bytes += MEGABYTE) {
          if ((await quota.refuses({ ...sender, source }, MEGABYTE)) !== undefined) return bytes
          quota.stored({ ...sender, source }, MEGABYTE)
        }
      }
      expect((await from('192.0.2.1')) / most).toBeCloseTo(1 / 5, 2)
      expect((await from('192.0.2.2')) / most).toBeCloseTo(4 / 25, 2)
      for (let other = 3; other <= 20; other += 1) await from(`192.0.2.${other}`)
      expect(await quota.refuses({ ...sender, source: '198.51.100.7' }, MEGABYTE / 10)).toBeUndefined()
      expect(await quota.refuses({ known: !sender.known, source: '192.0.2.1' }, 25 * MEGABYTE)).toBeUndefined()
      house.clock.moveTo(later(house.clock.now(), DAY))
      expect(await quota.refuses({ ...sender, source: '192.0.2.1' }, 25 * MEGABYTE)).toBeUndefined()
    })
  })

  it('recognises the address of an open case, but not a forged one', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    const quota = createMailQuota(house.engine.deps)
    const address = replyTo(house)
    expect(await quota.isKnown([OWN, address])).toBe(true)
    expect(await quota.isKnown([OWN])).toBe(false)
    expect(await quota.isKnown([address.replace(/.@/u, 'x@')])).toBe(false)
  })

  it('is reported to the team a single time, and its end after an hour in which no mail was refused', async () => {
    const { house, quota } = used({ unread: UNREAD_BYTES })
    const notices: string[] = []
    const card = ({ refusing }: { readonly refusing: string | undefined }): Card => {
      notices.push(refusing ?? 'over')
      const nothing = { lines: [], fields: [], attachments: [], actions: [], fallback: '', notification: '' }
      return { kind: 'notice', title: refusing ?? 'over', ...nothing }
    }
    const stop = new AbortController()
    const steps = [
      () => quota.refuses(stranger, 100),
      () => quota.refuses(stranger, 100),
      async () => house.clock.moveTo(later(house.clock.now(), HOUR)),
      async () => stop.abort(),
    ]
    const notice = createMailQuotaAlert({
      engine: house.engine,
      chat: new Map([['slack', house.chat]]),
      quota: {
        get refusing() {
          return quota.refusing
        },
        onChange: () => () => undefined,
      },
      card,
      sleep: async () => void (await steps.shift()?.()),
    })
    await notice.run(stop.signal)
    expect(notices).toEqual(['unread', 'over'])
    expect(house.log.lines.filter((one) => JSON.stringify(one).includes('more mail arrived'))).toHaveLength(1)
  })
})
