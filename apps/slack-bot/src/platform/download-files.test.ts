import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FILE_BYTES_MAX, FILES_MAX } from '../limits.ts'
import type { AddedFile } from '../render/form-values.ts'
import { FileNotTaken, downloadFiles } from './download-files.ts'

let server: Server
let origin = ''
let calls: (string | undefined)[]
beforeEach(async () => {
  calls = []
  server = createServer((request, response) => {
    calls.push(request.headers.authorization)
    if (request.url?.startsWith('/moved') === true) return response.writeHead(302, { location: '/signin' }).end()
    if (request.url !== '/endless') return response.end('bytes')
    // Writes without end, until the reader closes the connection.
    const piece = Buffer.alloc(1024 * 1024)
    const write = (): void => void (response.destroyed || response.write(piece, write))
    return write()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const added = (more: Partial<AddedFile> = {}): AddedFile => ({
  option: 'patchFile',
  name: 'a.patch',
  type: 'text/plain',
  size: 5,
  url: `${origin}/a.patch`,
  ...more,
})
const take = (...files: readonly AddedFile[]) =>
  downloadFiles({ botToken: 'xoxb-secret', apiUrl: `${origin}/api/` }, files, () => undefined)
const ending = async (call: Promise<unknown>): Promise<FileNotTaken> => {
  const error = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof FileNotTaken) return error
  throw new Error('the file was taken')
}

describe('a file that somebody added', () => {
  it('is fetched with the token from Slack’s own host', async () => {
    expect((await take(added())).map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['bytes'])
    expect(calls).toEqual(['Bearer xoxb-secret'])
  })

  it.each([
    'https://files.slack.com.evil.example/a',
    'https://evil.example/files.slack.com/a',
    'http://files.slack.com/a',
    'https://files.slack.com@evil.example/a',
    'https://files.slack.com:8443/a',
    'file:///etc/passwd',
    '//files.slack.com/a',
    '',
  ])('at %j does not get the token', async (url) => {
    const error = await ending(take(added({ url })))
    expect(error.code).toBe('elsewhere')
    expect(calls).toEqual([])
  })

  it('is not fetched if Slack redirects to another host', async () => {
    expect((await ending(take(added({ url: `${origin}/moved` })))).code).toBe('unreachable')
    expect(calls).toHaveLength(1)
  })

  it.each([
    ['it is said to be', FILE_BYTES_MAX + 1, '/a', 0],
    ['it turns out to be', 1, '/endless', 1],
  ])('is too large where %s', async (_how, size, path, requests) => {
    expect((await ending(take(added({ size, url: `${origin}${path}` })))).code).toBe('too-large')
    expect(calls).toHaveLength(requests)
  })

  it('is refused if too many files come with it', async () => {
    const many = Array.from({ length: FILES_MAX + 1 }, () => added())
    expect((await ending(take(...many))).code).toBe('too-many')
  })

  it('is named without its address and the token if its download fails', async () => {
    const error = await ending(take(added({ url: `${origin}/moved?secret=1` })))
    expect(error.message).not.toMatch(/secret|127\.0\.0\.1/)
  })
})
