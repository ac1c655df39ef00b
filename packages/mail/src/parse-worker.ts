import { MailError } from './errors.ts'
import { parse } from './parse.ts'
import type { ParseAnswer } from './parser.ts'

// Runs in a process of its own: one message in, one answer out, in order. It ends when the channel closes.
const tell = process.send?.bind(process)
if (tell === undefined) throw new Error('parse-worker runs in a process of its own; use createParser')

// A signal to the whole group is handled by the program, which still waits for the mail that is being read.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

async function answer(raw: Uint8Array): Promise<ParseAnswer> {
  try {
    return { is: 'parsed', mail: await parse(raw) }
  } catch (error) {
    return error instanceof MailError
      ? { is: 'failed', code: error.code, message: error.message }
      : { is: 'failed', code: 'unparsable', message: 'The mail cannot be read. It is kept as it came.' }
  }
}

process.on('message', (raw: Uint8Array) => {
  void answer(raw).then((result) => tell(result))
})
const ready: ParseAnswer = { is: 'ready' }
tell(ready)
