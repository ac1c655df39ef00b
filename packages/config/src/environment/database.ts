import { join, resolve } from 'node:path'
import type { DatabaseConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'

/** SQLite's file, in the data folder unless another is named. */
export const DATABASE_FILE = 'embargo.db'

type DatabaseInput = { readonly written: string | undefined; readonly dataFolder: string; readonly cwd: string }

/** A value that could hold a password is never repeated in a problem. */
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
