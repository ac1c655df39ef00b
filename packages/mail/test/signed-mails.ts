import { generateKeyPairSync } from 'node:crypto'
import { dkimSign, sealMessage } from 'mailauth'
import type { ARCSealOptions, DKIMSignOptions } from 'mailauth'
import type { DnsAnswer } from '../src/domain-checks/resolver.ts'

const pair = (bits = 2_048) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    record: [`v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`],
  }
}
const KEY = pair()
const WEAK = pair(512)

/** The DNS record at `<selector>._domainkey.<domain>` with the key that signs the mails of these tests. */
export const KEY_RECORD: DnsAnswer = [KEY.record]
export const WEAK_KEY_RECORD: DnsAnswer = [WEAK.record]

export const SELECTOR = 's1'

/** A plain mail. Its header begins with these lines. */
export const mailOf = (...lines: readonly string[]): string =>
  [...lines, 'To: security@project.example', 'Subject: A hole', '', 'There is a hole.', ''].join('\r\n')

/** The mail with a DKIM signature of this domain at the top of its header. */
export async function signedBy(
  signingDomain: string,
  mail: string,
  options: Pick<DKIMSignOptions, 'signTime' | 'expires' | 'maxBodyLength'> & { readonly weak?: true } = {},
): Promise<string> {
  const { weak, ...more } = options
  const { privateKey } = weak ? WEAK : KEY
  const key = { ...more, signingDomain, selector: SELECTOR, privateKey }
  const { signatures } = await dkimSign(mail, {
    ...key,
    signatureData: [key],
  })
  if (signatures === '') throw new Error('the mail could not be signed')
  return signatures + mail
}

/** The mail as a forwarder passes it on: with an ARC seal, and with the results of the forwarder's checks. */
export async function sealedBy(
  signingDomain: string,
  mail: string,
  authResults: string,
  options: Partial<ARCSealOptions> = {},
): Promise<string> {
  const seal = { signingDomain, selector: SELECTOR, privateKey: KEY.privateKey, authResults, ...options }
  const sealed = await sealMessage(mail, seal)
  return sealed.toString() + mail
}
