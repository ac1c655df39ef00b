import { dirname, join, resolve } from 'node:path'
import type { Surroundings } from '../surroundings.ts'

/** A file that a policy names, with its text. If the file could not be read, `code` is the error's code. */
export type PolicyFile = { readonly path: string } & ({ readonly text: string } | { readonly code: string })

/** The files that a policy names. A path that is not absolute is relative to the policy's folder. */
export type PolicyFiles = {
  read(named: string): PolicyFile | undefined
  /** The paths in a folder; none if the folder cannot be listed. */
  list(folder: string): readonly string[]
}

/** Gives access to the files that a policy names, through the functions of `around`. */
export function policyFiles(
  policyFile: string,
  around: Pick<Surroundings, 'readFile' | 'listFolder'> | undefined,
): PolicyFiles {
  const pathOf = (named: string): string => resolve(dirname(policyFile), named)
  return {
    read(named) {
      const path = pathOf(named)
      try {
        const text = around?.readFile(path)
        return text === undefined ? undefined : { path, text }
      } catch (cause) {
        return { path, code: codeOf(cause) }
      }
    },
    list(folder) {
      const path = pathOf(folder)
      try {
        return (around?.listFolder?.(path) ?? []).map((name) => join(path, name))
      } catch {
        // If the folder exists but cannot be listed, the problem is reported when the letters in the folder are read.
        return []
      }
    },
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
