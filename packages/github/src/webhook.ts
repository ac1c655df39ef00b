import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { HostedAdvisory, Log, RepositoryRef } from '@embargo/engine'
import { z } from 'zod'
import { Advisory, hostedAdvisory } from './advisory.ts'
import { CONNECTIONS_MAX, PAYLOAD_BYTES_MAX, REQUEST_MS } from './limits.ts'

export type WebhookOptions = {
  readonly listen: { readonly host: string; readonly port: number }
  readonly secret: string
  readonly log: Log
  /** Stores a private report; false if it could not be stored. */
  readonly onReport: (repository: RepositoryRef, advisory: HostedAdvisory) => Promise<boolean>
}

export type Webhook = AsyncDisposable & { readonly port: number }

/** Says that the address of the webhook cannot be used, and what to change. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

/**
 * The part of the payload that we read:
 * https://docs.github.com/webhooks/webhook-events-and-payloads#repository_advisory
 */
const ReportPayload = z.object({
  action: z.literal('reported'),
  repository_advisory: Advisory,
  repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
})

/**
 * Receives the webhook of the app on a listener of its own. A sender who is not GitHub learns nothing. GitHub does not
 * repeat a failed delivery, but the next poll for private reports finds the report.
 * @throws WebhookError if the address is taken
 */
export async function startWebhook(options: WebhookOptions): Promise<Webhook> {
  const { listen, log } = options
  const times = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: REQUEST_MS / 10 }
  const server = createServer(times, (request, response) => {
    answer(options, request).then(
      (status) => end(response, status),
      () => {
        log.error('a webhook of GitHub could not be stored; the next poll finds its report')
        end(response, 500)
      },
    )
  })
  server.maxConnections = CONNECTIONS_MAX
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `Nothing can listen on ${listen.host}:${listen.port} for GitHub’s webhook. Another program has the port, or the address is not this machine’s: set EMBARGO_GITHUB_LISTEN to another.`
      reject(new WebhookError(message, { cause }))
    })
    server.listen(listen.port, listen.host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : listen.port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      server.closeIdleConnections()
      await closed
    },
  }
}

async function answer({ secret, log, onReport }: WebhookOptions, request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 404
  const body = await readBody(request)
  if (body === undefined) return 413
  if (!isGenuine(secret, body, request.headers['x-hub-signature-256'])) {
    log.warn('a request to the address of GitHub’s webhook was refused: its signature is wrong')
    return 401
  }
  // Other deliveries are accepted and ignored: the ping when the webhook is made, and `published`, which this program
  // causes.
  if (request.headers['x-github-event'] !== 'repository_advisory') return 204
  const read = ReportPayload.safeParse(parsed(body))
  if (!read.success) return 204
  const { repository, repository_advisory: advisory } = read.data
  const isStored = await onReport({ owner: repository.owner.login, name: repository.name }, hostedAdvisory(advisory))
  return isStored ? 202 : 503
}

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
function isGenuine(secret: string, body: Uint8Array, header: string | string[] | undefined): boolean {
  const [, digits = ''] = /^sha256=([0-9a-f]{64})$/u.exec(typeof header === 'string' ? header : '') ?? []
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(digits, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The body, or undefined if it is larger than any report. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > PAYLOAD_BYTES_MAX) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > PAYLOAD_BYTES_MAX) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function end(response: ServerResponse, status: number): void {
  // If a body is too large, the rest of it is not read.
  if (status === 413) response.setHeader('connection', 'close')
  response.writeHead(status).end()
}
