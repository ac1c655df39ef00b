import { worldOf } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { pinnedCard } from '../../src/cards/pinned.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { cardOf, press } from '../fixtures/small-house.ts'
import type { SmallHouse } from '../fixtures/small-house.ts'
import { mailsLeave, untilPublishing } from '../fixtures/until-publishing.ts'

async function published(): Promise<SmallHouse> {
  const house = await untilPublishing()
  mailsLeave(house)
  return house
}

function pinnedOf(house: SmallHouse): string {
  const { id } = house.state()
  const { case: state, ...world } = worldOf(id, house.states)
  if (state === undefined) throw new Error('no case')
  const at = house.now
  return pinnedCard({ state, world: { ...world, case: state }, policy: house.policy.policy, at, platform: 'slack' })
    .fallback
}

describe('correct', () => {
  it('shows the corrected range, informs everybody unless told otherwise, and needs two people', async () => {
    const house = await published()
    const shown = cardOf(await house.asks(ana, 'correct', '4.1 is affected too --affects main >= 4.1, < 4.3.0'))
    expect(shown.actions.map(({ label }) => label)).toEqual([
      'Ask the second person',
      'Tell no public list',
      'Mail nobody',
    ])
    await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
    expect(JSON.parse(house.state().approvals.at(-1)?.asked ?? '')).toEqual({
      verb: 'correct',
      case: house.state().id,
      reason: '4.1 is affected too',
      changes: { branches: [{ branch: 'main', affected: true, range: '>= 4.1, < 4.3.0' }] },
      tell: 'everybody',
    })
    await house.asks(ben, 'approve', cardOf(await house.asks(ben, 'approve', '')).actions[0]?.input ?? {})
    expect(house.state().corrections).toMatchObject([{ reason: '4.1 is affected too', parts: ['versions'] }])
    expect(pinnedOf(house)).toContain('Record: revision 2')
    mailsLeave(house)
    expect(pinnedOf(house)).toContain('Corrected ✓ correction')
  })

  it('takes the workaround out of the record with “none”', async () => {
    const house = await published()
    const corrects = async (typed: string) => {
      const shown = cardOf(await house.asks(ana, 'correct', typed))
      await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
      await house.asks(ben, 'approve', cardOf(await house.asks(ben, 'approve', '')).actions[0]?.input ?? {})
      mailsLeave(house)
      return house.state().advisory?.workaround
    }
    expect(await corrects('It helps --workaround "Turn off includes."')).toBe('Turn off includes.')
    expect(await corrects('It does not help --workaround none')).toBeUndefined()
  })

  it('mails nobody about a changed text, and asks for the reason if it is missing', async () => {
    const house = await published()
    const shown = cardOf(await house.asks(ana, 'correct', 'A typo --impact "Reads files"'))
    await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
    expect(JSON.parse(house.state().approvals.at(-1)?.asked ?? '')).toMatchObject({
      changes: { impact: 'Reads files' },
      tell: 'nobody',
    })
    expect(await house.asks(ana, 'correct', '--severity low')).toMatchObject({
      form: {
        verb: 'correct',
        fields: [{}, { name: 'reason' }, {}, { name: 'severity', value: 'low' }, { name: 'tell' }],
      },
    })
  })

  it('refuses a vector that cannot be scored', async () => {
    const house = await published()
    const answer = await house.asks(ana, 'correct', 'Worse --severity high --cvss3 CVSS:3.1/AV:N')
    expect(JSON.stringify(answer)).toContain('The metric A is missing. Add A:H or A:L or A:N.')
  })

  it('refuses more text than a button can carry', async () => {
    const house = await published()
    const long = 'x'.repeat(900)
    const answer = await house.asks(ana, 'correct', `Too long --impact "${long}" --workaround "${long}"`)
    expect(JSON.stringify(answer)).toContain('That is too long for one correction')
  })
})
