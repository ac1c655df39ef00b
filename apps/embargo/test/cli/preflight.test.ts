import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { startSlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

describe('a failure that is found before anything is created', () => {
  let folder: string
  const made = (): boolean => ['data', 'config'].some((one) => existsSync(join(folder, one)))

  beforeEach(() => {
    folder = newFolder()
    useFolder(folder)
  })

  afterEach(() => {
    leaveFolder(folder)
  })

  it('is a port that another program has', async () => {
    const other = createServer()
    const port = await listening(other)
    vi.stubEnv('EMBARGO_SMTP_LISTEN', `127.0.0.1:${port}`)
    expect(await shell('start')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /^The mail listener cannot listen on 127.*another program uses it\. Set EMBARGO_SMTP_LISTEN to a free address/,
      ),
    })
    expect(made()).toBe(false)
    await new Promise((resolve) => other.close(resolve))
  })

  it('is a port for GitHub’s webhook that another program has', async () => {
    const other = createServer()
    const port = await listening(other)
    vi.stubEnv('EMBARGO_SMTP_LISTEN', '127.0.0.1:0')
    vi.stubEnv('EMBARGO_GITHUB_TOKEN', 'github_pat_KUMQUATKUMQUATKUMQUAT')
    vi.stubEnv('EMBARGO_GITHUB_WEBHOOK_SECRET', 'kumquat-kumquat-kumquat')
    vi.stubEnv('EMBARGO_GITHUB_LISTEN', `127.0.0.1:${port}`)
    expect(await shell('start')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^Nothing can listen on 127.*set EMBARGO_GITHUB_LISTEN to another/),
    })
    expect(made()).toBe(false)
    await new Promise((resolve) => other.close(resolve))
  })

  it.each([
    ['bot', { bot: 'xoxb-wrong', app: 'xapp-1-right' }],
    ['app', { bot: 'xoxb-right', app: 'xapp-1-wrong' }],
  ])('is the %s token when Slack refuses it', async (which, { bot, app }) => {
    await using slack = await startSlackEmulator({
      users: [],
      appToken: 'xapp-1-right',
      botToken: 'xoxb-right',
      scopes: [],
    })
    writeFileSync(
      join(folder, 'policy.yaml'),
      [
        'profile: solo',
        'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
        'people: [{ id: ana, name: Ana, roles: [admin, team], slack: U0ANA }]',
        'platforms: [slack]',
      ].join('\n'),
    )
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
    vi.stubEnv('EMBARGO_SMTP_LISTEN', '127.0.0.1:0')
    vi.stubEnv('EMBARGO_SLACK_API_URL', slack.apiUrl)
    vi.stubEnv('EMBARGO_SLACK_APP_TOKEN', app)
    vi.stubEnv('EMBARGO_SLACK_BOT_TOKEN', bot)
    const { code, err } = await shell('start')
    expect([code, err]).toEqual([1, expect.stringContaining(`Slack refused the ${which} token: invalid_auth.`)])
    expect(made()).toBe(false)
  })
})

describe('without a running program', () => {
  let folder: string

  beforeEach(() => {
    folder = newFolder()
    useFolder(folder)
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
  })

  afterEach(() => {
    leaveFolder(folder)
  })

  it('says that mails and posts wait until a program is started', async () => {
    expect(await shell('status', 'all')).toMatchObject({ code: 0, err: '' })
    const opened = await shell('open', 'project', 'seen in review')
    expect([opened.code, opened.err]).toEqual([
      0,
      'No program is running, so mails and posts wait until it is started (npm start).\n',
    ])
  })

  it('tells a user who belongs to nobody why the list is empty and everything is refused', async () => {
    const { username } = userInfo()
    const nobody = `Nobody in the policy’s \`people\` has the user name ${username}; add \`osUser: ${username}\` to a person`
    writeFileSync(
      join(folder, 'data', 'embargo.policy.yaml'),
      [
        'profile: solo',
        'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
        'people: [{ id: ana, name: Ana, roles: [admin, team], osUser: somebody-else }]',
      ].join('\n'),
    )
    for (const line of [
      'status',
      'status all --json',
      'status overdue',
      'open quillmark',
      'SEC-2026-0001',
      'open waiting',
    ])
      expect(`${line}: ${(await shell(...line.split(' '))).err}`).toContain(nobody)
    expect((await shell('stats', '--from', '2026-01-01')).err).toContain(nobody)
    expect((await shell('SEC-2026-0001', 'status', 'why', 'ack')).err).toContain(nobody)
  }, 60_000)
})
