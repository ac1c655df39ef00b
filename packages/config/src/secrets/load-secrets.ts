import type { Config } from '../config.ts'
import { ConfigError } from '../problems/problem.ts'
import type { KeyFiles } from './key-files.ts'
import { keyFilesOnDisk } from './key-files.ts'
import { MASTER_KEY_SHAPE, newMasterKey, parseMasterKey } from './master-key.ts'
import type { Secret } from './secret.ts'

export type Secrets = {
  readonly masterKey: Secret<Uint8Array>
  /**
   * Set if this start made the key file. In this case the operator must be told to store a copy of the file, but not
   * together with the backups.
   */
  readonly madeKeyFile?: string
}

/**
 * The master key, from the environment or from its file. The very first start makes the file (mode 0600). A new key is
 * never made for an existing database.
 *
 * @throws ConfigError `unusable-master-key` if others can read the file, if the file contains no key, or if the file is
 * missing although a database exists
 */
export function loadSecrets(config: Config, files: KeyFiles = keyFilesOnDisk): Secrets {
  if (config.masterKey.is === 'given') return { masterKey: config.masterKey.key }
  const { path } = config.masterKey
  const made = files.exists(path) ? false : makeKeyFile(config, path, files)
  const mode = files.mode(path)
  if ((mode & 0o077) !== 0) {
    throw unusable(path, {
      because: `Others on this machine can read the master key (its mode is ${mode.toString(8).padStart(4, '0')}). Anyone who reads it can open every case.`,
      instead: `Run: chmod 600 ${path}. If others may have read the key already, assume that they know it.`,
    })
  }
  const masterKey = parseMasterKey(files.read(path))
  if (masterKey === undefined) {
    throw unusable(path, {
      because: 'This file holds no master key.',
      instead: `Put the right key back: ${MASTER_KEY_SHAPE}.`,
    })
  }
  return made ? { masterKey, madeKeyFile: path } : { masterKey }
}

function makeKeyFile(config: Config, path: string, files: KeyFiles): boolean {
  if (config.database.is === 'sqlite' && files.exists(config.database.file)) {
    throw unusable(path, {
      because: `The master key is missing, but the database ${config.database.file} exists and was sealed with it. A new key could not open the database.`,
      instead: 'Restore the key file from your copy, or set EMBARGO_MASTER_KEY_FILE to the path of the key file.',
    })
  }
  try {
    return files.create(path, newMasterKey()) === 'created'
  } catch (cause) {
    throw unusable(
      path,
      {
        because: 'The master key could not be written here.',
        instead:
          'Make the folder writable, or set EMBARGO_MASTER_KEY_FILE to the path of a file outside the data folder.',
      },
      cause,
    )
  }
}

function unusable(path: string, text: { because: string; instead: string }, cause?: unknown): ConfigError {
  return new ConfigError('unusable-master-key', [{ at: { is: 'path', path }, ...text }], { cause })
}
