import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { SlackEmulator } from './emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import { ANA, APP_TOKEN, at, call, openChannel, startTestSlack } from './testing.ts'

/** A small app that stores what it receives, and acknowledges it unless told not to. */
class TinyApp {
  readonly heard: JsonObject[] = []
  acknowledges = true
  readonly #slack: SlackEmulator
  #socket: WebSocket | undefined

  constructor(slack: SlackEmulator) {
    this.#slack = slack
  }

  async connect(): Promise<this> {
    const url = at(await call(this.#slack, 'apps.connections.open', {}, APP_TOKEN), 'url')
    const socket = new WebSocket(url)
    this.#socket = socket
    socket.on('message', (data) => this.#hear(String(data)))
    socket.on('error', () => socket.terminate())
    await new Promise((resolve) => socket.once('message', resolve))
    return this
  }

  close(): void {
    this.#socket?.close()
  }

  #hear(text: string): void {
    const message = parseJson(text)
    if (!isObject(message)) return
    this.heard.push(message)
    const id = at(message, 'envelope_id')
    if (id === '' || !this.acknowledges) return
    this.#socket?.send(JSON.stringify({ envelope_id: id, payload: {} }))
  }

  get envelopes(): readonly JsonObject[] {
    return this.heard.filter((message) => at(message, 'envelope_id') !== '')
  }
}

let slack: SlackEmulator
beforeEach(async () => {
  slack = await startTestSlack({ timing: { ackMs: 50, eventRetryMs: [0, 0, 0] } })
})
afterEach(() => slack.close())

const connect = (): Promise<TinyApp> => new TinyApp(slack).connect()

// https://docs.slack.dev/apis/events-api/using-socket-mode
describe('Socket Mode', () => {
  it('says hello, and counts the sockets', async () => {
    const [one] = [await connect(), await connect()]
    expect(one.heard[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0EMBARGO' } })
    expect(slack.state.connections).toBe(2)
  })

  it('lets a URL be used once', async () => {
    const url = at(await call(slack, 'apps.connections.open', {}, APP_TOKEN), 'url')
    const first = new WebSocket(url)
    await new Promise((resolve) => first.once('open', resolve))
    const second = new WebSocket(url)
    const refusal = await new Promise((resolve) => second.once('error', resolve))
    expect(String(refusal)).toContain('408')
  })

  it('opens ten sockets but no eleventh', async () => {
    for (let count = 0; count < 10; count += 1) await connect()
    expect(await call(slack, 'apps.connections.open', {}, APP_TOKEN)).toMatchObject({ error: 'too_many_websockets' })
  })

  it('gives each payload to one socket, and uses every socket over time', async () => {
    const apps = [await connect(), await connect(), await connect()]
    for (let count = 0; count < 30; count += 1) await slack.person(ANA).command('/ack', String(count), 'general')
    const counts = apps.map((app) => app.envelopes.length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30)
    expect(Math.min(...counts)).toBeGreaterThan(0)
  })

  it('delivers in the same order of sockets for the same seed', async () => {
    const play = async (): Promise<number[]> => {
      await using same = await startTestSlack({ seed: 7 })
      const apps = [await new TinyApp(same).connect(), await new TinyApp(same).connect()]
      for (let count = 0; count < 8; count += 1) await same.person(ANA).command('/ack', '', 'general')
      return apps.map((app) => app.envelopes.length)
    }
    expect(await play()).toEqual(await play())
  })

  it('asks the app to reconnect', async () => {
    const app = await connect()
    slack.faults.refreshSockets()
    await slack.person(ANA).command('/ack', '', 'general')
    expect(app.heard.at(1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' })
  })
})

// https://docs.slack.dev/apis/events-api#retries
describe('a payload that nobody acknowledges', () => {
  it('is shown to the person as a timeout', async () => {
    const app = await connect()
    app.acknowledges = false
    const outcome = await slack.person(ANA).command('/ack', '', 'general')
    expect(outcome).toMatchObject({ acknowledged: undefined, failure: 'operation_timeout' })
  })

  it('is shown as a failed dispatch if no socket is open', async () => {
    const outcome = await slack.person(ANA).command('/ack', '', 'general')
    expect(outcome.failure).toBe('dispatch_failed')
  })

  it('is shown as a failure if the socket breaks in the meantime', async () => {
    const app = await connect()
    app.acknowledges = false
    const pending = slack.person(ANA).command('/ack', '', 'general')
    slack.faults.dropSockets()
    expect((await pending).failure).toBe('operation_timeout')
  })

  it('is sent again three times with the same id if it is an event', async () => {
    const channel = await openChannel(slack)
    const app = await connect()
    app.acknowledges = false
    slack.person(ANA).say(channel, 'a word')
    const attempts = () => app.envelopes.filter((each) => at(each, 'payload', 'event', 'type') === 'message')
    // Each command waits until it times out, and the event is sent again meanwhile. So the test need not sleep.
    while (attempts().length < 4) await slack.person(ANA).command('/tick', '', 'general')
    expect(attempts().map((each) => each['retry_attempt'])).toEqual([0, 1, 2, 3])
    expect(new Set(attempts().map((each) => at(each, 'payload', 'event_id'))).size).toBe(1)
    expect(attempts().at(-1)).toMatchObject({ retry_reason: 'timeout', payload: { event: { text: 'a word' } } })
  })
})

describe('delivery on demand', () => {
  it('sends the same payload twice, in two envelopes', async () => {
    const app = await connect()
    slack.faults.deliverTwice()
    await slack.person(ANA).command('/ack', 'x', 'general')
    await slack.person(ANA).command('/other', 'y', 'general')
    const texts = app.envelopes.map((each) => at(each, 'payload', 'text'))
    expect(texts).toEqual(['x', 'x', 'y'])
    expect(app.envelopes[0]?.['payload']).toEqual(app.envelopes[1]?.['payload'])
  })

  it('can lose an acknowledgement', async () => {
    await connect()
    slack.faults.loseNextAck()
    expect((await slack.person(ANA).command('/ack', '', 'general')).failure).toBe('operation_timeout')
    expect((await slack.person(ANA).command('/ack', '', 'general')).failure).toBeUndefined()
  })
})

// https://docs.slack.dev/apis/events-api
describe('events', () => {
  it('come only from channels that the app is in, and only if its scopes cover them', async () => {
    await using deaf = await startTestSlack({ scopes: ['groups:write', 'channels:manage', 'chat:write'] })
    const app = await new TinyApp(deaf).connect()
    const channel = await openChannel(deaf)
    deaf.person(ANA).say(channel, 'not for you')
    deaf.person(ANA).say('general', 'not for you')
    await deaf.person(ANA).command('/tick', '', 'general')
    expect(app.envelopes.map((each) => each['type'])).toEqual(['slash_commands'])
  })

  it('say who joined and who invited them', async () => {
    const channel = await openChannel(slack)
    const app = await connect()
    slack.person(ANA).invite(channel, 'U0BEN')
    await slack.person(ANA).command('/tick', '', 'general')
    // The event that Ana joined may be there too. No socket was open when she joined, so the event is sent again.
    expect(app.envelopes.map((each) => each['payload'])).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({ type: 'member_joined_channel', user: 'U0BEN', inviter: ANA, channel }),
      }),
    )
  })
})
