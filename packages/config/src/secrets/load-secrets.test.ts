import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../config.ts'
import { loadConfig } from '../load-config.ts'
import { keyFilesOnDisk } from './key-files.ts'
import { loadSecrets } from './load-secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargo-config-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const config = (env: Readonly<Record<string, string>> = {}): Config =>
  loadConfig({
    env: { XDG_CONFIG_HOME: join(folder, 'settings'), ...env },
    cwd: folder,
    osUser: 'ana',
    readFile: () => undefined,
  })
const keyPath = (): string => join(folder, 'settings', 'embargo', 'master.key')

function writeKey(text: string, mode: number): void {
  mkdirSync(dirname(keyPath()), { recursive: true })
  writeFileSync(keyPath(), text)
  chmodSync(keyPath(), mode)
}

describe('the master key', () => {
  it('is made at the first start, readable by its owner alone, and found again at the second', () => {
    const first = loadSecrets(config())
    const second = loadSecrets(config())

    expect(first.madeKeyFile).toBe(keyPath())
    expect(second.madeKeyFile).toBeUndefined()
    expect(first.masterKey.reveal()).toHaveLength(32)
    expect(second.masterKey.reveal()).toEqual(first.masterKey.reveal())
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(keyPath())).mode & 0o777).toBe(0o700)
    expect(readdirSync(dirname(keyPath()))).toEqual(['master.key'])
  })

  it('is different in every deployment', () => {
    loadSecrets(config())
    const one = readFileSync(keyPath(), 'utf8')
    rmSync(keyPath())
    loadSecrets(config())
    expect(readFileSync(keyPath(), 'utf8')).not.toBe(one)
  })

  it("is the first process's when two start at once", () => {
    writeKey(`${'ab'.repeat(32)}\n`, 0o600)
    expect(keyFilesOnDisk.create(keyPath(), 'mine')).toBe('existed')
    expect(readFileSync(keyPath(), 'utf8')).toContain('abab')
    expect(readdirSync(dirname(keyPath()))).toEqual(['master.key'])
  })

  it.each([0o644, 0o640, 0o660, 0o606])('is refused when others can reach it: %o', (mode) => {
    writeKey('ab'.repeat(32), mode)
    expect(() => loadSecrets(config())).toThrow(`chmod 600 ${keyPath()}`)
  })

  it('is refused, and not repeated, if the file contains something else', () => {
    writeKey('hunter2', 0o600)
    expect(() => loadSecrets(config())).toThrow(/holds no master key[^]*64 hexadecimal digits/)
    expect(() => loadSecrets(config())).not.toThrow(/hunter2/)
  })

  it('is never made a second time for a database that is already there', () => {
    mkdirSync(join(folder, 'embargo-data'))
    writeFileSync(join(folder, 'embargo-data', 'embargo.db'), '')

    expect(() => loadSecrets(config())).toThrow(/A new key could not open the database[^]*Restore the key file/)
    expect(keyFilesOnDisk.exists(keyPath())).toBe(false)
  })

  it('comes from the environment if it is set there, and no file is read or written', () => {
    const secrets = loadSecrets(config({ EMBARGO_MASTER_KEY: 'ab'.repeat(32) }))
    expect(secrets.masterKey.reveal()).toEqual(new Uint8Array(32).fill(0xab))
    expect(readdirSync(folder)).toEqual([])
  })

  it("says what to do when it can't be written", () => {
    const full = {
      ...keyFilesOnDisk,
      create: () => {
        throw new Error('ENOSPC')
      },
    }
    expect(() => loadSecrets(config(), full)).toThrow(/could not be written here[^]*EMBARGO_MASTER_KEY_FILE/)
  })
})
