import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE_BYTES_MAX } from '../limits.ts'
import { fileDownloader } from './download-files.ts'

const server = createServer((request, response) => {
  if (request.url === '/moved') return response.writeHead(302, { location: '/ten' }).end()
  if (request.url === '/gone') return response.writeHead(404).end('gone')
  return response.end('x'.repeat(10))
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const file = (path: string, size = 10) => ({ name: 'a', url: `${base}${path}`, size, contentType: null })
const take = (path: string, most?: number, size?: number) => fileDownloader(`${base}/api`)(file(path, size), most)

describe('an attachment', () => {
  it('is downloaded completely up to the limit; a larger one is not downloaded', async () => {
    expect(await take('/ten', 10)).toEqual({ ok: true, bytes: Buffer.from('x'.repeat(10)) })
    expect(await take('/ten', 9)).toMatchObject({ ok: false, because: expect.stringContaining('larger than 9 bytes') })
    expect(await take('/ten', undefined, FILE_BYTES_MAX + 1)).toMatchObject({ ok: false })
  })

  it('is refused if it is larger than Discord announced', async () => {
    expect(await take('/ten', 9, 1)).toMatchObject({
      ok: false,
      because: expect.stringContaining('larger than 9 bytes'),
    })
  })

  it.each(['/moved', '/gone'])('is not looked for elsewhere (%s)', async (path) => {
    expect(await take(path)).toMatchObject({ ok: false, because: expect.stringContaining('could not be downloaded') })
  })

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://cdn.discordapp.com/attachments/1/2/a',
    'https://cdn.discordapp.com.evil.example/a',
    'https://evil.example/https://cdn.discordapp.com/a',
    'https://cdn.discordapp.com@evil.example/a',
    'file:///etc/passwd',
    'not an address',
  ])('is fetched only from Discord, not from %s', async (url) => {
    const answer = await fileDownloader(undefined)({ name: 'a', url, size: 1, contentType: null })
    expect(answer).toMatchObject({ ok: false, because: expect.stringContaining('not stored by Discord') })
  })
})
