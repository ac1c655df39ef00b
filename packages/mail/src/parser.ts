import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SignatureRequest, SignedMail } from './domain-checks/signatures.ts'
import { MailError } from './errors.ts'
import type { MailErrorCode } from './errors.ts'
import type { PublicKeyFile } from './openpgp/key-facts.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { WITHOUT_KEYS } from './reading.ts'
import type { Reading } from './reading.ts'

/**
 * Time for one mail, in milliseconds. This limit stops a mail that keeps a decoder busy. An honest mail of 25 MB takes
 * about a second.
 */
export const PARSE_TIMEOUT_MS = 15_000

/**
 * The most heap of the worker process, in megabytes. This limit stops a mail that needs huge memory. The worker is not
 * a thread: if the heap of a thread fills before its size is checked again, V8 ends the whole process.
 */
export const PARSE_HEAP_MB = 256

/**
 * The environment of the worker. With this setting, glibc returns freed blocks of at least this many bytes to the
 * system at once. Otherwise a worker keeps some 150 MB after a few large mails. Other C libraries ignore the setting.
 */
const ENV = { MALLOC_MMAP_THRESHOLD_: String(64 * 1024) }

/**
 * Time for the worker to start, in milliseconds. A slow start is the machine's fault, so it does not count towards the
 * time for a mail.
 */
const START_TIMEOUT_MS = 60_000

/**
 * How often the worker may request keys for one mail. The worker needs two requests for each part, block and file that
 * it opens, and one request for our own keys.
 */
const MAX_KEY_REQUESTS = 100

/** A known key, and the copy of it that came with a mail. */
export type KeyCopy = { readonly kept: Uint8Array; readonly copy: Uint8Array; readonly at: number }

/**
 * How many bytes of a mail are sent to the worker in one message. Node copies each message on both sides, so a large
 * mail in one message would take several times its size in memory.
 */
const PIECE_BYTES = 1024 * 1024

/**
 * A message to the worker: a mail to parse, DKIM and ARC signatures to verify, a known key to update from a copy of it,
 * or the keys that the worker requested. A large mail is sent in pieces, before the request that is about it. In that
 * request, `raw` is empty.
 */
export type ParseRequest =
  | { readonly is: 'piece'; readonly total: number; readonly from: number; readonly bytes: Uint8Array }
  | ({ readonly is: 'refresh' } & KeyCopy)
  | { readonly is: 'signatures'; readonly request: SignatureRequest }
  | { readonly is: 'mail'; readonly raw: Uint8Array; readonly at: number }
  | { readonly is: 'keys'; readonly keys: readonly Uint8Array[] }

/** A message from the worker. The worker requests our private keys only for an encrypted mail. */
export type ParseAnswer =
  | { readonly is: 'ready' }
  | { readonly is: 'own-keys-wanted' }
  | { readonly is: 'keys-wanted'; readonly keyIds: readonly string[] }
  | { readonly is: 'parsed'; readonly mail: ParsedMail }
  | { readonly is: 'verified'; readonly signed: SignedMail }
  | { readonly is: 'refreshed'; readonly key: PublicKeyFile }
  | { readonly is: 'failed'; readonly code: MailErrorCode; readonly message: string }

/**
 * Runs `parse` in a separate process. Mails are parsed one after the other, so it is known which mail crashed the
 * worker.
 */
export type MailParser = AsyncDisposable & {
  /**
   * Resolves when a worker is ready for a mail. @throws Error if no worker could be started, or if the parser was shut
   * down
   */
  ready(): Promise<void>
  /**
   * @throws MailError as `parse` does, or `parser-died` if the worker ran out of time or memory. Any other error says
   * nothing about the mail: no worker could be started, the parser was shut down, or the keys could not be read
   */
  parse(raw: Uint8Array, reading?: Reading): Promise<ParsedMail>
  /** Runs `verifySignatures` in the worker. @throws as `parse` does */
  verify(request: SignatureRequest): Promise<SignedMail>
  /** Runs `refreshKey` in the worker. @throws as `parse` does */
  refresh(copy: KeyCopy): Promise<PublicKeyFile>
}

type SendRequest = (request: ParseRequest) => Promise<ParseAnswer>
/**
 * Sends the bytes of a large mail before the request. Returns the bytes to put into the request: none for a large mail,
 * all for a small one.
 */
type SendBytes = (raw: Uint8Array) => Promise<Uint8Array>

/**
 * Parses in a separate process, which is started for the first mail and reused. An idle worker does not keep our
 * process alive. `script` is for tests that need a misbehaving worker.
 */
