import type { SignatureRequest } from './domain-checks/signatures.ts'
import { MailError } from './errors.ts'
import { parse } from './parse.ts'
import { refreshKey } from './openpgp/key-facts.ts'
import type { KeyCopy, ParseAnswer, ParseRequest } from './parser.ts'

// Runs in a separate process: it answers each message once, in order, and ends when the channel closes.
const tell = process.send?.bind(process)
if (tell === undefined) throw new Error('parse-worker runs in a process of its own; use createParser')

// A signal to the whole process group is ignored here. The main program handles it, and still waits for the mail that
// is being read.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

/** Hands the keys to the mail that requested them. Set only while a mail waits for keys. */
let waiting: ((keys: readonly Uint8Array[]) => void) | undefined

async function keysFor(request: Extract<ParseAnswer, { is: 'keys-wanted' | 'own-keys-wanted' }>) {
  return new Promise<readonly Uint8Array[]>((resolve) => {
    waiting = resolve
    say(request)
  })
}

const find = async (keyIds: readonly string[]) => keysFor({ is: 'keys-wanted', keyIds })

async function answer(raw: Uint8Array, at: number): Promise<ParseAnswer> {
  let keys: Promise<readonly Uint8Array[]> | undefined
  const own = async () => (keys ??= keysFor({ is: 'own-keys-wanted' }))
  try {
    return { is: 'parsed', mail: await parse(raw, { keyring: { own, find }, at }) }
  } catch (error) {
    return error instanceof MailError
      ? { is: 'failed', code: error.code, message: error.message }
      : { is: 'failed', code: 'unparsable', message: 'The mail cannot be read. It is kept as it came.' }
  }
}

/** Verifies signatures. The library for this is loaded with the first request, because parsing does not need it. */
async function verify(request: SignatureRequest): Promise<ParseAnswer> {
  try {
    const { verifySignatures } = await import('./domain-checks/signatures.ts')
    return { is: 'verified', signed: await verifySignatures(request) }
  } catch {
    return { is: 'failed', code: 'unparsable', message: 'The signatures of the mail cannot be verified.' }
  }
}

/** A large mail arrives in pieces, before the request that is about it. These are the pieces so far. */
let large: Uint8Array | undefined

function add({ total, from, bytes }: Extract<ParseRequest, { is: 'piece' }>): void {
  large ??= new Uint8Array(total)
  large.set(bytes, from)
}

function whole(raw: Uint8Array): Uint8Array {
  const mail = large ?? raw
  large = undefined
  return mail
}

async function refresh({ kept, copy, at }: KeyCopy): Promise<ParseAnswer> {
  try {
    return { is: 'refreshed', key: await refreshKey(kept, copy, at) }
  } catch {
    return { is: 'failed', code: 'unparsable', message: 'The copy of a key cannot be read.' }
  }
}

const say = (answered: ParseAnswer): void => void tell(answered)

process.on('message', (request: ParseRequest) => {
  if (request.is === 'piece') add(request)
  else if (request.is === 'mail') void answer(whole(request.raw), request.at).then(say)
  else if (request.is === 'signatures') void verify({ ...request.request, raw: whole(request.request.raw) }).then(say)
  else if (request.is === 'refresh') void refresh(request).then(say)
  else waiting?.(request.keys)
})
say({ is: 'ready' })
