import { PersonId } from '@embargo/core'
import type { ChatPlatform } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackPlatform, slackClient } from '../../src/index.ts'
import { BOT_TOKEN, effect, policy, recordingLog, workspace } from '../workspace.ts'

/**
 * More people than the number of invitation calls that Slack allows in a minute:
 * https://docs.slack.dev/reference/methods/conversations.invite
 */
const TEAM = Array.from({ length: 70 }, (_, index) => `U0P${index}`)
const GONE = 'U0GONE'
const everybody = [...TEAM.slice(0, 35), GONE, ...TEAM.slice(35)]

describe('a team of more people than Slack allows invitations a minute', () => {
  let slack: SlackEmulator
  let minutes = 0
  let channel = ''

  /** Moves the time on by a minute, so that all calls are allowed again, and returns a new platform. */
  const platform = (): ChatPlatform => {
    minutes += 1
    return createSlackPlatform({
      client: slackClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, log: recordingLog() }),
      policy,
      log: recordingLog(),
      accountsOf: (person) => [person],
    })
  }
  const inviteAll = (accounts: readonly string[]): Promise<unknown> =>
    platform()
      .invite({ channel, people: accounts.map((account) => PersonId.parse(account)) })
      .catch((error: unknown) => error)
  const inside = () => TEAM.filter((account) => slack.state.channels.get(channel)?.members.has(account)).length
  const calls = () => slack.state.requests.filter(({ method }) => method === 'conversations.invite').length

  beforeEach(async () => {
    minutes = 0
    slack = await workspace({
      users: [...TEAM.map((id) => ({ id, name: id.toLowerCase() })), { id: GONE, name: 'gone', isDeleted: true }],
      limits: { windowMs: 60_000 },
      monotonic: () => minutes * 60_001,
    })
    channel = (await platform().openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false }))
      .channel
  })
  afterEach(() => slack.close())

  it('is let in at once even if one of them left the workspace, and that person is reported', async () => {
    expect(await inviteAll(everybody)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(`1 of ${everybody.length} people into the channel (cant_invite)`),
    })
    expect({ inside: inside(), calls: calls() }).toEqual({ inside: TEAM.length, calls: 1 })
  })

  it('is let in even if the answer was lost, and is found there by the next call', async () => {
    slack.faults.next('conversations.invite', { kind: 'lose-answer' })
    expect(await inviteAll(TEAM)).toMatchObject({ code: 'unknown' })
    expect(await inviteAll(TEAM)).toBeUndefined()
    expect({ inside: inside(), calls: calls() }).toEqual({ inside: TEAM.length, calls: 2 })
  })

  it('is let in within some minutes if Slack does not say which of them it refuses', async () => {
    const unnamed = { kind: 'error', error: 'cant_invite' } as const
    slack.faults.next('conversations.invite', unnamed)
    expect(await inviteAll(TEAM)).toMatchObject({ code: 'rate-limited' })
    expect(inside()).toBeGreaterThan(TEAM.length / 2)
    slack.faults.next('conversations.invite', unnamed)
    expect(await inviteAll(TEAM)).toBeUndefined()
    expect(inside()).toBe(TEAM.length)
  })

  it('is refused as a whole if Slack refuses the channel', async () => {
    slack.faults.next('conversations.invite', { kind: 'error', error: 'is_archived' })
    const error = await inviteAll(TEAM)
    expect(error).toBeInstanceOf(OutsideError)
    expect(error).toMatchObject({ code: 'refused', gone: 'archived' })
  })
})
