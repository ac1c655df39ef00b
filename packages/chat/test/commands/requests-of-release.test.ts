import { keepsContentOut } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../src/cards/approval.ts'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'
import { OTHER, changeNotices, plannedRelease, requestOfTwo } from '../fixtures/planned-release.ts'

it('tells the other cases of a release what is asked of it, and where it is answered', async () => {
  const house = await plannedRelease()
  const preview = cardOf(await house.asks(ana, 'release.move', '2026-06-16 a branch is late'))
  await house.asks(ana, 'release.move', press(preview, 'Ask the second person').input)
  expect(await changeNotices(house)).toContainEqual(
    expect.stringContaining(
      `For the release of this case, Ana asks for approval to move the release to another day. Answer in the channel of ${CASE}.`,
    ),
  )
})

describe('what is asked of a release with several cases', () => {
  const TEXT = 'xyzzyplanted'

  it('can be read, in parts or whole, only by people who are on each of the cases', async () => {
    const { house, question } = await requestOfTwo(new SmallHouse({ previewText: TEXT }))
    const asks = async (id: CaseId) => {
      await house.asks(ana, 'people.invite', '@cem', { case: id })
      await house.asks(cem, 'people.join', '', { case: id })
    }
    await asks(CASE)
    expect(JSON.stringify(question)).not.toContain(TEXT)
    expect(question.quote?.text).toContain('Only people on all 2 cases may read the text')
    expect(house.state().people).toHaveProperty('cem')
    expect(house.state(OTHER).people).not.toHaveProperty('cem')
    for (const input of [press(question, 'Show all').input, press(question, 'Look and approve').input]) {
      const card = cardOf(await house.asks(cem, 'approve', input))
      expect(card.kind).toBe('refusal')
      expect(JSON.stringify(card)).not.toContain(TEXT)
    }
    expect(cardOf(await house.asks(ben, 'approve', press(question, 'Show all').input)).quote?.text).toContain(TEXT)
    await asks(OTHER)
    expect(cardOf(await house.asks(cem, 'approve', press(question, 'Show all').input)).quote?.text).toContain(TEXT)
  })

  it('counts no case of a release that it left, whose recipients hold its patches', async () => {
    const house = await untilReady()
    await untilReady(house, { id: OTHER })
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    const state = house.state()
    const [approval] = state.approvals
    if (approval === undefined) expect.fail('no approval')
    const world = { case: state, others: new Map([[OTHER, house.state(OTHER)]]) }
    const shown = JSON.stringify({ sections: [{ title: 'What it does', text: 'One line.' }] })
    const at = house.now
    const card = approvalCard({ state, approval, shown, policy: policyOf(), at, world, where: { platform: 'slack' } })
    expect(card.quote?.text).toContain('One line.')
    expect(card.quote?.text).not.toContain('Only people on all')
  })

  it('is kept out of chat if the content of any of the cases is', async () => {
    const chat = { ...policyOf().chat, archiveAfter: '30 days', content: 'metadata-from-critical' as const }
    const worded = new SmallHouse({ policy: policyOf('team', { chat }), previewText: TEXT.repeat(999) })
    const { house, preview, question } = await requestOfTwo(worded, 'critical')
    expect(keepsContentOut(house.policy.policy, house.state())).toBe(false)
    const all = cardOf(await house.asks(ben, 'approve', press(question, 'Show all').input))
    const look = cardOf(await house.asks(ben, 'approve', press(question, 'Look and approve').input))
    for (const card of [preview, question, all, look]) expect(JSON.stringify(card)).not.toContain(TEXT)
    expect(preview.fallback).toMatch(/What will happen: \d+ characters in 3 lines, not shown here/)
  })
})
