import { describe, expect, it } from 'vitest'
import { outage } from './outage.ts'

describe('the mail about a chat platform that is away', () => {
  it('says that it is there again', () => {
    const letter = outage({
      project: 'Lantern',
      from: { kind: 'team', address: 'security@lantern.example' },
      outside: 'slack',
      what: 'all',
      since: Date.UTC(2026, 5, 2, 9),
      now: Date.UTC(2026, 5, 2, 12),
    })
    expect(letter.subject).toBe('Embargo works on Slack again')
    expect(letter.text).toContain('It could say nothing on Slack since')
  })

  it('says which switch to turn, and that nothing is lost', () => {
    expect(
      outage({
        project: 'Lantern',
        from: { kind: 'team', address: 'security@lantern.example' },
        outside: 'discord',
        what: 'all',
        why: 'Message Content Intent is off. Switch it on.',
        since: Date.UTC(2026, 5, 2, 9),
        now: Date.UTC(2026, 5, 2, 9, 1),
      }),
    ).toMatchInlineSnapshot(`
      {
        "attachments": [],
        "automatic": true,
        "subject": "Embargo can say nothing on Discord",
        "text": "Hello,

      Embargo can say nothing on Discord since Tue 2 Jun 2026, 09:00 UTC (1
      minute ago).

      Message Content Intent is off. Switch it on.

      Mail is taken in and deadlines run as always. What waits for Discord is
      not lost, and Embargo goes on with it as soon as Discord works again;
      after a new token it must be started again.

      A program wrote this mail; nobody reads an answer to it.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })
})
