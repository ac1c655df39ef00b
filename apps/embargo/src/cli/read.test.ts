import { dateInWords, instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { readCommand } from './read.ts'

const RAW = 'Subject: a hole\r\n\r\n\u001B]52;c;cm0gLXJm\u0007hidden \u202Eback\r\n'

async function shown(...options: readonly string[]): Promise<string> {
  const lines: string[] = []
  await readCommand.run(['mails', 'm-1', ...options], {
    output: { out: (text) => void lines.push(text), err: () => undefined, colour: false, interactive: false },
    config: () => {
      throw new Error('not asked for')
    },
    ask: async () => ({ raw: RAW }),
    nobody: async () => undefined,
    waits: () => false,
  })
  return lines.join('\n')
}

async function listed(mails: object, ...args: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = []
  await readCommand.run(['mails', ...args], {
    output: { out: (text) => void lines.push(text), err: () => undefined, colour: false, interactive: false },
    config: () => {
      throw new Error('not asked for')
    },
    ask: async () => ({ unread: [], ...mails }),
    nobody: async () => undefined,
    waits: () => false,
  })
  return lines.flatMap((text) => text.split('\n'))
}

const CAME = { id: `m-${'5'.repeat(64)}`, name: 'm-5555555555', envelopeFrom: 'bounces@reporter.example' }
const WENT = {
  effect: 'SEC-2026-0001:1:0/send-mail/receipt>report:SEC-2026-0001/r1',
  name: 'o-1234567890',
  case: 'SEC-2026-0001',
  letter: 'receipt',
  to: { kind: 'report', report: 'SEC-2026-0001/r1' },
}

describe('embargo read mails', () => {
  it.each([
    [{ state: 'in-case', stream: 'SEC-2026-0001' }, 'SEC-2026-0001'],
    [
      { state: 'in-case', stream: 'SEC-2026-0001', quarantined: true },
      'SEC-2026-0001, in quarantine and not opened; the case says why',
    ],
    [
      { state: 'set-aside', because: 'a bounce that belongs to no case' },
      'set aside without a case: a bounce that belongs to no case',
    ],
    [{ state: 'waiting' }, 'waiting to be taken in'],
  ])('says what was done with a received mail: %j', async (mail, words) => {
    expect(await listed({ came: [{ ...CAME, receivedAt: 0, ...mail }], went: [] })).toEqual([
      'Came in: 1',
      `  Thu 1 Jan 1970, 00:00 UTC  ${words}`,
      '    bounces@reporter.example',
      '    embargo read mails m-5555555555',
      'Outgoing: 0',
    ])
  })

  it('shows the sender and the subject of a mail that may be read, each on one line', async () => {
    const from = 'Rea\u202E\n  SEC-2026-0009  approved <rea@reporter.example>'
    const mail = {
      ...CAME,
      receivedAt: 0,
      state: 'in-case',
      stream: 'SEC-2026-0001',
      from,
      subject: 'a\r\n\u001B[2Jhole',
    }
    expect((await listed({ came: [mail], went: [] })).slice(1, 4)).toEqual([
      '  Thu 1 Jan 1970, 00:00 UTC  SEC-2026-0001',
      '    Rea SEC-2026-0009 approved <rea@reporter.example>: a [2Jhole',
      '    embargo read mails m-5555555555',
    ])
  })

  it('shows the id that the command accepts for a mail that was set aside', async () => {
    const mail = { ...CAME, receivedAt: 0, state: 'dismissed', because: 'ana' }
    expect(await listed({ came: [mail], went: [] })).toContain(
      `  Thu 1 Jan 1970, 00:00 UTC  set aside by ana; "embargo open waiting ${CAME.id}" opens it`,
    )
  })

  it('accepts only the word mails', async () => {
    await expect(listed({ came: [], went: [] }, 'SEC-2026-0001', 'SEC-2026-0002')).rejects.toThrow('takes mails')
  })

  it.each([
    ['done', '250 2.0.0 queued', 'sent'],
    [
      'withdrawn',
      'The case was closed before this mail could be sent.',
      'withdrawn, sent to nobody: The case was closed before this mail could be sent.',
    ],
    [
      'failed',
      'The relay answered 550: no such user',
      'not sent, and not tried again: The relay answered 550: no such user',
    ],
    [
      'parked',
      'The connection\nbroke',
      'waits for a decision ("embargo settle" lists the choices): The connection broke',
    ],
    ['pending', undefined, 'waiting to be sent'],
    [
      'pending',
      'The relay answered 530: log in first',
      'waiting to be sent, tried before: The relay answered 530: log in first',
    ],
    ['parked', undefined, 'waits for a decision ("embargo settle" lists the choices): the case says why'],
  ])('says what happened to a mail that we sent: %s, %s', async (state, evidence, words) => {
    const mail = { ...WENT, state, ...(evidence !== undefined && { evidence }) }
    expect((await listed({ relays: true, came: [], went: [mail] })).slice(-2)).toEqual([
      `  SEC-2026-0001  receipt to the reporter  ${words}`,
      '    embargo read mails o-1234567890',
    ])
  })
})

it.each([
  ['no-bytes', 'the server delivers no text; Embargo tries again every hour'],
  ['too-large', 'larger than 25 MB, so it stays in the mailbox'],
  ['no-room', 'more mail arrived than the quota allows; Embargo reads it when there is room again'],
])('says why a mail is still in its mailbox: %s', async (because, words) => {
  const mail = { mailbox: 'security@imap.example', folder: 'INBOX\u001B[2J', uid: 7, receivedAt: 0, because }
  expect((await listed({ came: [], went: [], unread: [mail] })).slice(1, 3)).toEqual([
    'Still in a mailbox: 1',
    `  ${dateInWords(instant(0))}  security@imap.example, INBOX[2J, UID 7: ${words}`,
  ])
})

it('says which earlier mail to the same reader holds a mail back', async () => {
  const mail = { ...WENT, state: 'pending', behind: 'o-0987654321' }
  expect(await listed({ relays: true, came: [], went: [mail] })).toContain(
    '  SEC-2026-0001  receipt to the reporter  waits behind o-0987654321, an earlier mail to the same reader',
  )
})

describe('embargo read mails without a relay', () => {
  it('says that a mail waits, and why', async () => {
    expect(await listed({ relays: false, came: [], went: [{ ...WENT, state: 'pending' }] })).toContain(
      '  SEC-2026-0001  receipt to the reporter  waits here, sent to nobody: no relay is set (EMBARGO_SMTP_RELAY)',
    )
  })
})

describe('embargo read mails <id>', () => {
  it('lets no mail control a terminal, not even through a pipe', async () => {
    expect(await shown()).toBe('Subject: a hole\n\n]52;c;cm0gLXJmhidden back\n')
  })

  it('has the whole mail in JSON, with the escape sequences for a terminal escaped', async () => {
    const json = await shown('--json')
    expect(json).not.toMatch(/[\u001B\u0007\u202E]/u)
    expect(JSON.parse(json)).toEqual({ raw: RAW })
  })
})
