import { verifyASChain } from 'mailauth'
import type { ARCChainEntry, ARCSigningData } from 'mailauth'
import { parseAuthenticationResults } from './authentication-results.ts'
import { MIN_KEY_BITS } from './limits.ts'
import { isUnanswered } from './resolver.ts'
import type { BoundedResolver } from './resolver.ts'

/**
 * Whether a forwarder found the mail genuine and sealed it with a valid seal. Only forwarders in the settings count.
 */
export type ArcResult =
  | { readonly is: 'sealed'; readonly by: string }
  | { readonly is: 'unanswered' }
  | { readonly is: 'none' }

const NONE: ArcResult = { is: 'none' }

type ArcEvidence = {
  readonly arc: ARCSigningData | undefined
  /** The author's domain. */
  readonly domain: string
  readonly forwarders: readonly string[]
  readonly resolver: BoundedResolver
}

/**
 * Looks in the ARC chain (RFC 8617) for a forwarder that the settings name. Anybody can write such a chain. So the
 * chain counts only if it is valid, and if the settings also name everybody who sealed the mail after that forwarder.
 */
export async function forwardingOf({ arc, domain, forwarders, resolver }: ArcEvidence): Promise<ArcResult> {
  if (arc === undefined || arc.chain === false || arc.error !== undefined) return NONE
  const { chain, lastEntry } = arc
  const by = forwarderIn(chain, domain, forwarders)
  const message = lastEntry?.messageSignature?.status
  if (by === undefined || message === undefined) return NONE
  if (message.result === 'temperror') return { is: 'unanswered' }
  if (message.result !== 'pass' || (message.underSized ?? 0) > 0) return NONE
  try {
    const holds = await verifyASChain({ chain }, { resolver, minBitLength: MIN_KEY_BITS, strict: true })
    return holds ? { is: 'sealed', by } : NONE
  } catch (error) {
    return isUnanswered(error) ? { is: 'unanswered' } : NONE
  }
}

/**
 * Goes backwards from the newest ARC set to the first forwarder that saw DMARC pass. Stops at a forwarder that the
 * settings do not name.
 */
function forwarderIn(
  chain: readonly ARCChainEntry[],
  domain: string,
  forwarders: readonly string[],
): string | undefined {
  const names = new Set(forwarders.map((name) => name.toLowerCase()))
  for (const set of chain.toReversed()) {
    const sealer = String(set['arc-seal']?.parsed?.['d']?.value ?? '').toLowerCase()
    if (!names.has(sealer)) return undefined
    if (foundGenuine(set, domain)) return sealer
  }
  return undefined
}

function foundGenuine(set: ARCChainEntry, domain: string): boolean {
  const line = Buffer.from(set['arc-authentication-results']?.original ?? '').toString('latin1')
  // The field is "name: i=1; authserv-id; results". The name and the instance (`i=1`) are removed here.
  const value = line.replace(/^[^:]*:[^;]*;/u, '')
  const dmarc = parseAuthenticationResults(value)?.results.find(({ method }) => method === 'dmarc')
  return dmarc?.result === 'pass' && dmarc.properties.get('header.from') === domain
}
