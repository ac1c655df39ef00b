import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { HttpReceiver } from './http-receiver.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

it.each([
  ['header', 'POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slow:'],
  ['body', 'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npayload='],
])(
  'closes a request as soon as its time is over if its %s is incomplete, and does not wait for Node’s next check',
  async (_what, half) => {
    const receiver = new HttpReceiver({
      signingSecret: '0'.repeat(32),
      listen: { host: '127.0.0.1', port: 0 },
      log,
      requestMs: 50,
    })
    const port = await receiver.start()
    const socket = connect(port, '127.0.0.1')
    socket.write(half)
    socket.resume()
    // By default, Node checks for slow requests only every 30 s, and a test may not take that long.
    await new Promise<void>((resolve) => socket.once('close', () => resolve()))
    await receiver.stop()
    expect(socket.destroyed).toBe(true)
  },
)
