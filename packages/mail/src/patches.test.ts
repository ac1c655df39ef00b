import { PATCH_BYTES_MAX } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { parse } from './parse.ts'
import { patchesIn } from './patches.ts'

const DIFF = [
  'diff --git a/loader.c b/loader.c',
  '--- a/loader.c',
  '+++ b/loader.c',
  '@@ -1 +1 @@',
  '-\topen(name)',
  '+\tcheck(name)',
  '',
].join('\n')
const FORMATTED = `From ${'a1b2c3d4'.repeat(5)} Mon Sep 17 00:00:00 2001\nFrom: Robin <robin@sample.example>\nSubject: [PATCH] Check names\n\n---\n${DIFF}-- \n2.45.0\n`

const patchesOf = async (head: readonly string[], body: string) =>
  patchesIn(
    await parse(
      new TextEncoder().encode(
        ['From: robin@sample.example', ...head, '', body].join('\n').replaceAll(/\r?\n/gu, '\r\n'),
      ),
    ),
  )

const part = (name: string, content: Uint8Array | string, type = 'text/x-patch'): string =>
  [
    '--b',
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64'),
    '',
  ].join('\n')

const MIXED = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b']

describe('the patches in a mail', () => {
  it('are the attached files that are patches, byte for byte', async () => {
    const body = [
      part('0001-check.patch', FORMATTED),
      part('log.txt', 'it crashed'),
      part('fix.diff', DIFF),
      '--b--',
    ].join('\n')
    expect(await patchesOf(MIXED, body)).toEqual([
      { name: '0001-check.patch', text: FORMATTED },
      { name: 'fix.diff', text: DIFF },
    ])
  })

  it('are the lines from the diff on, if it is in the text', async () => {
    expect(await patchesOf([], `Hello,\n\nthis fixes it:\n\n${DIFF}`)).toEqual([{ name: 'mail.patch', text: DIFF }])
  })

  it('are the whole mail of git format-patch, if somebody pasted it', async () => {
    const [found] = await patchesOf([], `Hello,\n\n${FORMATTED}`)
    expect(found?.text.startsWith('From a1b2c3d4')).toBe(true)
    expect(found?.text).toContain('+\tcheck(name)')
  })

  it('are not found in prose, even with a line of dashes', async () => {
    expect(await patchesOf([], 'Hello,\n\n--- that is all ---\n\nRobin')).toEqual([])
  })

  it.each([
    ['a file that is not UTF-8', part('fix.patch', new Uint8Array([...Buffer.from(DIFF), 0xff]))],
    ['a file that is too large', part('fix.patch', `${DIFF}${' x\n'.repeat(PATCH_BYTES_MAX / 3)}`)],
  ])('attack: %s is not taken for a patch', async (_what, file) => {
    expect(await patchesOf(MIXED, `${file}\n--b--`)).toEqual([])
  })

  it('attack: a name that leads elsewhere is only a name', async () => {
    const [found] = await patchesOf(MIXED, `${part('../../../home/ana/.ssh/authorized_keys', DIFF)}\n--b--`)
    expect(found?.name).not.toMatch(/[/\\]|^\./u)
  })
})
