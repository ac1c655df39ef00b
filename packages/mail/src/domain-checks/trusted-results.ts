import type { DomainVerdict } from '@embargo/core'
import { parseAuthenticationResults } from './authentication-results.ts'
import type { HeadField } from './head.ts'

/**
 * The verdict of the operator's own server (RFC 8601). Only the topmost field with the server's name counts, because a
 * server writes its field above those that came with the mail. If the server wrote no field, the topmost one may be
 * forged. So the server must remove fields with its own name from incoming mail (section 5).
 */
export function trustedVerdict(fields: readonly HeadField[], domain: string, server: string): DomainVerdict {
  const name = server.toLowerCase()
  const [topmost] = ownTrace(fields, name)
    .filter((field) => field.name === 'authentication-results')
    .flatMap(({ value }) => parseAuthenticationResults(value) ?? [])
    .filter((results) => results.server === name)
  const found = topmost?.results.find(({ method }) => method === 'dmarc')
  // The server's result counts only if it checked the same author that we see.
  if (found === undefined || (found.properties.get('header.from') ?? domain) !== domain) return { is: 'not-checked' }
  switch (found.result) {
    case 'pass':
      return { is: 'confirmed', domain }
    case 'fail':
      return { is: 'failed', domain }
    default:
      return { is: 'unproven', domain }
  }
}

/**
 * The fields that our own server wrote. A server writes its fields above the fields that it received, so our server's
 * fields end at the next Received field below our server's own. If no Received field names our server, the topmost one
 * counts as our server's own.
 */
function ownTrace(fields: readonly HeadField[], server: string): readonly HeadField[] {
  const received = fields.filter(({ name }) => name === 'received')
  const own = received.findIndex(({ value }) => writerOf(value) === server)
  const foreign = received[Math.max(own, 0) + 1]
  return foreign === undefined ? fields : fields.slice(0, fields.indexOf(foreign))
}

/** The host that wrote a Received field. */
const writerOf = (value: string): string | undefined => /\bby\s+([^\s;()]+)/iu.exec(value)?.[1]?.toLowerCase()
