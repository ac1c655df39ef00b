import { resolve } from 'node:path'
import type { Surroundings } from '../surroundings.ts'

export type SecretFiles = Pick<Surroundings, 'readFile' | 'modeOf' | 'cwd'>

/** What is wrong with a file that holds a secret, and what to do. */
export type SecretFileTrouble = { readonly because: string; readonly instead: string }

/**
 * Reads a file that holds a secret. The text is `undefined` if the file does not exist. A file that other users of this
 * machine can read is reported and not used.
 */
export function readSecretFile(
  { readFile, modeOf, cwd }: SecretFiles,
  named: string,
): { readonly path: string; readonly text: string | undefined } | SecretFileTrouble {
  const path = resolve(cwd, named)
  const mode = modeOf?.(path) ?? 0
  if ((mode & 0o077) !== 0)
    return {
      because: `Others on this machine can read the file ${path} (its mode is ${mode.toString(8).padStart(4, '0')}), which holds a secret.`,
      instead: `Run: chmod 600 ${path}. If others may have read it already, get another secret.`,
    }
  return { path, text: readFile(path) }
}
