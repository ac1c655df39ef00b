import { join, resolve } from 'node:path'
import type { DatabaseConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'

/** The default file of SQLite, which is in the data folder. */
export const DATABASE_FILE = 'embargo.db'

type DatabaseInput = { readonly written: string | undefined; readonly dataFolder: string; readonly cwd: string }

/** Reads EMBARGO_DATABASE. A problem never repeats the value, because it may contain a password. */
export function databaseOf({ written, dataFolder, cwd }: DatabaseInput): DatabaseConfig | Problem {
  if (written === undefined) return { is: 'sqlite', file: join(dataFolder, DATABASE_FILE) }
  if (/^file:./.test(written)) return { is: 'sqlite', file: resolve(cwd, written.slice('file:'.length)) }
  if (/^postgres(ql)?:\/\//.test(written) && URL.canParse(written))
    return { is: 'postgresql', url: new Secret(written) }
  return {
    at: { is: 'variable', name: 'EMBARGO_DATABASE' },
    because:
      'This is neither a SQLite file nor a PostgreSQL URL. (It is not shown here, because it may contain a password.)',
    instead: 'Write file:/var/lib/embargo/embargo.db or postgresql://user:password@host:5432/embargo.',
  }
}
