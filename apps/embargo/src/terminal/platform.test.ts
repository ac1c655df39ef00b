import { CaseId, EffectId } from '@embargo/core'
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
    ['notice', '1 mail opened no case; “embargo mail” lists them', '1 mail opened no case; “embargo mail” lists them'],
  ] as const)('is what kind of thing came and where to look, never a word of it: %s', async (kind, short, line) => {
    expect(await said(card(kind, short))).toEqual([line])
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
