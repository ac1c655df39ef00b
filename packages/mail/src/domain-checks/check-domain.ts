import type { DomainVerdict } from '@embargo/core'
import { dmarc, spf } from 'mailauth'
import type { MailSender } from '../parsed-mail.ts'
import { MailError } from '../errors.ts'
import { domainName } from './domain-name.ts'
import { headFields } from './head.ts'
import type { HeadField } from './head.ts'
import { judgeDomain } from './judge-domain.ts'
import type { Alignment, DomainProof } from './judge-domain.ts'
import { isPrivateAddress } from './private-address.ts'
import { boundedResolver, codeOf } from './resolver.ts'
import type { BoundedResolver, DnsLimits, Resolver } from './resolver.ts'
import { isSignature, keyNames, UNSIGNED } from './signatures.ts'
import type { KeyAnswer, Proof, SignatureRequest, SignedMail } from './signatures.ts'
import { trustedVerdict } from './trusted-results.ts'

/** What is known about a mail: its exact bytes, and how they came to us. */
export type MailFacts = {
  readonly raw: Uint8Array
  /** The sender that people see; undefined if From has no address or several. */
  readonly from: MailSender | undefined
  /**
   * The envelope's sender address; empty for a bounce. Undefined if it is unknown, as for a mail that was fetched from
   * a mailbox.
   */
  readonly envelopeFrom: string | undefined
  /**
   * The machine that sent the mail to us; undefined if it was not recorded. `relay`: it is our own server, which
   * forwards other people's mail.
   */
  readonly client?: { readonly address: string; readonly helo: string; readonly relay?: true } | undefined
  /** Epoch milliseconds. Signatures are verified as of this time. */
  readonly receivedAt: number
}

/**
 * `server`: the authserv-id of the operator's own server. `forwarders`: domains whose ARC seal is trusted for mails of
 * other domains.
 */
export type DomainSettings = {
  readonly domains: 'check' | 'trust' | 'off'
  readonly server?: string | undefined
  readonly forwarders: readonly string[]
}

/** Without a resolver, no domain is checked. */
export type DomainLookup = {
  readonly resolver?: Resolver | undefined
  /** Verifies signatures in a process that can be stopped, because some mails keep the library busy for very long. */
  readonly verify: (request: SignatureRequest) => Promise<SignedMail>
  /** For tests. */
  readonly limits?: DnsLimits
}

/**
 * Checks whether the author's domain confirms the mail.
 *
 * @throws errors that neither the mail nor the DNS caused, such as a `verify` that cannot run
 */
export async function checkDomain(
  mail: MailFacts,
  { domains, server, forwarders }: DomainSettings,
  { resolver, verify, limits }: DomainLookup,
): Promise<DomainVerdict> {
  if (domains === 'off') return { is: 'not-checked' }
  const domain = mail.from && domainName(mail.from.address)
  if (domain === undefined) return { is: 'unproven' }
  const fields = headFields(mail.raw)
  if (domains === 'trust') return server === undefined ? { is: 'not-checked' } : trustedVerdict(fields, domain, server)
  if (resolver === undefined) return { is: 'not-checked' }
  // Each step gets its own resolver, so a slow server in one step does not use up the time of the next.
  return verdictOf({ mail, domain, fields, forwarders, verify, resolver: () => boundedResolver(resolver, limits) })
}

type Subject = {
  readonly mail: MailFacts
  readonly domain: string
  readonly fields: readonly HeadField[]
  readonly forwarders: readonly string[]
  readonly verify: DomainLookup['verify']
  readonly resolver: () => BoundedResolver
}

async function verdictOf(subject: Subject): Promise<DomainVerdict> {
  const { domain, resolver } = subject
  const [{ signed, forwarding }, sent] = await Promise.all([signatures(subject), sender(subject)])
  const asking = resolver()
  const aligned = async (...standings: readonly DomainProof[]): Promise<Alignment> =>
    alignment({ domain, signed: signed.filter(isOf(standings)), sent: sent.filter(isOf(standings)) }, asking)
  const proven = await aligned('proven')
  if (proven === 'pass') return { is: 'confirmed', domain }
  return judgeDomain({
    domain,
    proven,
    ifAnswered: await aligned('proven', 'unanswered'),
    ifSeen: await aligned('proven', 'unseen'),
    signature: STANDINGS.find((one) => signed.some((proof) => proof.standing === one && proof.domain === domain)),
    forwarding,
  })
}

/** The kinds of proof, from the strongest to the weakest. */
const STANDINGS: readonly DomainProof[] = ['proven', 'unanswered', 'unseen']

const isOf =
  (standings: readonly DomainProof[]) =>
  ({ standing }: Proof): boolean =>
    standings.includes(standing)

async function alignment(
  {
    domain,
    signed,
    sent,
  }: { readonly domain: string; readonly signed: readonly Proof[]; readonly sent: readonly Proof[] },
  resolver: BoundedResolver,
): Promise<Alignment> {
  const result = await dmarc({
    headerFrom: domain,
    fromFields: 1,
    dkimDomains: signed.map((one) => ({ domain: one.domain })),
    spfDomains: sent.map((one) => one.domain),
    resolver,
  })
  switch (result === false ? 'none' : result.status.result) {
    case 'pass':
      return 'pass'
    case 'fail':
      return 'fail'
    case 'temperror':
      return 'unanswered'
    default:
      return 'none'
  }
}

async function signatures({ mail, domain, fields, forwarders, verify, resolver }: Subject): Promise<SignedMail> {
  if (!fields.some(({ name }) => isSignature(name))) return UNSIGNED
  const asking = resolver()
  const keys = await Promise.all(
    keyNames(fields, forwarders).map(async (name): Promise<readonly [string, KeyAnswer]> => {
      return [name, await asking(name, 'TXT').then(found, missing)]
    }),
  )
  try {
    return await verify({ raw: mail.raw, receivedAt: mail.receivedAt, domain, forwarders, keys })
  } catch (error) {
    // A mail that cannot be verified counts as unsigned.
    if (error instanceof MailError) return UNSIGNED
    throw error
  }
}

const found = (records: string[][] | string[]): KeyAnswer => ({ is: 'found', records })
const missing = (error: unknown): KeyAnswer => ({ is: 'missing', code: codeOf(error) })

/** SPF (RFC 7208): whether the client may send for the domain of the envelope. */
async function sender({ mail, domain, resolver }: Subject): Promise<readonly Proof[]> {
  const { envelopeFrom, client } = mail
  if (client === undefined || envelopeFrom === undefined || client.relay === true || isPrivateAddress(client.address))
    return [{ domain: envelopeDomain(envelopeFrom) ?? domain, standing: 'unseen' }]
  const { status, domain: sentFor } = await spf({
    ip: client.address,
    helo: client.helo,
    sender: envelopeFrom,
    // Without this, any name server that an SPF record names (macro "r") would learn the name of our host.
    mta: 'unknown',
    resolver: resolver(),
  })
  if (status.result === 'pass') return [{ domain: sentFor, standing: 'proven' }]
  return status.result === 'temperror' ? [{ domain: sentFor, standing: 'unanswered' }] : []
}

/**
 * The domain of the envelope's sender, for which SPF may have passed at an earlier server. Undefined if a server on the
 * way rewrote the sender (SRS).
 */
const envelopeDomain = (address = ''): string | undefined =>
  /^srs[01][=+-]/iu.test(address) ? undefined : domainName(address)
