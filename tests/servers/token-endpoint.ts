import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/**
 * The OAuth 2 endpoints of an invented provider. One gives tokens (RFC 6749). The other says whether a token is valid
 * (RFC 7662).
 */
export type TokenEndpoint = AsyncDisposable & {
  readonly tokens: string
  readonly introspection: string
  /** The parameters of each request for a token. */
  readonly asked: readonly URLSearchParams[]
  /** Makes all tokens that were given so far invalid. */
  expire(): void
}

/** `seconds`: for how long a token is valid, according to the response that contains the token. */
export async function startTokenEndpoint(user: string, seconds: number): Promise<TokenEndpoint> {
  const asked: URLSearchParams[] = []
  let firstValid = 0
  const isValid = (token: string | null): boolean => Number(/^token-(\d+)$/u.exec(token ?? '')?.[1] ?? -1) >= firstValid
  async function answer(request: IncomingMessage): Promise<object> {
    const form = new URLSearchParams(await text(request))
    if (request.url === '/introspect') return { active: isValid(form.get('token')), username: user }
    asked.push(form)
    return { access_token: `token-${asked.length - 1}`, expires_in: seconds, refresh_token: `refresh-${asked.length}` }
  }
  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    tokens: `${base}/token`,
    introspection: `${base}/introspect`,
    asked,
    expire() {
      firstValid = asked.length
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
