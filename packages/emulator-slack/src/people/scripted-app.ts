import { WebSocket } from 'ws'
import type { SlackEmulator } from '../emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import { APP_TOKEN, at, call } from '../testing.ts'

/** An app for the emulator's own tests. It acknowledges everything with the result of `answer`. */
export class ScriptedApp {
  /** The received payloads, oldest first, without events. */
  readonly payloads: JsonObject[] = []
  answer: (payload: JsonObject) => JsonObject = () => ({})
  onEvent: (event: JsonObject) => void = () => {}

  static async connect(slack: SlackEmulator): Promise<ScriptedApp> {
    const app = new ScriptedApp()
    const socket = new WebSocket(at(await call(slack, 'apps.connections.open', {}, APP_TOKEN), 'url'))
    socket.on('message', (data) => {
      const envelope = parseJson(String(data))
      const payload = isObject(envelope) ? envelope['payload'] : undefined
      if (!isObject(envelope) || !isObject(payload)) return
      const isEvent = envelope['type'] === 'events_api'
      const event = payload['event']
      if (isObject(event)) app.onEvent(event)
      if (!isEvent) app.payloads.push(payload)
      const answer = isEvent ? {} : app.answer(payload)
      socket.send(JSON.stringify({ envelope_id: at(envelope, 'envelope_id'), payload: answer }))
    })
    await new Promise((resolve) => socket.once('message', resolve))
    return app
  }
}
