import { heldReportsCard, setAsideCard, stalledClocksCard } from '@embargo/chat'
import { CaseId, EffectId, instant } from '@embargo/core'
import type { Actor } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { terminalPlatform } from './platform.ts'

const DIGEST = 'd'.repeat(64)
const NUMBER = CaseId.parse('SEC-2026-0001')

const SYSTEM: Actor = { kind: 'system', part: 'mail' }
const ANA: Actor = { kind: 'person', platform: 'terminal', account: 'ana' }
const BEN: Actor = { kind: 'person', platform: 'terminal', account: 'ben' }

const card = (kind: Card['kind'], notification: string, more: Partial<Card> = {}): Card => ({
  kind,
  title: `${NUMBER} · a report arrived`,
  lines: [],
  fields: [{ label: 'Subject', value: [{ text: 'a secret subject', hostile: true }] }],
  attachments: [],
  actions: [],
  fallback: 'a secret text',
  notification,
  ...more,
})

async function said(
  shown: Card,
  { pin = false, embargo = 'npx embargo', by = SYSTEM }: { pin?: boolean; embargo?: string; by?: Actor } = {},
): Promise<readonly string[]> {
  const lines: string[] = []
  const isReader = (actor: Actor): boolean => actor === ANA
  const platform = terminalPlatform((line) => void lines.push(line), { embargo, isReader })
  await platform.post({ effect: EffectId.parse('e/post/terminal'), channel: 'c', card: shown, pin, lookUp: false, by })
  return lines
}

describe('what the running program says in a terminal', () => {
  it.each<[string, Card, string]>([
    [
      'a report',
      card('report', NUMBER, {
        quote: { label: 'The report', text: 'a secret text\nof two lines' },
        attachments: [{ name: 'secret.txt', type: 'text/plain', bytes: 3_000, sha256: DIGEST }],
      }),
      `${NUMBER}: a report arrived, 26 characters in 2 lines, 1 file, 3.0 kB`,
    ],
    ['a report whose text is read on request', card('report', NUMBER), `${NUMBER}: a report arrived`],
    [
      'a question',
      card('approval', `${NUMBER} · high`, { title: `${NUMBER} · a second look is asked` }),
      `${NUMBER} · high: a second look is asked`,
    ],
    [
      'what somebody did',
      card('change', NUMBER, {
        title: '',
        lines: [
          [{ text: 'Ana took a note: ' }, { text: 'a secret', hostile: true }, { text: '.' }],
          [{ text: 'A second line.' }],
        ],
      }),
      `${NUMBER}: Ana took a note: not shown here`,
    ],
  ])('says what happened and where to read it, never the content: %s', async (_name, shown, line) => {
    expect(await said(shown)).toEqual([`${line}. Look at it: npx embargo ${NUMBER}`])
  })

  it.each([
    [heldReportsCard({ count: 2, at: instant(Date.UTC(2026, 4, 25)) }), '2 new reports wait for a person'],
    [
      setAsideCard({ count: 1, day: instant(Date.UTC(2026, 4, 25)) }),
      'Mon 25 May 2026 · 1 mail opened no case. Look at it: npx embargo read mails',
    ],
    [
      stalledClocksCard({ cases: [NUMBER], runAgain: false }),
      `⚠ The deadlines of ${NUMBER} have stopped. Look at it: npx embargo audit verify`,
    ],
  ])('shows the title and the command that shows more, if a message concerns no case', async (shown, line) => {
    expect(await said(shown)).toEqual([line])
  })

  it('names the command that finds this program if its data is elsewhere', async () => {
    expect(await said(card('report', NUMBER), { embargo: 'EMBARGO_DATA=/srv/embargo npx embargo' })).toEqual([
      `SEC-2026-0001: a report arrived. Look at it: EMBARGO_DATA=/srv/embargo npx embargo ${NUMBER}`,
    ])
  })

  it('shows nothing that its reader did, and everything that others did', async () => {
    expect(await said(card('change', NUMBER), { by: ANA })).toEqual([])
    expect(await said(card('change', NUMBER), { by: BEN })).toHaveLength(1)
  })

  it('shows nothing for a card that is only edited in place', async () => {
    expect(await said(card('status', 'SEC-2026-0001'), { pin: true })).toEqual([])
  })
})
