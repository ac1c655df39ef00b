import { COMMANDS } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { lintManifest, renderForm, slackManifest, slashCommands } from '../src/index.ts'
import { rootCommand } from '../src/manifest/commands.ts'

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

  it('offers the main line by bare names', () => {
    expect(
      slashCommands({ commands: COMMANDS })
        .map((each) => each.command)
        .toSorted(),
    ).toEqual(['/cvd', '/ack', '/assign-patch', '/confirm', '/disclose', '/link', '/prenotify'].toSorted())
  })

  it.each(COMMANDS.map((command) => [command.verb, command] as const))('draws the form of %s', (_verb, command) => {
    const form = command.form('')
    expect(renderForm(form, 'C0123456789').blocks).toHaveLength(form.fields.length)
  })
})
