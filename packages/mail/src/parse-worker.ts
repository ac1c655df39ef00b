import { parentPort } from 'node:worker_threads'
import { MailError } from './errors.ts'
import { parse } from './parse.ts'
import type { ParseAnswer } from './parser.ts'

// Runs in a worker thread: one message in, one answer out, in order.
const port = parentPort
if (port === null) throw new Error('parse-worker runs in a worker thread; use createParser')

async function answer(raw: Uint8Array): Promise<ParseAnswer> {
  try {
    return { is: 'parsed', mail: await parse(raw) }
  } catch (error) {
    return error instanceof MailError
      ? { is: 'failed', code: error.code, message: error.message }
      : { is: 'failed', code: 'unparsable', message: 'The mail cannot be read. It is kept as it came.' }
  }
}

port.on('message', (raw: Uint8Array) => {
  void answer(raw).then((result) => port.postMessage(result))
})
const ready: ParseAnswer = { is: 'ready' }
port.postMessage(ready)
