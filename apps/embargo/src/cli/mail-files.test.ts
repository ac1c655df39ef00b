import { mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeFiles } from './mail-files.ts'

const file = (name: string, content = 'hello') => ({
  name,
  kind: 'text',
  bytes: content.length,
  sha256: 'a'.repeat(64),
  content: Buffer.from(content).toString('base64'),
})

const folder = async (): Promise<string> => mkdtemp(join(tmpdir(), 'embargo-files-'))

async function written(files: readonly object[], into: string): Promise<string> {
  const lines: string[] = []
  const context = {
    ask: async () => ({ files }),
    output: { out: (text: string) => void lines.push(text), err: () => undefined, colour: false, interactive: false },
  }
  await writeFiles(context, 'm-1', into)
  return lines.join('\n')
}

describe('the attachments of a mail', () => {
  it('are written under numbered names, readable by the caller alone, with the advice to open them with care', async () => {
    const into = join(await folder(), 'new')
    const said = await written([file('poc.txt'), file('poc.txt', 'again')], into)
    expect(await readdir(into)).toEqual(['1-poc.txt', '2-poc.txt'])
    expect(await readFile(join(into, '2-poc.txt'), 'utf8')).toBe('again')
    expect((await stat(join(into, '1-poc.txt'))).mode & 0o777).toBe(0o600)
    expect(said).toContain(`1-poc.txt  5 bytes, text, sha256 ${'a'.repeat(64)}`)
    expect(said).toContain('Open them only where they can do no harm.')
  })

  it('attack: overwrite no existing file, not even through a link', async () => {
    const into = await folder()
    const elsewhere = join(await folder(), 'precious')
    await writeFile(elsewhere, 'precious')
    await symlink(elsewhere, join(into, '1-poc.txt'))
    await expect(written([file('poc.txt')], into)).rejects.toThrow('exists already')
    expect(await readFile(elsewhere, 'utf8')).toBe('precious')
  })

  it('are absent if the mail has no files', async () => {
    expect(await written([], '/nowhere')).toBe('This mail has no attachments.')
  })
})
