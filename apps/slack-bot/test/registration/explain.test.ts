import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { BOT_EVENTS, explainManifest, SCOPES, slackManifest } from '../../src/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/slack.md'), 'utf8')
const explained = /<!-- explained:begin -->\n(.*)<!-- explained:end -->/s.exec(page)?.[1]

describe('what the documentation says of the manifest', () => {
  it('is what `embargo init slack --explain` prints', () => {
    expect(explained?.trim()).toBe(explainManifest(slackManifest({ commands: COMMANDS })).trim())
  })

  it('names every scope and every event with its reason', () => {
    for (const name of [...Object.keys(SCOPES), ...BOT_EVENTS])
      expect(explained).toMatch(new RegExp(`\`${name}\` \\| .{5,}`))
  })
})
