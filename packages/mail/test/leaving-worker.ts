import { parentPort } from 'node:worker_threads'

// A stand-in for the parser: the mail "kill" does to it what a hostile mail may do to the real one.
parentPort?.on('message', (raw: Uint8Array) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    process.exit(3)
  }
  parentPort?.postMessage({ is: 'parsed', mail: { subject: 'fine' } })
})
parentPort?.postMessage({ is: 'ready' })
