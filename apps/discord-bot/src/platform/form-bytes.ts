import type { RESTOptions } from 'discord.js'

type Init = Parameters<RESTOptions['makeRequest']>[1]

/**
 * Replaces a form by its bytes. The libraries for Slack and Discord bring two versions of undici but share one
 * dispatcher. The dispatcher of undici 8 refuses a form object of another version (`UND_ERR_INVALID_ARG`).
 */
export async function withFormAsBytes(init: Init): Promise<Init> {
  if (!(init.body instanceof FormData)) return init
  const encoded = new Response(init.body)
  const type = encoded.headers.get('content-type') ?? ''
  const headers = { ...Object.fromEntries(Object.entries(init.headers ?? {})), 'content-type': type }
  return { ...init, headers, body: new Uint8Array(await encoded.arrayBuffer()) }
}
