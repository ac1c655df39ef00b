import { dirname, resolve } from 'node:path'

/** The files that a policy names: beside it, unless a path begins at the root. */
export type PolicyFiles = { read(named: string): { readonly path: string; readonly text: string } | undefined }

/** Reads them through the surroundings. */
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
      } catch {
        return undefined
      }
    },
  }
}
