import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/commands/index.ts'

const PACKAGES = join(import.meta.dirname, '../../..')
/**
 * The packages whose texts reach every platform. Commands are typed differently on each platform, so no text may
 * contain a command as one platform writes it.
 */
const EVERYWHERE = '{chat,core,documents,engine,letters,mail}/src/**/*.ts'
/**
 * Paths that are not checked: the file that says how commands are typed on each platform, and files of documentation.
 */
const PLACES = ['core/src/shared/platform-words.ts', 'core/src/policy/schema/']

const VERBS = COMMANDS.map(({ verb }) => verb).toSorted((one, other) => other.length - one.length)
/** A verb with a slash before it, if it is a word of a sentence. Paths and the ids of effects do not match. */
const SLASHED = new RegExp(`(?<=^|[\\s'"\`(“])/(?:${VERBS.join('|')})(?![\\w/-])`, 'g')

/**
 * Matches a verb in quotes. Quotes alone do not say how the verb is typed on the reader's platform. `embargo` is
 * allowed, because it is also the name of the program.
 */
const QUOTED = new RegExp(
  `“(?:${VERBS.map((verb) => verb.replace('.', ' '))
    .filter((verb) => verb !== 'embargo')
    .join('|')})(?: [^”$]*)?”`,
  'g',
)

const withoutComments = (source: string): string =>
  source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\s\/\/ .*$/gm, '')

const slashedIn = (source: string): readonly string[] => withoutComments(source).match(SLASHED) ?? []
const quotedIn = (source: string): readonly string[] => withoutComments(source).match(QUOTED) ?? []

describe('a command in a text', () => {
  it('is written without a slash: Slack takes the command after another word, and a terminal takes no slash', () => {
    const files = globSync(EVERYWHERE, { cwd: PACKAGES }).filter(
      (file) => !file.endsWith('.test.ts') && !PLACES.some((place) => file.startsWith(place)),
    )
    expect(files.length).toBeGreaterThan(300)
    const found = files.flatMap((file) =>
      slashedIn(readFileSync(join(PACKAGES, file), 'utf8')).map((verb) => `${file}: ${verb}`),
    )
    expect(found).toEqual([])
  })

  it('is not written merely in quotes: the reader would have to know how to type it', () => {
    const files = globSync(EVERYWHERE, { cwd: PACKAGES }).filter((file) => !file.endsWith('.test.ts'))
    const found = files.flatMap((file) =>
      quotedIn(readFileSync(join(PACKAGES, file), 'utf8')).map((verb) => `${file}: ${verb}`),
    )
    expect(found).toEqual([])
    expect(quotedIn("'Rate it with “triage”.'")).toEqual(['“triage”'])
  })

  it.each([
    ["'write to them with /reply.'", ['/reply']],
    ['`Rate it with /triage.`', ['/triage']],
    ["'/cvd reply'", []],
    ["effect.includes('/remove/')", []],
    ['// as /reply does', []],
  ])('is found: %s', (source, found) => {
    expect(slashedIn(source)).toEqual(found)
  })
})
