import { readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'

/** Everything that the configuration is read from; tests pass in their own. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The name of the operating system user who runs the program. */
  readonly osUser: string
  /** The text of a file; undefined if it does not exist. Throws any other error of the file system. */
  readonly readFile: (path: string) => string | undefined
  /**
   * The permission bits of a file, for example 0o600; undefined if the file does not exist or the system has no such
   * bits.
   */
  readonly modeOf?: (path: string) => number | undefined
  /** The names in a folder; none if it does not exist. */
  readonly listFolder?: (path: string) => readonly string[]
  readonly home?: string
}

/** The surroundings of the running process. Nothing else may read `process.env`. */
export function surroundingsOfProcess(): Surroundings {
  const { username: osUser } = userInfo()
  return { env: { ...process.env }, cwd: process.cwd(), osUser, home: homedir(), readFile, modeOf, listFolder }
}

const readFile = (path: string): string | undefined => ifItExists(() => readFileSync(path, 'utf8'))

const modeOf = (path: string): number | undefined => ifItExists(() => statSync(path).mode & 0o777)

const listFolder = (path: string): readonly string[] => ifItExists(() => readdirSync(path)) ?? []

function ifItExists<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}
