import { verifySignatures } from '@embargo/mail'
import type { DnsAnswer } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { findTestMail, sendTestMail } from '../../src/index.ts'
import { createHouse } from '../house.ts'

const DNS: Readonly<Record<string, DnsAnswer>> = {
  'TXT quillmark.example': [['v=spf1 ip4:192.0.2.7 -all']],
  'TXT _dmarc.quillmark.example': [['v=DMARC1; p=reject']],
}

async function resolver(name: string, type: string): Promise<DnsAnswer> {
  const answer = DNS[`${type} ${name}`]
  if (answer === undefined) throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' })
  return answer
}

/** Sends a test mail, lets it come back from the host with this IP address, and returns what was found. */
async function cameFrom(address: string) {
  const house = createHouse({ domainLookup: { resolver, verify: verifySignatures } })
  const sent = await sendTestMail(house.engine.deps, house.relay, 'aaaaaaaaaa')
  const mail = house.relay.mails.at(-1)
  if (sent === undefined || mail === undefined) throw new Error('no test mail left')
  const { envelopeFrom, envelopeTo: to, raw } = mail
  await house.receive({ envelopeFrom, to, client: { address, helo: 'relay.example' } }, raw)
  return findTestMail(house.engine.deps, sent)
}

describe('a test mail that came back', () => {
  it('shows what our domain publishes, and that a mail of our relay passes', async () => {
    expect(await cameFrom('192.0.2.7')).toMatchObject({
      domain: { is: 'confirmed', domain: 'quillmark.example' },
      records: { spf: 'published', dmarc: 'reject' },
    })
  })

  it('shows that it fails if the records of our domain do not name the relay', async () => {
    expect(await cameFrom('192.0.2.99')).toMatchObject({ domain: { is: 'failed', domain: 'quillmark.example' } })
  })

  it('is found although many bounces came before and after it', async () => {
    const house = createHouse()
    const bounces = async (): Promise<void> => {
      for (let count = 0; count < 60; count += 1)
        await house.receive({ envelopeFrom: '', headers: ['Auto-Submitted: auto-replied'], subject: `${count}` })
    }
    const sent = await sendTestMail(house.engine.deps, house.relay, 'aaaaaaaaaa')
    const mail = house.relay.mails.at(-1)
    if (sent === undefined || mail === undefined) throw new Error('no test mail left')
    await bounces()
    await house.receive({ envelopeFrom: mail.envelopeFrom, to: mail.envelopeTo }, mail.raw)
    await bounces()
    expect(await findTestMail(house.engine.deps, sent)).toMatchObject({ messageId: true })
  })
})
