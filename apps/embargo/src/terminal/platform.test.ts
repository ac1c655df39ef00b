import { heldCard, setAsideCard, standingCard } from '@embargo/chat'
import { CaseId, EffectId, instant } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { terminalPlatform } from './platform.ts'

const NUMBER = CaseId.parse('SEC-2026-0001')

const card = (kind: Card['kind'], notification: string): Card => ({
  kind,
  title: `${NUMBER} · a secret title`,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: 'a secret text',
  notification,
})

async function said(shown: Card, { pin = false, embargo = 'npx embargo' } = {}): Promise<readonly string[]> {
  const lines: string[] = []
  const platform = terminalPlatform((line) => void lines.push(line), embargo)
  await platform.post({ effect: EffectId.parse('e/post/terminal'), channel: 'c', card: shown, pin, lookUp: false })
  return lines
}

describe('what the running program says in a terminal', () => {
  it.each([
    ['report', 'SEC-2026-0001', `SEC-2026-0001: a report came. Look at it: npx embargo case ${NUMBER}`],
    [
      'approval',
      'SEC-2026-0001 · high',
      `SEC-2026-0001 · high: a yes is asked for. Look at it: npx embargo case ${NUMBER}`,
    ],
  ] as const)('is what kind of thing came and where to look, never a word of it: %s', async (kind, short, line) => {
    expect(await said(card(kind, short))).toEqual([line])
  })

  it.each([
    [heldCard({ count: 2, at: instant(Date.UTC(2026, 4, 25)) }), '2 new reports wait for a person'],
    [
      setAsideCard({ count: 1, day: instant(Date.UTC(2026, 4, 25)) }),
      'Mon 25 May 2026 · 1 mail opened no case. Look at it: npx embargo mail',
    ],
    [
      standingCard({ cases: [NUMBER], runAgain: false }),
      `The clocks of ${NUMBER} stand still. Look at it: npx embargo log verify`,
    ],
  ])('is the title of what is told of no case, and the command that shows it', async (shown, line) => {
    expect(await said(shown)).toEqual([line])
  })

  it('finds this program, where its data is elsewhere', async () => {
    expect(await said(card('report', NUMBER), { embargo: 'EMBARGO_DATA=/srv/embargo npx embargo' })).toEqual([
      `SEC-2026-0001: a report came. Look at it: EMBARGO_DATA=/srv/embargo npx embargo case ${NUMBER}`,
    ])
  })

  it('is nothing for a card that only stands somewhere', async () => {
    expect(await said(card('status', 'SEC-2026-0001'), { pin: true })).toEqual([])
  })
})
