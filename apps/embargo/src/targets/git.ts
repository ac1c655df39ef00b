import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OutsideError } from '@embargo/engine'

/** After this time `git` is stopped, so that a hook or another program's lock cannot hold up a publication for ever. */
const TIMEOUT_MS = 60_000

/** The longest output that is read. */
const MAX_OUTPUT = 64 * 1024

/** Whether the folder is in a working copy of Git. False if the program `git` is missing. */
export async function isWorkingCopy(folder: string): Promise<boolean> {
  if (!isBelowGit(folder)) return false
  const { ok, text } = await git(folder, ['rev-parse', '--is-inside-work-tree'])
  return ok && text.trim() === 'true'
}

/**
 * A quick check for a `.git` above the folder. Most folders have none, and starting `git` would take longer than
 * writing the files.
 */
const isBelowGit = (folder: string): boolean =>
  existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isBelowGit(dirname(folder)))

type Commit = { readonly folder: string; readonly names: readonly string[]; readonly message: string }

/** Commits exactly these files, and nothing else that is staged. Returns the commit that has them. */
export async function commitFiles({ folder, names, message }: Commit): Promise<string> {
  await must(folder, ['add', '--', ...names])
  const { text: staged } = await must(folder, ['status', '--porcelain', '--', ...names])
  if (staged.trim() !== '') await must(folder, ['commit', '--quiet', '--message', message, '--', ...names])
  const { text } = await must(folder, ['log', '-1', '--format=%h', '--', ...names])
  return text.trim()
}

type GitResult = { readonly ok: boolean; readonly text: string }

async function must(folder: string, args: readonly string[]): Promise<GitResult> {
  const ran = await git(folder, args)
  if (ran.ok) return ran
  // Git's messages may quote a file, so they are not repeated here.
  const message = `git ${args[0]} failed in the folder of EMBARGO_PUBLISH_FOLDER. Run it there to see why; it is tried again.`
  throw new OutsideError('refused', message, { forAPerson: true })
}

const git = (folder: string, args: readonly string[]): Promise<GitResult> =>
  new Promise((done) => {
    const options = { cwd: folder, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT }
    execFile('git', ['-c', 'core.quotePath=false', ...args], options, (error, stdout) =>
      done({ ok: error === null, text: stdout }),
    )
  })
