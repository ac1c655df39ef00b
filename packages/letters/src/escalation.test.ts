import { describe, expect, it } from 'vitest'
import { escalation } from './escalation.ts'

const FIELDS = {
  caseNumber: 'SEC-2026-0042',
  project: 'Lantern',
  from: { kind: 'team' as const, address: 'security@lantern.example' },
  now: Date.UTC(2026, 5, 4, 9),
  what: 'acknowledge the report',
  due: Date.UTC(2026, 5, 2, 9),
  last: true,
}

describe('the mail about a deadline', () => {
  it('names the case and the deadline, and says where to look', () => {
    expect(escalation.words(FIELDS)).toMatchInlineSnapshot(`
      {
        "attachments": [],
        "automatic": true,
        "subject": "[SEC-2026-0042] Overdue: acknowledge the report",
        "text": "Hello,

      SEC-2026-0042 has a deadline that was due Tue 2 Jun 2026, 09:00 UTC:
      acknowledge the report.

      Nobody has done it yet.

      Please look at the case in its channel, or with "embargo SEC-2026-0042".

      Nobody else is told after you, and this is the last mail about this
      deadline.

      A program wrote this mail. On purpose, it says nothing about the case;
      please answer in the channel, not here.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })

  it('says that the channel repeats the reminder if other people wait for the task', () => {
    expect(escalation.words({ ...FIELDS, repeats: true }).text).toContain('The reminder is repeated in the channel')
  })

  it('names who was reminded before, and who is next', () => {
    const { subject, text } = escalation.words({ ...FIELDS, last: false, before: 'Ana', next: 'admins' })
    expect(subject).toBe('[SEC-2026-0042] Needs you: acknowledge the report')
    expect(text).toContain('Ana was reminded and has not done it yet.')
    expect(text).toContain('the admins of the case are told next')
  })

  it.each([
    ['another', 'somebody else on the team is asked next'],
    ['again', 'you are told again'],
    ['nobody', 'this is the last mail about this'],
  ] as const)('promises no escalation where none comes: %s', (next, says) => {
    const { text } = escalation.words({ ...FIELDS, last: false, next })
    expect(text).toContain(says)
    expect(text).not.toContain('admins')
  })

  it('promises nothing if the deadline is no longer running', () => {
    expect(escalation.words({ ...FIELDS, last: false }).text).not.toMatch(/Without it|Nobody else/u)
  })
})
