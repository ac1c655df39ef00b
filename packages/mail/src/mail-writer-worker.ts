import { parentPort } from 'node:worker_threads'
import { MailError } from './errors.ts'
import type { WriterAnswer, WriterRequest } from './mail-writer.ts'
import { readPublicKeys } from './openpgp/key-facts.ts'
import { writeMail } from './write-mail.ts'

// Runs in a thread of its own, and works on several mails at once.
const port = parentPort
if (port === null) throw new Error('mail-writer-worker runs in a thread of its own; use createMailWriter')

async function answer(request: WriterRequest): Promise<WriterAnswer> {
  const { id } = request
  try {
    return request.is === 'write'
      ? { id, is: 'written', mail: await writeMail(request.draft) }
      : { id, is: 'keys-read', reading: await readPublicKeys(request.block, request.at) }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown error'
    return { id, is: 'failed', message, ...(error instanceof MailError && { code: error.code }) }
  }
}

port.on('message', (request: WriterRequest) => void answer(request).then((answered) => port.postMessage(answered)))
