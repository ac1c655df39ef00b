import { readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'

/** Everything that the configuration is read from; tests pass in their own. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The user of the program, by their name in the operating system. */
  readonly osUser: string
  /** The text of a file; undefined if it does not exist. Throws any other error of the file system. */
  readonly readFile: (path: string) => string | undefined
  readonly home?: string
}

/** The running process. The only place that reads `process.env`. */
export function surroundingsOfProcess(): Surroundings {
  return { env: { ...process.env }, cwd: process.cwd(), osUser: userInfo().username, home: homedir(), readFile }
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}
