import { describe, expect, it } from 'vitest'
import { mailCommand } from './mail.ts'

const RAW = 'Subject: a hole\r\n\r\n\u001B]52;c;cm0gLXJm\u0007hidden \u202Eback\r\n'

async function shown(...options: readonly string[]): Promise<string> {
  const lines: string[] = []
  await mailCommand.run(['show', 'm-1', ...options], {
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

async function listed(mails: unknown): Promise<readonly string[]> {
  const lines: string[] = []
  await mailCommand.run([], {
    output: { out: (text) => void lines.push(text), err: () => undefined, colour: false, interactive: false },
    config: () => {
      throw new Error('not asked for')
    },
    ask: async () => mails,
    nobody: async () => undefined,
    waits: () => false,
  })
  return lines.flatMap((text) => text.split('\n'))
}

describe('embargo mail', () => {
  it.each([
    [{ state: 'in-case', stream: 'SEC-2026-0001' }, 'SEC-2026-0001'],
    [
      { state: 'in-case', stream: 'SEC-2026-0001', quarantined: true },
      'SEC-2026-0001, in quarantine and not opened; the case says why',
    ],
    [
      { state: 'set-aside', because: 'a bounce that belongs to no case' },
      'set aside, in no case: a bounce that belongs to no case',
    ],
    [{ state: 'waiting' }, 'waiting to be taken in'],
  ])('says what became of a mail that came: %j', async (mail, words) => {
    expect(await listed({ came: [{ id: 'm-1', receivedAt: 0, ...mail }], went: [] })).toEqual([
      'Came in: 1',
      `  1970-01-01T00:00:00.000Z  ${words}`,
      '    embargo mail show m-1',
      'To go out: 0',
    ])
  })

  it.each([
    ['done', '250 2.0.0 queued', 'sent'],
    [
      'withdrawn',
      'The case was closed before this mail could leave.',
      'withdrawn, sent to nobody: The case was closed before this mail could leave.',
    ],
    ['failed', 'no such user', 'not sent, for good; the case says why'],
    ['parked', 'the connection broke', 'it waits for a person: the case asks what is to be done'],
    ['pending', undefined, 'waiting to be sent'],
  ])('says what became of a mail that went: %s, %s', async (state, evidence, words) => {
    const mail = {
      effect: 'e-1',
      case: 'SEC-2026-0001',
      letter: 'receipt',
      to: { kind: 'report', report: 'r1' },
      state,
    }
    expect(
      await listed({ relays: true, came: [], went: [{ ...mail, ...(evidence !== undefined && { evidence }) }] }),
    ).toContain(`  SEC-2026-0001  receipt → report:r1  ${words}`)
  })
})

describe('embargo mail without a relay', () => {
  it('says that a mail waits, and why', async () => {
    const mail = { effect: 'e-1', case: 'SEC-2026-0001', letter: 'receipt', to: { kind: 'report', report: 'r1' } }
    expect(await listed({ relays: false, came: [], went: [{ ...mail, state: 'pending' }] })).toContain(
      '  SEC-2026-0001  receipt → report:r1  waits here, sent to nobody: no relay is set (EMBARGO_SMTP_RELAY)',
    )
  })
})

describe('embargo mail show', () => {
  it('lets no mail drive a terminal, through a pipe either', async () => {
    expect(await shown()).toBe('Subject: a hole\n\n]52;c;cm0gLXJmhidden back\n')
  })

  it('has all of it in JSON, with what would drive a terminal escaped', async () => {
    const json = await shown('--json')
    expect(json).not.toMatch(/[\u001B\u0007\u202E]/u)
    expect(JSON.parse(json)).toEqual({ raw: RAW })
  })
})
