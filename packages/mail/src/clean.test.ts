import { describe, expect, it } from 'vitest'
import { fileName, mediaType } from './clean.ts'

describe('fileName', () => {
  it.each([
    ['a path', '../../etc/passwd', 'passwd'],
    ['a Windows path', 'C:\\Users\\x\\run.exe', 'run.exe'],
    ['a hidden file', '.bashrc', 'bashrc'],
    ['a name turned around', 'report\u202Efdp.exe', 'reportfdp.exe'],
    ['characters that a shell reads', 'a|b>c"d?.txt', 'a_b_c_d_.txt'],
    ['a line break', 'a\r\nb.txt', 'a b.txt'],
    ['nothing', '', 'attachment-1'],
    ['dots', '...', 'attachment-1'],
    ['a stream of NTFS', 'a.txt:hidden', 'a.txt_hidden'],
  ])('tames %s', (_, name, expected) => {
    expect(fileName(name, 'attachment-1')).toBe(expected)
  })

  it('cuts a long name and keeps its ending', () => {
    const name = fileName(`${'😀'.repeat(500)}.patch`, 'x')
    expect(name.length).toBeLessThanOrEqual(120)
    expect(name.endsWith('.patch')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
  })
})

describe('mediaType', () => {
  it.each([
    ['Text/Plain', 'text/plain'],
    ['text/plain; x', 'application/octet-stream'],
    ['<script>', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('reads "%s" as %s', (given, expected) => {
    expect(mediaType(given)).toBe(expected)
  })
})
