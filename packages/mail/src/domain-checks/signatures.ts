import { dkimVerify } from 'mailauth'
import type { DKIMResult } from 'mailauth'
import { forwardingOf } from './arc-forwarder.ts'
import type { ArcResult } from './arc-forwarder.ts'
import { domainName } from './domain-name.ts'
import { headFields, verifiable } from './head.ts'
import type { HeadField } from './head.ts'
import type { DomainProof } from './judge-domain.ts'
import { MAX_ARC_SETS, MAX_SIGNATURES, MIN_KEY_BITS } from './limits.ts'
import { DnsError } from './resolver.ts'
import type { BoundedResolver } from './resolver.ts'

/** What the DNS holds under the name of a key. */
export type KeyAnswer =
  | { readonly is: 'found'; readonly records: string[][] | string[] }
  | { readonly is: 'missing'; readonly code: string }

/** A mail, and the keys of all its signatures. They were looked up in advance, so verifying needs no network. */
export type SignatureRequest = {
  readonly raw: Uint8Array
  readonly receivedAt: number
  readonly domain: string
  readonly forwarders: readonly string[]
  readonly keys: readonly (readonly [string, KeyAnswer])[]
}

/** A domain that signed a mail, or that allows the mail's client to send for it. */
export type Proof = { readonly domain: string; readonly standing: DomainProof }

export type SignedMail = { readonly signed: readonly Proof[]; readonly forwarding: ArcResult }

/**
 * The DNS names of the keys that a mail's signatures need. The keys of ARC seals are included only if the settings name
 * a forwarder.
 */
export function keyNames(fields: readonly HeadField[], forwarders: readonly string[]): readonly string[] {
  const named = (name: string): readonly string[] =>
    fields.filter((field) => field.name === name).flatMap(({ value }) => keyName(value) ?? [])
  const seals = [...named('arc-seal'), ...named('arc-message-signature')].slice(0, 2 * MAX_ARC_SETS)
  return [...new Set([...named('dkim-signature').slice(0, MAX_SIGNATURES), ...(forwarders.length === 0 ? [] : seals)])]
}

/** The DNS name of the key of a signature (RFC 6376 section 3.6.2.1). */
function keyName(value: string): string | undefined {
  const tags = new Map(
    value.split(';').map((tag): [string, string] => {
      const [name = '', ...rest] = tag.replaceAll(/\s/gu, '').split('=')
      return [name, rest.join('=').toLowerCase()]
    }),
  )
  const [selector, domain] = [tags.get('s'), tags.get('d')]
  return selector === undefined || domain === undefined ? undefined : `${selector}._domainkey.${domain}`
}

/**
 * Verifies DKIM (RFC 6376) and ARC (RFC 8617). If the library finds another author than our decoder did, the mail
 * counts as unsigned.
 */
export async function verifySignatures(request: SignatureRequest): Promise<SignedMail> {
  const { raw, receivedAt, domain, forwarders } = request
  const bytes = verifiable(raw, headFields(raw))
  if (bytes === undefined) return UNSIGNED
  const resolver = knownKeys(request)
  const { results, headerFrom, fromFields, arc } = await dkimVerify(bytes, {
    resolver,
    minBitLength: MIN_KEY_BITS,
    curTime: new Date(receivedAt),
    strict: true,
  })
  const [author = '', ...others] = headerFrom
  if (fromFields !== 1 || others.length > 0 || domainName(author) !== domain) return UNSIGNED
  return {
    signed: results.flatMap((result) => proofOf(result) ?? []),
    forwarding: await forwardingOf({ arc, domain, forwarders, resolver }),
  }
}

export const UNSIGNED: SignedMail = { signed: [], forwarding: { is: 'none' } }

/** Whether a header field of this name is a signature or a part of one. */
export const isSignature = (name: string): boolean => name === 'dkim-signature' || name.startsWith('arc-')

function knownKeys({ keys }: SignatureRequest): BoundedResolver {
  const known = new Map(keys)
  return async (name) => {
    const answer = known.get(name.toLowerCase())
    if (answer?.is === 'found') return answer.records
    throw new DnsError(answer?.code ?? 'ENOTFOUND')
  }
}

function proofOf({ signingDomain, status }: DKIMResult): Proof | undefined {
  if (signingDomain === undefined) return undefined
  const domain = signingDomain.toLowerCase()
  if (status.result === 'temperror') return { domain, standing: 'unanswered' }
  if (status.result !== 'pass') return undefined
  // A signature with the tag `l=` covers only the beginning of the text, so anybody may have added text below.
  return { domain, standing: (status.underSized ?? 0) > 0 ? 'unseen' : 'proven' }
}
