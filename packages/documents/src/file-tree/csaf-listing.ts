import { createHash } from 'node:crypto'
import { CSAF_FOLDER } from '../records/csaf/csaf-path.ts'

/** The file that lists all documents (CSAF 2.0, section 7.1.12). */
export const INDEX = `${CSAF_FOLDER}/index.txt`
/** The file that says when each document last changed (CSAF 2.0, section 7.1.13). */
export const CHANGES = `${CSAF_FOLDER}/changes.csv`

type CsafFile = { readonly path: string; readonly text: string; readonly at: number }

/** The path relative to the CSAF folder. The two files above name each document by such a path. */
const inFolder = (path: string): string => path.slice(CSAF_FOLDER.length + 1)

/** The hashes of a document, in files beside it, as `sha256sum -c` reads them (sections 7.1.18 and 7.1.19). */
export const csafHashes = ({ path, text }: CsafFile): readonly (readonly [path: string, text: string])[] =>
  ['sha256', 'sha512'].map((name) => [
    `${path}.${name}`,
    `${createHash(name).update(text, 'utf8').digest('hex')}  ${path.slice(path.lastIndexOf('/') + 1)}\n`,
  ])

export function csafIndex(files: readonly CsafFile[], existing = ''): string {
  const paths = [...lines(existing), ...files.map(({ path }) => inFolder(path))]
  return `${[...new Set(paths)].toSorted().join('\n')}\n`
}

/** The contents of the file of changes. It has no header line, and the latest change is first. */
export function csafChanges(files: readonly CsafFile[], existing = ''): string {
  const changes = new Map([
    ...lines(existing).flatMap((line) => {
      const [, path, at] = /^"([^"]+)","([^"]+)"$/u.exec(line) ?? []
      return path === undefined || at === undefined ? [] : [[path, at] as const]
    }),
    ...files.map(({ path, at }) => [inFolder(path), new Date(at).toISOString()] as const),
  ])
  const rows = [...changes].toSorted(([one, a], [other, b]) => b.localeCompare(a) || one.localeCompare(other))
  return rows.map(([path, at]) => `"${path}","${at}"\n`).join('')
}

const lines = (text: string): readonly string[] => text.split(/\r?\n/u).filter((line) => line !== '')
