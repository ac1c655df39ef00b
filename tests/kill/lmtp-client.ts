import { Wire } from '../../apps/mail-bridge/test/wire.ts'
import type { Mail } from './reporter.ts'

/** Delivers a mail by LMTP to the recipients in `to`. Returns the recipients for whom the server answered 250. */
export async function handOver(port: number, { from, raw }: Mail, to: readonly string[]): Promise<readonly string[]> {
  const wire = new Wire(port)
  try {
    await wire.reply()
    for (const line of ['LHLO mx.example.org', `MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`), 'DATA'])
      if (!/^[23]/u.test(await wire.say(line))) return []
    wire.write(`${raw}.\r\n`)
    const taken: string[] = []
    for (const one of to) if ((await wire.reply()).startsWith('250')) taken.push(one)
    return taken
  } finally {
    wire.close()
  }
}
