import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { safeLine } from '@embargo/chat'
import type { MailFiles } from '../control/mails.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** The mode of written files: only the person who asked can read them, and they are never executable. */
const MODE = 0o600

/**
 * Writes the attachments of a mail. A number in front of each name makes the names differ, and prevents names with a
 * meaning, such as `.bashrc`. An existing file or link is never written to.
 *
 * @returns the exit code
 */
export async function writeFiles(
  { ask, output }: Pick<CliContext, 'ask' | 'output'>,
  id: string,
  folder: string,
): Promise<number> {
  const { files } = (await ask('mail-files', { id })) as { readonly files: MailFiles }
  if (files.length === 0) {
    output.out('This mail has no attachments.')
    return 0
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [index, { name, kind, bytes, sha256, content }] of files.entries()) {
    const path = join(folder, `${index + 1}-${name}`)
    await writeFile(path, Buffer.from(content, 'base64'), { flag: 'wx', mode: MODE }).catch((error: unknown) => {
      if (!isThere(error)) throw error
      throw new CliError(`${safeLine(path)} was not written, because it exists already. Name an empty folder.`)
    })
    output.out(`${safeLine(path)}  ${bytes} bytes, ${safeLine(kind)}, sha256 ${sha256}`)
  }
  output.out('They come from outside. Open them only where they can do no harm.')
  return 0
}

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'
