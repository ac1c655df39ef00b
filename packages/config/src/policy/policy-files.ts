import { dirname, resolve } from 'node:path'

/** A file that a policy names: its text, or the code of the error with which it could not be read. */
export type PolicyFile = { readonly path: string } & ({ readonly text: string } | { readonly code: string })

/** The files that a policy names: beside it, unless a path begins at the root. */
export type PolicyFiles = { read(named: string): PolicyFile | undefined }

/** Reads them with what the surroundings offer. */
export function policyFiles(
  policyFile: string,
  readFile: ((path: string) => string | undefined) | undefined,
): PolicyFiles {
  return {
    read(named) {
      const path = resolve(dirname(policyFile), named)
      try {
        const text = readFile?.(path)
        return text === undefined ? undefined : { path, text }
      } catch (cause) {
        return { path, code: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error' }
      }
    },
  }
}
