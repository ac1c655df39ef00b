import { createServer } from 'node:https'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { statusOfPage } from './web-page.ts'

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server[Symbol.asyncDispose]()
})

/** A site on this machine that has one page; `asked` has the path of each request. */
async function site() {
  const asked: string[] = []
  const server = createServer(LOCALHOST_CERTIFICATE, ({ url }, response) => {
    asked.push(url ?? '')
    if (url === '/moved') response.writeHead(302, { location: '/quillmark-4.3.tar.gz?x=1' }).end()
    // The body never ends.
    else if (url === '/quillmark-4.3.tar.gz?x=1') response.writeHead(200).write('x')
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  opened.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await server[Symbol.asyncDispose]()
    },
  })
  const { cert: ca } = LOCALHOST_CERTIFICATE
  return { asked, host: `localhost:${address.port}`, ca, port: address.port }
}

describe('the status of a web page', () => {
  it('is read, without the body', async () => {
    const { host, ca } = await site()
    expect(await statusOfPage(`https://${host}/quillmark-4.3.tar.gz?x=1`, { local: [host], ca })).toBe(200)
    expect(await statusOfPage(`https://${host}/quillmark-4.4.tar.gz`, { local: [host], ca })).toBe(404)
  })

  it('attack: of a redirect is that of the redirect, which is not followed', async () => {
    const { host, ca, asked } = await site()
    expect(await statusOfPage(`https://${host}/moved`, { local: [host], ca })).toBe(302)
    expect(asked).toEqual(['/moved'])
  })

  it('attack: is not asked of this machine or its network, unless the server is allowed', async () => {
    const { host, ca, asked, port } = await site()
    const links = [`https://${host}/`, `https://127.0.0.1:${port}/`, `https://[::1]:${port}/`, 'https://10.0.0.1/']
    for (const link of links)
      await expect(statusOfPage(link, { local: ['localhost'], ca })).rejects.toMatchObject({
        message: 'The server of the link is not on the Internet.',
      })
    expect(asked).toEqual([])
  })

  it('attack: is not asked without TLS, or of a server whose certificate nobody trusts', async () => {
    const { host, ca, asked } = await site()
    await expect(statusOfPage(`http://${host}/`, { local: [host], ca })).rejects.toMatchObject({ code: 'refused' })
    await expect(statusOfPage(`https://${host}/`, { local: [host] })).rejects.toMatchObject({ code: 'unreachable' })
    expect(asked).toEqual([])
  })
})
