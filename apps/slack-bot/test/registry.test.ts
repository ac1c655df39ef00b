import { COMMANDS } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { lintManifest, renderForm, slackManifest, slashCommands } from '../src/index.ts'

describe('the real registry on Slack', () => {
  it('makes a manifest that Slack takes, with or without a prefix', () => {
    expect(lintManifest(slackManifest({ commands: COMMANDS }))).toEqual([])
    expect(lintManifest(slackManifest({ prefix: 'sec', commands: COMMANDS }))).toEqual([])
  })

  it('offers the main line by bare names', () => {
    expect(
      slashCommands({ commands: COMMANDS })
        .map((each) => each.command)
        .toSorted(),
    ).toEqual(['/cvd', '/ack', '/assign-patch', '/confirm', '/disclose', '/prenotify'].toSorted())
  })

  it.each(COMMANDS.map((command) => [command.verb, command] as const))('draws the form of %s', (_verb, command) => {
    const form = command.form('')
    expect(renderForm(form, 'C0123456789').blocks).toHaveLength(form.fields.length)
  })
})
