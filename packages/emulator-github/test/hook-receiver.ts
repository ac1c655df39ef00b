import type { JsonObject } from '@embargo/emulator-kit'
import { asJsonObject, LoopbackServer, parseJson } from '@embargo/emulator-kit'
import type { IncomingHttpHeaders } from 'node:http'

type ReceivedHook = { readonly headers: IncomingHttpHeaders; readonly text: string; readonly body: JsonObject }

/** A server that accepts webhooks and stores them. */
export async function startHookReceiver(): Promise<{
  readonly url: string
  readonly received: readonly ReceivedHook[]
  close(): Promise<void>
}> {
  const received: ReceivedHook[] = []
  const server = new LoopbackServer({
    requestBytesMax: 1_000_000,
    answer: ({ headers, body }) => {
      const text = body.toString()
      received.push({ headers, text, body: asJsonObject(parseJson(text)) })
      return Promise.resolve({ status: 204, body: '' })
    },
    upgrade: (_request, socket) => socket.destroy(),
  })
  await server.listen()
  return { url: server.base, received, close: () => server.close() }
}
