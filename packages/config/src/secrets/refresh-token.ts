import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { z } from 'zod'

const Settings = z.record(z.string(), z.unknown())

/**
 * Replaces the refresh token in its file, and keeps the other settings. A new file is written and then renamed, so
 * after a crash the file is complete: the old one or the new one.
 *
 * @throws what the file system throws, or if the file has no settings any more
 */
export function keepRefreshToken(path: string, token: string): void {
  const settings = Settings.parse(JSON.parse(readFileSync(path, 'utf8')))
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = openSync(beside, 'wx', 0o600)
    try {
      writeSync(file, `${JSON.stringify({ ...settings, refresh_token: token }, undefined, 2)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
}
