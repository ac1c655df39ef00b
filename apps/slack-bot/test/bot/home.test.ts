import type { Card } from '@embargo/engine'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack } from '../boot-slack.ts'
import { card } from '../cards.ts'
import { ANA, EVE } from '../workspace.ts'

let home: () => Promise<readonly Card[]>

beforeEach(() => {
  home = async () => []
})
const on = bootSlack({ router: { home: () => home() } })
const rendered = (user = ANA) => {
  const shown = on.slack.state.homes.get(user)
  return shown === undefined ? '' : on.slack.render(shown)
}

describe('the Home tab', () => {
  const waits = card({
    title: 'Waits for you · 1 case',
    actions: [{ label: 'SEC-2026-0042', verb: 'status', input: { case: 'SEC-2026-0042' } }],
  })

  it('is drawn again each time it is opened', async () => {
    home = async () => [waits, card({ title: 'Overdue · 2 cases' })]
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('Overdue'))
    expect(rendered()).toContain('Waits for you · 1 case\nAna acknowledged.\n[ SEC-2026-0042 ]\n────')
    home = async () => [card({ title: 'Nothing waits' })]
    on.ana().openHome()
    await on.slack.until(() => rendered().startsWith('Nothing waits'))
    expect(rendered()).not.toContain('Overdue')
  })

  it('answers its buttons on it, and is drawn again after them', async () => {
    home = async () => [waits]
    on.ana().openHome()
    await on.slack.until(() => on.ana().home)
    home = async () => [card({ title: 'Nothing waits' })]
    on.reply = () => ({ audience: 'channel', card: card({ title: 'SEC-2026-0042 · fixing' }) })
    const outcome = await on.ana().clickHome('SEC-2026-0042')
    await outcome.shown()
    expect(outcome.view?.view.title.text).toBe('SEC-2026-0042 · fixing')
    expect(on.router.heard).toMatchObject([
      { verb: 'status', input: { case: 'SEC-2026-0042' }, place: { private: true } },
    ])
    await on.slack.until(() => rendered().startsWith('Nothing waits'))
    expect(on.slack.state.messagesIn(on.channel)).toEqual([])
  })

  it('tells a stranger only that their account belongs to nobody', async () => {
    home = async () => [waits]
    on.slack.person(EVE).openHome()
    await on.slack.until(() => rendered(EVE).includes('does not know you'))
    expect(rendered(EVE)).not.toContain('SEC-2026')
  })

  it('says how many cards did not fit', async () => {
    home = async () => Array.from({ length: 120 }, (_, index) => card({ title: `Part ${index}` }))
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('more did not fit'))
    expect(on.ana().home?.view.blocks.length).toBeLessThanOrEqual(100)
  })

  it('is drawn at the next visit if it cannot be drawn now', async () => {
    on.slack.faults.next('views.publish', { kind: 'status', status: 500 })
    home = async () => [waits]
    on.ana().openHome()
    await on.slack.until((state) => state.requests.some(({ method }) => method === 'views.publish'))
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('Waits for you'))
    expect(on.log.lines.join('\n')).toContain('a Home tab was not drawn')
  })
})