export function createParser(
  options: { readonly timeoutMs?: number; readonly heapMb?: number; readonly script?: URL } = {},
): MailParser {
  const { timeoutMs = PARSE_TIMEOUT_MS, heapMb = PARSE_HEAP_MB, script = workerScript() } = options
  let worker: Promise<ChildProcess> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let disposed = false

  async function running(): Promise<ChildProcess> {
    if (disposed) throw new Error('The mail parser was shut down.')
    try {
      const kept = await worker
      if (kept?.connected === true) return kept
      // There is no worker yet, or the last one ended while it was idle, so no mail is to blame.
      worker = start(script, heapMb)
      return await worker
    } catch (cause) {
      worker = undefined
      // The worker had not read any mail yet, so a mail is not the cause.
      throw new Error('The mail parser could not be started.', { cause })
    }
  }

  async function parseOne(raw: Uint8Array, { keyring, at }: Reading): Promise<ParsedMail> {
    const answer = await one(async (sendRequest, sendBytes) => {
      let response = await sendRequest({ is: 'mail', raw: await sendBytes(raw), at })
      for (let requests = 0; requests < MAX_KEY_REQUESTS; requests += 1) {
        if (response.is === 'own-keys-wanted') response = await sendRequest({ is: 'keys', keys: await keyring.own() })
        else if (response.is === 'keys-wanted')
          response = await sendRequest({ is: 'keys', keys: await keyring.find(response.keyIds) })
        else break
      }
      return response.is === 'parsed' ? response : wrong(response)
    })
    return answer.mail
  }

  async function verifyOne(request: SignatureRequest): Promise<SignedMail> {
    const answer = await one(async (sendRequest, sendBytes) => {
      const response = await sendRequest({
        is: 'signatures',
        request: { ...request, raw: await sendBytes(request.raw) },
      })
      return response.is === 'verified' ? response : wrong(response)
    })
    return answer.signed
  }

  async function refreshOne(copy: KeyCopy): Promise<PublicKeyFile> {
    const answer = await one(async (sendRequest) => {
      const response = await sendRequest({ is: 'refresh', ...copy })
      return response.is === 'refreshed' ? response : wrong(response)
    })
    return answer.key
  }

  /** Runs one job. If the worker fails, it is ended, so the next mail gets a new worker. */
  async function one<T>(job: (sendRequest: SendRequest, sendBytes: SendBytes) => Promise<T>): Promise<T> {
    const child = await running()
    const sendRequest: SendRequest = async (request) => {
      const answered = reply(child, timeoutMs)
      // An error is ignored here, because the worker's exit reports it.
      child.send(request, () => undefined)
      return answered
    }
    const sendBytes: SendBytes = async (raw) => {
      if (raw.length <= PIECE_BYTES) return raw
      for (let from = 0; from < raw.length; from += PIECE_BYTES)
        await sent(
          child,
          { is: 'piece', total: raw.length, from, bytes: raw.subarray(from, from + PIECE_BYTES) },
          timeoutMs,
        )
      return new Uint8Array()
    }
    try {
      hold(child)
      const result = await job(sendRequest, sendBytes)
      release(child)
      return result
    } catch (error) {
      if (error instanceof MailError && error.code !== 'parser-died') release(child)
      if (error instanceof MailError && error.code !== 'parser-died') throw error
      const dead = worker
      worker = undefined
      await dead?.then(end).catch(() => undefined)
      throw error
    }
  }

  async function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = queue.then(job)
    queue = turn.catch(() => undefined)
    return turn
  }

  return {
    ready: async () => inTurn(async () => void (await running())),
    parse: async (raw, reading = WITHOUT_KEYS) => inTurn(async () => parseOne(raw, reading)),
    verify: async (request) => inTurn(async () => verifyOne(request)),
    refresh: async (copy) => inTurn(async () => refreshOne(copy)),
    async [Symbol.asyncDispose]() {
      disposed = true
      await queue
      await worker?.then(end).catch(() => undefined)
      worker = undefined
    },
  }
}

async function start(script: URL, heapMb: number): Promise<ChildProcess> {
  const child = fork(fileURLToPath(script), [], {
    execArgv: [...conditions(), `--max-old-space-size=${heapMb}`],
    serialization: 'advanced',
    // Output of a decoder about a mail must not get into the log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: ENV,
  })
  // An error event can come even if nobody waits for an answer. The event is ignored, because the exit that follows it
  // is handled.
  child.on('error', () => undefined)
  try {
    const answer = await reply(child, START_TIMEOUT_MS)
    if (answer.is !== 'ready') throw died('The mail parser gave a wrong answer.')
  } catch (error) {
    end(child)
    throw error
  }
  release(child)
  return child
}

/** The export conditions with which Node finds our sources. A child process does not inherit them. */
function conditions(): readonly string[] {
  return process.execArgv.filter((arg) => arg.startsWith('--conditions='))
}

/**
 * Resolves when the worker has taken the message. Also resolves if the worker is dead: its death need not be reported
 * here, because the next message then fails.
 */
async function sent(child: ChildProcess, request: ParseRequest, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(died('The mail parser stopped reading the bytes of the mail.')), timeoutMs)
    child.send(request, () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function hold(child: ChildProcess): void {
  child.ref()
  child.channel?.ref()
}

function release(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

function end(child: ChildProcess): void {
  child.kill('SIGKILL')
}

/** The next event of the worker: an answer, its death, or a silence that lasts too long. */
async function reply(child: ChildProcess, timeoutMs: number): Promise<ParseAnswer> {
  return new Promise<ParseAnswer>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(died(`The mail parser took more than ${timeoutMs} ms and was stopped.`)),
      timeoutMs,
    )
    const onMessage = (answer: ParseAnswer): void => {
      clearTimeout(timer)
      child.off('exit', onExit)
      resolve(answer)
    }
    const onExit = (): void => {
      clearTimeout(timer)
      child.off('message', onMessage)
      reject(died('The mail parser stopped while it read the mail, most likely out of memory.'))
    }
    child.once('message', onMessage)
    child.once('exit', onExit)
  })
}

function wrong(answer: ParseAnswer): never {
  throw answer.is === 'failed'
    ? new MailError(answer.code, answer.message)
    : died('The mail parser gave a wrong answer.')
}

function died(message: string): MailError {
  return new MailError('parser-died', `${message} The mail is kept as it came.`)
}

/** Finds the worker's file, both in the sources (with type stripping) and in the build. */
function workerScript(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js', import.meta.url)
}
