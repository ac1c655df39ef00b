import { dirname, resolve } from 'node:path'
import type { Problem } from '../problems/problem.ts'

export type FileRead = { readonly path: string; readonly text: string } | { readonly because: string }

/** The files that a policy names: beside it, unless a path begins at the root. */
export type FilesBeside = { read(named: string): FileRead }

/** Reads them with what the surroundings offer. */
export function filesBeside(
  policyFile: string,
  readFile: ((path: string) => string | undefined) | undefined,
): FilesBeside {
  return {
    read(named) {
      const path = resolve(dirname(policyFile), named)
      try {
        const text = readFile?.(path)
        return text === undefined ? { because: `There is no file ${path}.` } : { path, text }
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
        return { because: `${path} can't be read${code}.` }
      }
    },
  }
}

export const unreadable = (at: Problem['at'], found: string | undefined, because: string): Problem => ({
  at,
  ...(found === undefined ? {} : { found }),
  because,
  instead: 'Name a file that the user who runs Embargo can read. A relative path begins where the policy lies.',
})
