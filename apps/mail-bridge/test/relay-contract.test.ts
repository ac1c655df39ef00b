import { startSmtpSink } from '@embargo/emulator-smtp'
import { mailOutContract } from '@embargo/testkit/contract'
import { createRelay } from '../src/index.ts'

mailOutContract('a relay', async () => {
  const sink = await startSmtpSink()
  const relay = createRelay({ host: '127.0.0.1', port: sink.port, tls: 'plain', timeoutMs: 5_000, name: 'example.org' })
  let listens = true
  const leaves = async (): Promise<void> => {
    if (listens) await sink[Symbol.asyncDispose]()
    listens = false
  }
  return {
    mailOut: relay,
    taken: () =>
      sink.mails.map(({ envelopeFrom, envelopeTo, raw }) => ({ from: envelopeFrom, to: envelopeTo, text: raw })),
    answersNext: (code) => void sink.faults.push({ is: 'reply', code, text: `${code} plumbago is not here` }),
    losesNextAnswer: () => void sink.faults.push({ is: 'lost-answer' }),
    leaves,
    [Symbol.asyncDispose]: async () => {
      await relay[Symbol.asyncDispose]()
      await leaves()
    },
  }
})
