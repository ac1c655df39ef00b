import { isAbsolute, join, relative, resolve } from 'node:path'
import type { MasterKeyConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { MASTER_KEY_SHAPE, parseMasterKey } from '../secrets/master-key.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Variables } from './variables.ts'

/**
 * Where the master key comes from. The key must not be inside the data folder. Otherwise every backup of that folder
 * would contain the key, and a thief of a backup could read everything.
 */
export function masterKeyOf(variables: Variables, around: Surroundings, dataFolder: string): MasterKeyConfig | Problem {
  const given = variables.get('EMBARGO_MASTER_KEY')
  if (given !== undefined) {
    const key = parseMasterKey(given)
    if (key !== undefined) return { is: 'given', key }
    const at = { is: 'variable', name: 'EMBARGO_MASTER_KEY' } as const
    return { at, because: 'This is not a master key. (It is not shown here.)', instead: `Write ${MASTER_KEY_SHAPE}.` }
  }
  const at = { is: 'variable', name: 'EMBARGO_MASTER_KEY_FILE' } as const
  const named = variables.get('EMBARGO_MASTER_KEY_FILE')
  const path = named === undefined ? defaultFile(around) : resolve(around.cwd, named)
  if (path === undefined) {
    return {
      at,
      because: 'There is no folder for the master key, because neither HOME nor XDG_CONFIG_HOME is set.',
      instead: 'Name a file outside the data folder.',
    }
  }
  if (!isInside(path, dataFolder)) return { is: 'file', path }
  return {
    at,
    found: path,
    because: `This is inside the data folder ${dataFolder}: anyone who copies the folder would have the key too.`,
    instead: 'Name a file elsewhere, and keep it out of the backups of the data folder.',
  }
}

function defaultFile({ env, home }: Surroundings): string | undefined {
  const xdg = env['XDG_CONFIG_HOME']
  // The XDG specification says that a relative path is invalid and must be ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'embargo', 'master.key')
  const folder = env['HOME'] ?? home
  return folder === undefined || folder === '' ? undefined : join(folder, '.config', 'embargo', 'master.key')
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}
