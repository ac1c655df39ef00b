import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandInput } from './command-input.ts'

const PATCH = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'
let folder = ''
let file = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargo-input-'))
  file = join(folder, 'fix.patch')
  writeFileSync(file, PATCH)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the words of a shell', () => {
  it('are those of chat', () => {
    expect(commandInput('triage', ['valid', 'high', 'seen here too'])).toBe('valid high "seen here too"')
    expect(commandInput('patch', ['main'])).toBe('main')
    expect(commandInput('patch', ['submit', 'main', PATCH])).toBe(`main "${PATCH}"`)
  })

  it.each([
    ['submit', 'main', '--file', '/no/such.patch'],
    ['submit', 'main', '--file=/no/such.patch', '--author', '@ben'],
    ['submit', 'main', '/no/such.patch'],
    ['submit', '/no/such.patch'],
    ['/no/such.diff'],
  ])('name a patch that is not there: %j', (...words) => {
    expect(() => commandInput('patch', words)).toThrow(
      /^Nothing was submitted: there is no file "\/no\/such\.(?:patch|diff)"\. Give its path, as in: embargo <case> patch main fix\.patch$/u,
    )
  })

  it.each([[['--file', 'FILE']], [['main', '--file=FILE', '--author', 'reporter']]])(
    'take the file of a patch after --file as well: %j',
    (words) => {
      const [branch] = words[0] === 'main' ? [{ branch: 'main', author: 'reporter' }] : [{}]
      const typed = words.map((word) => word.replace('FILE', file))
      expect(commandInput('patch', ['submit', ...typed])).toEqual({
        ...branch,
        file: 'fix.patch',
        patch: PATCH,
      })
    },
  )

  it('submit no file that is not a patch', () => {
    const notes = join(folder, 'notes.txt')
    writeFileSync(notes, 'The loader follows "../".\n')
    expect(() => commandInput('patch', ['submit', 'main', '--file', notes])).toThrow(
      `Nothing was submitted: "${notes}" is not a patch. Make one with git diff or git format-patch.`,
    )
  })

  it.each([
    [['submit'], {}],
    [['submit', 'main'], { branch: 'main' }],
    [['submit', 'main', '--author', '@ben'], { branch: 'main', author: '@ben' }],
    [
      ['submit', '--author=reporter', '4.2', '--file', 'loader.patch'],
      { branch: '4.2', author: 'reporter', file: 'loader.patch' },
    ],
    [['submit', '--link', 'https://code.example/pull/7'], { link: 'https://code.example/pull/7' }],
  ])('name a patch by its file, with what stands beside it: %j', (words, more) => {
    expect(commandInput('patch', [...words, file])).toEqual({
      file: 'fix.patch',
      ...more,
      patch: PATCH,
    })
  })

  it('are read as an option even after the file', () => {
    const input = commandInput('patch', ['submit', 'main', file, '--link', 'https://code.example/pull/7'])
    const link = 'https://code.example/pull/7'
    expect(input).toEqual({ branch: 'main', file: 'fix.patch', link, patch: PATCH })
  })

  it('keep the byte order mark of a patch, because the mark is hashed too', () => {
    const marked = join(folder, 'marked.patch')
    const bytes = Buffer.from(`\u{FEFF}${PATCH}`)
    writeFileSync(marked, bytes)
    const input = commandInput('patch', ['submit', marked])
    expect(typeof input === 'object' && Buffer.from(input['patch'] ?? '')).toEqual(bytes)
  })

  it.each([
    ['a letter of Latin-1', Buffer.from(PATCH.replace('+b', '+caf\u{E9}'), 'latin1')],
    ['a byte of nothing', Buffer.from(`${PATCH}\0`)],
  ])('submit no patch with %s as other bytes', (_what, bytes) => {
    const other = join(folder, 'other.patch')
    writeFileSync(other, bytes)
    expect(() => commandInput('patch', ['submit', other])).toThrow(
      /^Nothing was submitted: ".*other\.patch" is not text in UTF-8\. .+/,
    )
  })

  it('submit no patch with the wrong author if an option is mistyped', () => {
    expect(() => commandInput('patch', ['submit', '--autor', '@ben', file])).toThrow('There is no option --autor here.')
  })
})
