import type { Refusal, World } from '@embargo/core'
import { expectedSize } from '@embargo/mail'
import type { Letter } from '@embargo/letters'
import type { Deps } from '../deps.ts'
import type { Reader } from '../letters/encryption.ts'

/** The size that a mail would have if it were sent. */
export type PlannedSize = { readonly title: string; readonly bytes: number; readonly isEncrypted: boolean }

export function plannedSize(title: string, letter: Letter, reader: Reader): PlannedSize {
  const isEncrypted = reader.is === 'key'
  return { title, isEncrypted, bytes: expectedSize(letter, isEncrypted) }
}

/**
 * The refusal of a command whose mail would be larger than the relay accepts. Without the refusal, the mail would
 * bounce after the approval.
 */
export async function sizeRefusal(
  { mailSizeLimit }: Pick<Deps, 'mailSizeLimit'>,
  mails: readonly PlannedSize[],
  { case: state }: Pick<World, 'case'>,
): Promise<Refusal | undefined> {
  const [largest] = mails.toSorted((one, another) => another.bytes - one.bytes)
  if (mailSizeLimit === undefined || largest === undefined || state?.practice === true) return undefined
  const limit = await mailSizeLimit()
  if (limit === undefined || largest.bytes <= limit) return undefined
  const { title, bytes, isEncrypted } = largest
  return {
    gate: 'makes-sense',
    because: `A mail would be too large for the relay: “${title}” has about ${inWords(bytes)}${isEncrypted ? ' once it is encrypted' : ''}, and the relay accepts ${inWords(limit)}. Nothing was sent.`,
    facts: { bytes, limit },
    liftedBy: [
      { who: 'the operator', how: 'raises the limit of the relay (for Postfix: message_size_limit)' },
      { who: 'the author of the patch', how: 'submits a smaller one, without files that are generated', verb: 'patch' },
    ],
  }
}

const KILO = 1_000
const MEGA = 1_000_000

const inWords = (bytes: number): string =>
  bytes < MEGA ? `${Math.ceil(bytes / KILO)} kB` : `${(bytes / MEGA).toFixed(1)} MB`
