import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { keepRefreshToken } from './refresh-token.ts'

const folder = mkdtempSync(join(tmpdir(), 'embargo-oauth-'))
const path = join(folder, 'grant.json')
afterEach(() => rmSync(path, { force: true }))

describe('a new refresh token', () => {
  it('replaces the former token in its file, which only its owner can read', () => {
    writeFileSync(path, JSON.stringify({ client_id: 'app', refresh_token: 'one' }), { mode: 0o600 })
    keepRefreshToken(path, 'two')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ client_id: 'app', refresh_token: 'two' })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['grant.json'])
  })

  it('leaves a file without settings alone', () => {
    writeFileSync(path, 'token', { mode: 0o600 })
    expect(() => keepRefreshToken(path, 'two')).toThrow(SyntaxError)
    expect(readFileSync(path, 'utf8')).toBe('token')
    expect(readdirSync(folder)).toEqual(['grant.json'])
  })
})
