import type { IncomingMessage } from 'node:http'
import { z } from 'zod'

/**
 * Slack's payloads are below 300 KB (a view takes up to 250 KB). Anything larger is an attempt to exhaust our memory.
 */
export const REQUEST_BYTES_MAX = 1024 * 1024

/** The body of a request; undefined if it is too large. */
export async function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > REQUEST_BYTES_MAX) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const Payload = z.record(z.string(), z.unknown())
export type Payload = z.infer<typeof Payload>

/**
 * The payload of a request: events as JSON, interactions as JSON within a form, commands as the form itself
 * (https://docs.slack.dev/apis/events-api, /interactivity). Undefined for anything else.
 */
export function readPayload(type: string, body: Buffer): Payload | undefined {
  if (type.startsWith('application/json')) return parsed(body.toString('utf8'))
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined
  const form = new URLSearchParams(body.toString('utf8'))
  const inside = form.get('payload')
  return inside === null ? Object.fromEntries(form) : parsed(inside)
}

function parsed(text: string): Payload | undefined {
  try {
    return Payload.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** The value of a header; undefined if it is missing or occurs several times. */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
