import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { createKeyedMutex, csafProviderFiles, OutsideError } from '@embargo/engine'
import type { Delivery, DeliveryResult, PublicationTarget, TargetDocument } from '@embargo/engine'
import { commitFiles, isWorkingCopy } from './git.ts'

export type FileTreeOptions = {
  /** The absolute path of the folder, from the operator's settings. */
  readonly folder: string
  /** The web address at which the folder is served. The address ends with a slash. */
  readonly url?: string
  /** Opens a file for writing. Tests replace this function, so that writing fails as if the disk were full. */
  readonly openFile?: typeof open
}

/**
 * Publishes files in a folder that a web server serves, or in a working copy of Git. In a working copy, the files are
 * also committed. Pushing is left to the operator.
 */
export function createFileTree(options: FileTreeOptions): PublicationTarget {
  // The cases of a release are delivered at the same time. They share lists and the index of Git, so their files are
  // written one case after the other.
  const oneAtATime = createKeyedMutex()
  return {
    target: 'files',
    async deliver(delivery: Delivery): Promise<DeliveryResult> {
      try {
        return await oneAtATime(options.folder, () => deliverFiles(options, delivery))
      } catch (error) {
        throw outsideError(error)
      }
    },
  }
}

async function deliverFiles(
  { folder, url, openFile = open }: FileTreeOptions,
  delivery: Delivery,
): Promise<DeliveryResult> {
  await requireFolder(folder)
  const { documents, case: of, correction, former } = delivery
  const files = documents.map((document) => ({ ...document, path: pathIn(folder, document) }))
  const ours = former?.split('\n') ?? []
  for (const { path, name, text } of files) {
    const there = await textAt(path)
    if (there === undefined && ours.some((line) => line.endsWith(`  ${name}`)))
      return {
        is: 'changed',
        because: `${name}, which Embargo published, is no longer in the folder. Bring it back, or mount the disk that has it. If it was moved on purpose, correct it there and leave the step out.`,
      }
    // Only a file that we wrote ourselves is replaced.
    if (there !== undefined && there !== text && !ours.includes(lineOf(name, there)))
      return {
        is: 'changed',
        because: `${name} is already in the folder with a different text, and was not overwritten. Look at it, and move it away or leave the step out.`,
      }
  }
  const beside = await csafProviderFiles(delivery, (name) => textAt(join(folder, name)))
  await writeAll(files, openFile)
  // The lists are written last, because a list must not name a document that is not there yet.
  await writeAll(
    beside.map(({ name, text }) => ({ path: join(folder, name), text })),
    openFile,
  )
  const names = [...files, ...beside].map(({ name }) => name)
  const commit = (await isWorkingCopy(folder))
    ? await commitFiles({ folder, names, message: `${correction === undefined ? 'Publish' : 'Correct'} ${of}` })
    : undefined
  const [first] = names
  const written = documents.map(({ name }) => name).join(', ')
  const evidence = commit === undefined ? written : `${written} in commit ${commit}`
  const mark = files.map(({ name, text }) => lineOf(name, text)).join('\n')
  const link = url === undefined || first === undefined ? {} : { link: `${url}${first}` }
  return { is: 'done', evidence, mark, ...link }
}

/** A line as `sha256sum` writes it. */
const lineOf = (name: string, text: string): string => `${createHash('sha256').update(text).digest('hex')}  ${name}`

/** @throws OutsideError if the name leads out of the folder, which only a mistake of ours can cause */
function pathIn(folder: string, { name }: TargetDocument): string {
  const path = resolve(folder, name)
  const inside = relative(folder, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
    throw new OutsideError('refused', `The name ${name} leads out of the folder.`)
  return path
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * The operator makes the folder. If it is missing, its disk is probably not mounted, and files in a new folder would be
 * served to nobody.
 */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (found?.isDirectory() !== true)
    throw new OutsideError(
      'refused',
      'The folder of EMBARGO_PUBLISH_FOLDER is not there, and nothing was written. Mount its disk, or make the folder. Then Embargo writes the files at its next try.',
      { forAPerson: true },
    )
}

/** Waits for every file, so that after a failure no other file is still being written. */
async function writeAll(
  files: readonly { readonly path: string; readonly text: string }[],
  openFile: typeof open,
): Promise<void> {
  const written = await Promise.allSettled(files.map(({ path, text }) => writeWhole({ path, text, openFile })))
  for (const one of written) if (one.status === 'rejected') throw one.reason
}

type NewFile = { readonly path: string; readonly text: string; readonly openFile: typeof open }

/** Writes to a temporary file and renames it, so that nobody ever reads half of the content. */
async function writeWhole({ path, text, openFile }: NewFile): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const beside = join(folder, `.embargo-${randomUUID()}`)
  try {
    const file = await openFile(beside, 'wx', 0o644)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** If a folder cannot be written, the publication waits for the operator. */
function outsideError(cause: unknown): OutsideError {
  if (cause instanceof OutsideError) return cause
  const code = codeOf(cause)
  const why = typeof code === 'string' ? (REASONS[code] ?? code) : 'an unknown reason'
  const message = `The folder of EMBARGO_PUBLISH_FOLDER cannot be written: ${why}. Correct that, then Embargo writes the files at its next try.`
  return new OutsideError('refused', message, { cause, forAPerson: true })
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is mounted for reading only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'a folder is where a file should be',
}
