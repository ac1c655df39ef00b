import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CaseId } from '@embargo/core'
import { sendMail } from '@embargo/emulator-smtp'
import { describe, expect, it } from 'vitest'
import { CaseFacts } from '../../src/index.ts'
import { startMaintainer } from '../fixtures/maintainer.ts'
import type { CommandRun } from '../fixtures/one-person.ts'
import { newFolder } from '../fixtures/own-folder.ts'
import { printed, shell } from '../fixtures/shell.ts'
import { soloPolicy } from '../fixtures/solo-policy.ts'

/** The most commands of a run. If a run takes this many, something has gone wrong. */
const MAX_COMMANDS = 15

/** The most actions that a maintainer who is alone may need from the first mail to the end. */
const MAX_ACTIONS = 8

/**
 * The typed commands that count as actions. The reporter's mail and commands that only show the status do not count.
 */
const actionsOf = (typed: readonly CommandRun[]): readonly string[] =>
  typed.map(({ line }) => line).filter((line) => !/ status$|^embargo report\b/u.test(line))

describe('one person who types only what is printed', () => {
  it('finishes a practice case in one go, and nothing leaves the machine', async () => {
    const folder = newFolder()
    await using person = await startMaintainer({ folder })
    await person.types(['report', '--practice'])
    while (person.typed.length < MAX_COMMANDS && (await person.typesNext()));
    expect(person.typed.filter(({ code }) => code !== 0)).toEqual([])
    expect(actionsOf(person.typed).length).toBeLessThanOrEqual(MAX_ACTIONS)
    expect(person.typed.map(({ line }) => line.replace(folder, '')).join('\n')).toMatchInlineSnapshot(`
      "embargo report --practice
      embargo PRACTICE-2026-0001 ack
      embargo PRACTICE-2026-0001 triage valid --severity high
      embargo PRACTICE-2026-0001 patch --fixed-in 2.4.1 --component 'the template loader' --impact 'A crafted template name reads any file.' /data/practice.patch
      embargo PRACTICE-2026-0001 log-answer --message last --fix fixed
      embargo PRACTICE-2026-0001 disclose --yes
      embargo PRACTICE-2026-0001 approve --typed-case PRACTICE-2026-0001
      embargo PRACTICE-2026-0001 close --root-cause 'Template names were joined to a path without a check.'"
    `)
    const facts = CaseFacts.parse(printed(await shell('PRACTICE-2026-0001', '--json')))
    expect(facts).toMatchObject({ stage: 'closed' })
    expect(person.relay.mails).toEqual([])
    // The output of every command shows the number, from which the maintainer sees that this is a practice case.
    expect(person.typed.every(({ out }) => out.includes('PRACTICE-2026-0001'))).toBe(true)
  })

  it('gets from the first mail to the end of a real case', async () => {
    const folder = newFolder()
    const patch = join(folder, 'fix.patch')
    writeFileSync(patch, '--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+closed\n')
    const policy = soloPolicy({
      announce: 'announce@quillmark.example',
      branches: [{ name: 'main' }, { name: '4.2' }],
    })
    await using person = await startMaintainer({
      folder,
      policy,
      facts: {
        '<disposition>': 'valid',
        '<severity>': 'high',
        '<version>': '2.4.1',
        '<component>': 'loader',
        '<impact>': 'Reads any file.',
        '<file>': patch,
        '<answer>': 'fixed',
        '<root-cause>': 'A missing check.',
      },
    })
    await person.types(['report'])
    const answers = async (): Promise<void> => {
      const asked = await person.relay.until(
        (mail) => mail.header('Subject')?.includes('Please check the fix') === true,
      )
      await sendMail(person.program.smtpPort ?? 0, {
        from: { name: '', address: 'reporter@example.org' },
        to: asked.header('Reply-To') ?? '',
        subject: 'Re: Please check the fix',
        text: 'It fixes it.',
        messageId: '<answer@example.org>',
        date: new Date(0),
      })
      await takenIn()
    }
    const takenIn = async (): Promise<void> => {
      const { deps, queries } = person.program.engine
      for (;;) {
        const moved = Promise.withResolvers<void>()
        const stop = deps.onCommit(() => moved.resolve())
        const state = await queries.state(CaseId.parse('SEC-2026-0001'))
        const isIn = state?.kind === 'case' && state.messages.length > 1
        if (!isIn) await moved.promise
        stop()
        if (isIn) return
      }
    }
    while (person.typed.length < MAX_COMMANDS && (await person.typesNext())) {
      if (person.next()?.words.at(-1) === 'status') await answers()
    }
    expect(person.typed.filter(({ code }) => code !== 0)).toEqual([])
    expect(actionsOf(person.typed).length).toBeLessThanOrEqual(MAX_ACTIONS)
    expect(person.typed.map(({ line }) => line.replace(folder, '')).join('\n')).toMatchInlineSnapshot(`
      "embargo report
      embargo SEC-2026-0001 ack
      embargo SEC-2026-0001 triage valid high
      embargo SEC-2026-0001 patch --branch main --fixed-in 2.4.1 --component loader --impact 'Reads any file.' /fix.patch
      embargo SEC-2026-0001 status
      embargo SEC-2026-0001 log-answer --message last fixed
      embargo SEC-2026-0001 disclose --yes
      embargo SEC-2026-0001 approve --typed-case SEC-2026-0001
      embargo SEC-2026-0001 close --root-cause 'A missing check.'"
    `)
    expect(CaseFacts.parse(printed(await shell('SEC-2026-0001', '--json')))).toMatchObject({ stage: 'closed' })
    expect(person.relay.mails.map((mail) => mail.envelopeTo)).toContainEqual(['announce@quillmark.example'])
  })
})
