import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, loadSecrets, surroundingsOfProcess } from '@embargo/config'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLog } from '../../src/index.ts'
import { openProgram } from '../../src/program/program.ts'
import { systemClock } from '../../src/program/system-clock.ts'
import { shell } from '../fixtures/shell.ts'

const GUIDE = readFileSync(join(import.meta.dirname, '../../../../docs/operations.md'), 'utf8')

/** The policy in the documentation, which uses Slack. */
const SHOWN = /```yaml\n(profile: team[\s\S]*?)```/.exec(GUIDE)?.[1] ?? ''

describe("the guide's policy, in a shell that has no Slack tokens", () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-untold-'))
  const data = join(folder, 'data')

  beforeAll(() => {
    vi.stubEnv('EMBARGO_DATA', data)
    vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'))
    mkdirSync(data, { mode: 0o700 })
    writeFileSync(join(data, 'embargo.policy.yaml'), SHOWN)
  })

  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  it('is not started, and nothing is created', async () => {
    const { code, err } = await shell('start')
    expect(code).toBe(1)
    expect(err).toMatch(/EMBARGO_SLACK_APP_TOKEN[\s\S]*token is missing[\s\S]*EMBARGO_SLACK_BOT_TOKEN/)
    expect(existsSync(join(data, 'embargo.db'))).toBe(false)
    expect(existsSync(join(folder, 'config'))).toBe(false)
  })

  it('works for every command that needs no token', async () => {
    const config = loadConfig(surroundingsOfProcess(), 'look')
    const log = createLog({ write: () => undefined })
    await (await openProgram({ config, secrets: loadSecrets(config), clock: systemClock, log }))[Symbol.asyncDispose]()
    for (const line of ['policy diff', 'status all', 'read mails', 'audit verify', 'SEC-2026-0001 status why ack']) {
      const { out, err } = await shell(...line.split(' '))
      expect(`${line}: ${out}${err}`).not.toMatch(/token is missing|can't go on/)
    }
    expect(await shell('audit', 'verify')).toMatchObject({ code: 0, err: '' })
  }, 60_000)
})
