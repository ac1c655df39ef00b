import { CaseId, instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { digest } from './digest.ts'

const ONE = CaseId.parse('SEC-2026-0042')
const TWO = CaseId.parse('SEC-2026-0039')
const at = (day: number, hour: number) => instant(Date.UTC(2026, 5, day, hour))

const FIELDS = {
  project: 'Lantern',
  from: { kind: 'team' as const, address: 'security@lantern.example' },
  zone: 'Europe/Berlin',
  items: [
    { case: TWO, clock: 'retrospective', due: at(8, 14), when: 'this week', isNews: false },
    { case: ONE, clock: 'acknowledge', due: at(3, 9), when: 'overdue', isNews: false },
    { case: TWO, clock: 'release', due: at(4, 14), when: 'today', isNews: true },
  ] as const,
}

describe('the digest of a person', () => {
  it('says what is overdue, what is due today and what is due this week, each with its case', () => {
    expect(digest(FIELDS)).toMatchInlineSnapshot(`
      {
        "attachments": [],
        "automatic": true,
        "subject": "[SEC-2026-0042, SEC-2026-0039] 3 things for you, 1 overdue",
        "text": "Hello,

      Overdue:
      - SEC-2026-0042: acknowledge the report, since Wed 3 Jun 2026, 09:00 UTC
        (11:00 your time)

      Today:
      - SEC-2026-0039: publish, by Thu 4 Jun 2026, 14:00 UTC (16:00 your time)

      This week:
      - SEC-2026-0039: hold the retrospective, by Mon 8 Jun 2026, 14:00 UTC
        (16:00 your time)

      Start with "embargo SEC-2026-0042", or in the channel of that case.

      Are you away? Say so with "away" and a date, in chat or with "embargo
      away".

      A program wrote this mail; nobody reads an answer to it. Details are
      left out on purpose.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })

  it('names only a few case numbers in its subject, however many cases there are', () => {
    const items = [1, 2, 3, 4, 5].map((n) => ({ ...FIELDS.items[1], case: CaseId.parse(`SEC-2026-000${n}`) }))
    expect(digest({ ...FIELDS, items }).subject).toBe(
      '[SEC-2026-0001, SEC-2026-0002, SEC-2026-0003, 2 more] 5 things for you, 5 overdue',
    )
  })
})
