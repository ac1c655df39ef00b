import { describe, expect, it } from 'vitest'
import { outage } from './outage.ts'

describe('the mail about a chat platform that is away', () => {
  it('says that the platform works again', () => {
    const letter = outage({
      project: 'Lantern',
      from: { kind: 'team', address: 'security@lantern.example' },
      outside: 'slack',
      what: 'all',
      since: Date.UTC(2026, 5, 2, 9),
      now: Date.UTC(2026, 5, 2, 12),
    })
    expect(letter.subject).toBe('Embargo works on Slack again')
    expect(letter.text.replaceAll('\n', ' ')).toContain('It had not been able to post on Slack since')
  })

  it('says that private reports stay where they were submitted, and to look there', () => {
    const letter = outage({
      project: 'Quillmark',
      from: { kind: 'team', address: 'security@quillmark.example' },
      outside: 'private-reports',
      what: 'all',
      why: 'quillmark/quillmark: GitHub cannot be reached.',
      since: Date.UTC(2026, 4, 4, 9, 0),
      now: Date.UTC(2026, 4, 4, 9, 0),
    })
    expect(letter.subject).toBe('Embargo cannot read private reports')
    expect(letter.text).toContain('look there\nyourself.')
  })

  it('says that mail waits in the mailbox', () => {
    const letter = outage({
      project: 'Lantern',
      from: { kind: 'team', address: 'security@lantern.example' },
      outside: 'mailbox',
      what: 'all',
      why: 'security@lantern.example: The server refuses the login.',
      since: Date.UTC(2026, 5, 2, 9),
      now: Date.UTC(2026, 5, 2, 12),
    })
    expect(letter.subject).toBe('Embargo cannot read the mailbox')
    expect(letter.text).toContain('New mail stays in the mailbox. None is lost')
  })

  it('says which setting to change, and that nothing is lost', () => {
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
        "subject": "Embargo cannot post on Discord",
        "text": "Hello,

      Embargo has not been able to post on Discord since Tue 2 Jun 2026, 09:00
      UTC.

      Message Content Intent is off. Switch it on.

      Mail is accepted and deadlines run as always. Nothing that waits for
      Discord is lost, and Embargo continues as soon as Discord works again.
      If you set a new token, restart Embargo.

      A program wrote this mail; nobody reads an answer to it.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })
})

describe('the mail about a test mail', () => {
  const fields = {
    project: 'Lantern',
    from: { kind: 'team', address: 'security@lantern.example' },
    outside: 'mail',
    what: 'return',
    since: Date.UTC(2026, 5, 2, 9),
    now: Date.UTC(2026, 5, 2, 12),
  } as const

  it('says that reports might not arrive either, and later that a test mail arrived', () => {
    const lost = outage({ ...fields, why: 'It did not arrive. Look for it: embargo doctor mail' })
    expect(lost.subject).toBe('Embargo cannot receive its own test mail')
    expect(lost.text.replaceAll('\n', ' ')).toMatch(
      /Look for it: embargo doctor mail .*Reports from outside might not arrive either/u,
    )
    const back = outage(fields)
    expect(back.subject).toBe('The test mail of Embargo arrives again')
    expect(back.text).toContain('The test mail arrived.')
  })
})

describe('the mail about a security.txt that expires soon', () => {
  it('says which one, and what happens then', () => {
    const fields = {
      project: 'Lantern',
      from: { kind: 'team', address: 'security@lantern.example' },
      outside: 'mail',
      what: 'security-txt',
      since: Date.UTC(2026, 5, 2, 9),
      now: Date.UTC(2026, 5, 2, 12),
    } as const
    const letter = outage({ ...fields, why: 'The security.txt of lantern expires on Tue 30 Jun 2026.' })
    expect(letter.subject).toBe('A security.txt expires soon')
    expect(letter.text.replaceAll('\n', ' ')).toMatch(/expires on Tue 30 Jun 2026\..*cannot tell whether the address/u)
    expect(outage(fields).subject).toBe('No security.txt expires soon')
  })
})

describe('the mail about OpenPGP keys that expire soon', () => {
  const fields = {
    project: 'Lantern',
    from: { kind: 'team', address: 'security@lantern.example' },
    outside: 'mail',
    what: 'keys',
    since: Date.UTC(2026, 5, 2, 9),
    now: Date.UTC(2026, 5, 2, 12),
  } as const

  it('says which keys expire, and what happens then', () => {
    const letter = outage({ ...fields, why: 'The OpenPGP key of north ends on Tue 30 Jun 2026.' })
    expect(letter.subject).toBe('OpenPGP keys expire soon')
    expect(letter.text.replaceAll('\n', ' ')).toMatch(/ends on Tue 30 Jun 2026\..*wait until there is a new key/u)
    expect(outage(fields).subject).toBe('No OpenPGP key expires soon')
  })
})
