import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/commands/index.ts'

const FOLDER = join(import.meta.dirname, '../../src/commands')

/** The files that define commands, and how many commands each of them defines. */
const defining = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(join(FOLDER, file), 'utf8').match(/\bdefineCommand\(/g)?.length ?? 0] as const)
  .filter(([, count]) => count > 0)

describe('a command', () => {
  it.each(defining)('of %s is in the list of all of them, from which everything is made', async (file, count) => {
    const exported: Readonly<Record<string, unknown>> = await import(join(FOLDER, file))
    const listed = Object.values(exported).filter((each) => COMMANDS.some((command) => command === each))
    expect(listed).toHaveLength(count)
  })

  it('is listed once, and comes from a file of this folder', () => {
    expect(new Set(COMMANDS.map(({ verb }) => verb)).size).toBe(COMMANDS.length)
    expect(defining.reduce((sum, [, count]) => sum + count, 0)).toBe(COMMANDS.length)
  })
})
