import { PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { commandText } from './command-text.ts'

const people = (account: string) => (account === 'U0ANA' ? { id: PersonId.parse('ana') } : undefined)

describe('what was typed', () => {
  it.each([
    ['a listed member', '<@U0ANA|somebody>', '@ana'],
    ['a stranger who calls themselves ana', '<@U0EVE|ana>', '<@U0EVE>'],
    ['a channel', '<#C1|general>', '#general'],
    ['a group', '<!subteam^S1|@security>', '@security'],
    ['a broadcast', '<!here>', '@here'],
    ['a link', '<https://widget.example/a?b=1&amp;c=2>', 'https://widget.example/a?b=1&c=2'],
    ['a host that Slack made a link', '<http://widget.example|widget.example>', 'widget.example'],
    ['an address that Slack made a link', '<mailto:a@widget.example|a@widget.example>', 'a@widget.example'],
    ['a range', '&gt;= 1.0, &lt; 1.2.3', '>= 1.0, < 1.2.3'],
    ['an entity that was typed', '&amp;lt;', '&lt;'],
  ])('reads %s', (_what, sent, typed) => {
    expect(commandText(people, sent)).toBe(typed)
  })
})
