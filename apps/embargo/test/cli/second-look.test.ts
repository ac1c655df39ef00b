import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOUR, instant, later } from '@embargo/core'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { createMovedClock } from '@embargo/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CaseFacts } from '../../src/index.ts'
import type { Program } from '../../src/program/program.ts'
import { leaveFolder, newFolder, setVariable } from '../fixtures/own-folder.ts'
import { report, serveProgram } from '../fixtures/served-program.ts'
import { printed, shell } from '../fixtures/shell.ts'
import { soloPolicy } from '../fixtures/solo-policy.ts'

const NUMBER = 'SEC-2026-0001'
const CAME = instant(Date.UTC(2026, 5, 2, 9, 0))
/**
 * When the maintainer looks a second time at the waiver of the rule `fix`, and approves the waiver. The waiver is
 * needed because nobody else can check the patch.
 */
const WAIVED = later(CAME, HOUR)
const RELEASE = instant(Date.UTC(2026, 5, 16, 14, 0))

const HARBOUR = {
  id: 'harbour',
  name: 'Harbour',
  address: 'security@harbour.example',
  consented: '2026-01-15',
  plaintext: 'accepted',
}
const policy = soloPolicy(
  { cve: 'none', announce: 'announce@quillmark.example' },
  { prenotification: { lists: [{ id: 'distributors', name: 'Distributors', recipients: [HARBOUR] }] } },
)

describe('one maintainer alone, in a terminal', () => {
  const folder = newFolder()
  const clock = createMovedClock(CAME)
  const stack = new AsyncDisposableStack()
  let relay: SmtpSink
  let program: Program
  const on = (...args: readonly string[]) => shell(NUMBER, ...args)
  const letters = (subject: string) =>
    relay.mails.filter((mail) => mail.header('Subject')?.includes(subject)).map((mail) => mail.envelopeTo)

  /**
   * Waits until `fits` accepts the facts of the case, and resolves with these facts. They are checked after each
   * commit.
   */
  async function until(fits: (facts: CaseFacts) => boolean): Promise<CaseFacts> {
    for (;;) {
      const moved = Promise.withResolvers<void>()
      const stop = program.engine.deps.onCommit(() => moved.resolve())
      const facts = CaseFacts.parse(printed(await on('--json')))
      if (!fits(facts)) await moved.promise
      stop()
      if (fits(facts)) return facts
    }
  }

  beforeAll(async () => {
    relay = stack.use(await startSmtpSink())
    const served = stack.use(await serveProgram({ folder, policy, relayPort: relay.port, setVariable, clock }))
    program = served.program
    await report(program)
    const patch = join(folder, 'fix.patch')
    writeFileSync(patch, '--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+closed\n')
    const steps = [
      ['ack'],
      ['triage', 'valid', 'high'],
      ['affects', 'main'],
      ['assign-patch', 'ana'],
      ['patch', 'submit', patch],
      ['waive', 'fix', 'main', 'nobody', 'else', 'is', 'here', '--yes'],
      ['advisory', '--component', 'loader', '--impact', 'Reads any file.'],
    ]
    for (const step of steps) {
      const ran = await on(...step)
      if (ran.code !== 0) throw new Error(`${step.join(' ')}: ${ran.err}${ran.out}`)
    }
    clock.moveTo(WAIVED)
    const waived = await on('approve', '--typed-case', NUMBER, '--yes')
    if (waived.code !== 0) throw new Error(`${waived.err}${waived.out}`)
  })

  afterAll(async () => {
    await stack.disposeAsync()
    leaveFolder(folder)
  })

  it('shows in full what would be sent, and sends nothing', async () => {
    const shown = await on('prenotify', '2026-06-16', '--json')
    expect(shown.code).toBe(1)
    expect(printed(shown)).toMatchObject({
      is: 'preview',
      leaves: [{ to: 'security@harbour.example', subject: expect.stringContaining('TLP:AMBER'), attachments: [{}] }],
    })
    expect(letters('TLP:AMBER')).toEqual([])
  })

  it('waits an hour before the second look, and says until when', async () => {
    expect((await on('prenotify', '2026-06-16', '--yes')).code).toBe(0)
    const early = await on('approve', '--typed-case', NUMBER, '--yes')
    expect([early.code, early.out]).toEqual([1, ''])
    expect(early.err).toContain('A second person must agree; in the solo profile the same person must look again.')
    expect(early.err.replaceAll(/\s+/g, ' ')).toContain('Tue 2 Jun 2026, 11:00 UTC')
    expect(printed(await on('--json'))).toMatchObject({
      approvals: [{ command: 'prenotify', mode: 'second-look', askedBy: 'ana', notBefore: '2026-06-02T11:00:00.000Z' }],
    })
    expect(letters('TLP:AMBER')).toEqual([])
  })

  it('accepts the second look after the hour only with the number of the case', async () => {
    clock.moveTo(later(WAIVED, HOUR))
    const untyped = await on('approve', '--yes')
    expect([untyped.code, untyped.out]).toEqual([2, expect.stringContaining('--typed-case')])
    const wrong = await on('approve', '--typed-case', 'SEC-2026-0002', '--yes')
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringContaining('A second person must agree; in the solo profile the same person must look again.'),
    ])
    expect(letters('TLP:AMBER')).toEqual([])
    expect(await on('approve', '--typed-case', NUMBER, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Approved.'),
    })
    await relay.until((mail) => mail.envelopeTo.includes('security@harbour.example'))
    expect(letters('TLP:AMBER')).toEqual([['security@harbour.example']])
  })

  it('publishes on the day with the same two looks', async () => {
    clock.moveTo(RELEASE)
    expect((await on('disclose', '--yes')).code).toBe(0)
    expect((await on('approve', '--typed-case', NUMBER, '--yes')).code).toBe(1)
    clock.moveTo(later(RELEASE, HOUR))
    const done = await on('approve', '--typed-case', NUMBER, '--yes', '--json')
    expect([done.code, printed(done)]).toEqual([0, expect.objectContaining({ is: 'done', said: 'Approved.' })])
    await relay.untilAll((mails) => mails.filter((mail) => mail.envelopeTo.includes('announce@quillmark.example'))[0])
    const facts = await until(({ release }) => release?.state === 'released')
    expect(facts.recipients).toEqual({ told: 1, of: 1 })
  })
})
