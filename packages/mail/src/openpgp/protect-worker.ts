import { parentPort } from 'node:worker_threads'
import { protectMail } from './protect.ts'
import type { ProtectAnswer, ProtectRequest } from './protector.ts'

// Runs in a thread of its own, and works on several mails at once.
const port = parentPort
if (port === null) throw new Error('protect-worker runs in a thread of its own; use createProtector')

async function answer({ id, mail, protection, at }: ProtectRequest): Promise<ProtectAnswer> {
  try {
    return { id, is: 'protected', mail: await protectMail(mail, protection, at) }
  } catch (error) {
    return { id, is: 'failed', message: error instanceof Error ? error.message : 'unknown error' }
  }
}

port.on('message', (request: ProtectRequest) => void answer(request).then((answered) => port.postMessage(answered)))
