import { PLATFORMS } from '@embargo/core'
import type { Capability } from '@embargo/core'
import type { DatabaseConfig } from '../config.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'

const ROLES: readonly Capability[] = [...PLATFORMS, 'mail', 'clock']

export type RoleReading = { readonly capabilities: ReadonlySet<Capability>; readonly problems: readonly Problem[] }

/**
 * Reads `all`, or some capabilities separated by commas. A process with only some capabilities needs a database that
 * several processes can share.
 */
export function roleOf(written: string | undefined, database: DatabaseConfig['is'] | undefined): RoleReading {
  if (written === undefined || written === 'all') return { capabilities: new Set(ROLES), problems: [] }
  const at = { is: 'variable', name: 'EMBARGO_ROLE' } as const
  const words = written.split(',').map((word) => word.trim())
  const problems: Problem[] = words
    .filter((word) => !isRole(word))
    .map((word) => {
      const suggestion = nearest(word, [...ROLES, 'all'])
      const known = `Write "all", or some of these, separated by commas: ${ROLES.join(', ')}.`
      return {
        at,
        found: word,
        because: 'There is no such role.',
        instead: suggestion === undefined ? known : `Did you mean ${suggestion}? ${known}`,
      }
    })
  if (database === 'sqlite') {
    problems.push({
      at,
      found: written,
      because: "Only one process can use a SQLite file, so the roles can't be split among several processes.",
      instead: 'Unset it, or name a PostgreSQL database in EMBARGO_DATABASE.',
    })
  }
  return { capabilities: new Set(words.filter(isRole)), problems }
}

function isRole(word: string): word is Capability {
  return ROLES.some((role) => role === word)
}
