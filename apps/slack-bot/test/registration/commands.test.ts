import { COMMANDS } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { lintManifest, renderForm, slackManifest } from '../../src/index.ts'
import { formAtOnce } from '../../src/bot/invoke.ts'
import { rootCommand } from '../../src/registration/commands.ts'
import { scriptedRouter } from '../workspace.ts'

describe('the real registry on Slack', () => {
  it('names its root command as the manifest does', () => {
    for (const prefix of [undefined, 'sec'])
      expect(slackManifest({ prefix, commands: COMMANDS }).features.slash_commands[0]?.command).toBe(
        `/${rootCommand(prefix)}`,
      )
  })

  it('makes a manifest that Slack takes, with or without a prefix', () => {
    expect(lintManifest(slackManifest({ commands: COMMANDS }))).toEqual([])
    expect(lintManifest(slackManifest({ prefix: 'sec', commands: COMMANDS }))).toEqual([])
  })

  it('opens each form of more than two fields before anything is read, unless the command is complete without values', () => {
    const router = {
      ...scriptedRouter(() => Promise.reject(new Error('the router was asked'))),
      commands: COMMANDS,
    }
    const asked = COMMANDS.filter(
      ({ verb, form }) => form('').fields.length > 2 && formAtOnce({ router }, verb, '') === undefined,
    )
    // Without values, `advisory` shows what is written, `close` shows what is still to do, `status` lists the open
    // cases, `confirm` confirms the whole fix, `prenotify` tells all recipients, and `settle` lists the effects whose
    // outcome is unknown.
    const complete = ['advisory', 'close', 'confirm', 'prenotify', 'settle', 'status']
    expect(asked.map(({ verb }) => verb).toSorted()).toEqual(complete)
  })

  it.each(COMMANDS.map((command) => [command.verb, command] as const))('draws the form of %s', (_verb, command) => {
    const form = command.form('')
    expect(renderForm(form, 'C0123456789').blocks).toHaveLength(form.fields.length)
  })
})
