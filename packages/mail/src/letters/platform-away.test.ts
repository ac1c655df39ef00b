import { describe, expect, it } from 'vitest'
import { platformAway } from './platform-away.ts'

describe('the mail about a chat platform that is away', () => {
  it('says which switch to turn, and that nothing is lost', () => {
    expect(
      platformAway({
        project: 'Lantern',
        from: { kind: 'team', address: 'security@lantern.example' },
        platform: 'discord',
        what: 'all',
        why: 'Message Content Intent is off. Switch it on.',
        since: Date.UTC(2026, 5, 2, 9),
        now: Date.UTC(2026, 5, 2, 9, 1),
      }),
    ).toMatchInlineSnapshot(`
      {
        "attachments": [],
        "automatic": true,
        "subject": "Embargo can say nothing on Discord: somebody must mend it",
        "text": "Hello,

      Embargo can say nothing on Discord since Tue 2 Jun 2026, 09:00 UTC (1
      minute ago).

      Message Content Intent is off. Switch it on.

      Mail is taken in and deadlines run as always. What was to be said on
      Discord waits, and nothing of it is lost. Embargo notices by itself what
      is mended in Discord; after a new token it must be started again.

      A program wrote this mail; nobody reads an answer to it.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })
})
