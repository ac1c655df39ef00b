import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from './emulator.ts'
import { signatureOf } from './http-delivery.ts'
import { ANA, openChannel, startTestSlack } from './testing.ts'

const SECRET = 'the-secret'
type ReceivedDelivery = {
  readonly type: string
  readonly retry: string | undefined
  readonly genuine: boolean
  readonly body: string
}

let slack: SlackEmulator
let server: Server
let deliveries: ReceivedDelivery[]
let answer: (heard: ReceivedDelivery) => { readonly status: number; readonly body: string }
let url = ''

beforeEach(async () => {
  deliveries = []
  answer = ({ body, type }) => {
    const challenge = type === 'application/json' ? /"challenge":"([^"]+)"/.exec(body)?.[1] : undefined
    return { status: 200, body: challenge ?? '' }
  }
  slack = await startTestSlack({ timing: { ackMs: 200, eventRetryMs: [0, 0] } })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const timestamp = String(request.headers['x-slack-request-timestamp'])
    const one: ReceivedDelivery = {
      type: request.headers['content-type'] ?? '',
      retry: request.headers['x-slack-retry-num']?.toString(),
      genuine: request.headers['x-slack-signature'] === signatureOf(SECRET, { timestamp, body }),
      body,
    }
    deliveries.push(one)
    const { status, body: said } = answer(one)
    response.writeHead(status).end(said)
  }
  server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
})
afterEach(async () => {
  await slack.close()
  server.closeAllConnections()
  server.close()
})

// https://docs.slack.dev/apis/events-api/using-http-request-urls
describe('a Request URL', () => {
  it('is accepted only if it answers the challenge', async () => {
    await slack.deliverTo({ url, signingSecret: SECRET })
    answer = () => ({ status: 200, body: 'something' })
    await expect(slack.deliverTo({ url, signingSecret: SECRET })).rejects.toMatchObject({ code: 'url-not-verified' })
  })

  it('gets a command as a form and an event as JSON, both signed', async () => {
    await slack.deliverTo({ url, signingSecret: SECRET })
    const channel = await openChannel(slack)
    await slack.person(ANA).command('/cvd', 'status', channel)
    const command = deliveries.find((each) => each.body.startsWith('token='))
    expect(command).toMatchObject({ type: 'application/x-www-form-urlencoded', genuine: true })
    expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({ command: '/cvd', text: 'status' })
    await slack.person(ANA).shortcut('note')
    expect(JSON.parse(new URLSearchParams(deliveries.at(-1)?.body).get('payload') ?? '')).toMatchObject({
      type: 'shortcut',
    })
    expect(deliveries.every((each) => each.genuine)).toBe(true)
  })

  it('gets an event again that was not answered with 2xx, with the number of the retry', async () => {
    await slack.deliverTo({ url, signingSecret: SECRET })
    const channel = await openChannel(slack)
    const all = Promise.withResolvers<void>()
    const said = () => deliveries.filter((each) => each.body.includes('"word"'))
    answer = () => {
      if (said().length === 3) all.resolve()
      return { status: 500, body: '' }
    }
    slack.person(ANA).say(channel, 'word')
    await all.promise
    expect(said().map((each) => each.retry)).toEqual([undefined, '1', '2'])
  })

  it.each([
    ['in plain text', 'done', { text: 'done' }],
    ['as JSON', '{"text":"done"}', { text: 'done' }],
    ['without a word', '', {}],
  ])('answers a command %s', async (_how, body, acknowledged) => {
    await slack.deliverTo({ url, signingSecret: SECRET })
    answer = () => ({ status: 200, body })
    expect((await slack.person(ANA).command('/cvd', '', 'general')).acknowledged).toEqual(acknowledged)
  })

  it('that is late or cannot be reached shows the person a failure', async () => {
    await slack.deliverTo({ url, signingSecret: SECRET })
    slack.faults.loseNextAck()
    expect((await slack.person(ANA).command('/cvd', '', 'general')).failure).toBe('operation_timeout')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect((await slack.person(ANA).command('/cvd', '', 'general')).failure).toBe('dispatch_failed')
  })
})
