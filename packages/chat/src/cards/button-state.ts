import { branchesToFix, hasLivePatch, openProposal, openSignals } from '@embargo/core'
import type { CaseState } from '@embargo/core'

/** The date that waits for an answer, as a button carries it: an answer to this one is an answer to no other. */
export function dateShown({ em }: Pick<CaseState, 'em'>): { readonly end?: string } {
  const open = openProposal(em)
  return open === undefined ? {} : { end: String(open.end) }
}

/** So much of a hash that nobody makes two patches which begin alike, and little enough for a button of Discord. */
const HASH_SHOWN = 32

/** The beginning of a patch's hash, as a button carries it. */
export const hashShown = (sha256: string): string => sha256.slice(0, HASH_SHOWN)

/** The patches that are there, as a button carries them, and the branch of the only one that waits. */
export function patchesShown(state: CaseState): { readonly branch?: string; readonly patches?: string } {
  const live = branchesToFix(state).filter(hasLivePatch)
  const [only, ...others] = live.filter(({ fix }) => fix?.is === 'submitted')
  const hashes = live.flatMap(({ fix }) => (fix === undefined || fix.is === 'assigned' ? [] : [fix.sha256]))
  return {
    ...(only === undefined || others.length > 0 ? {} : { branch: only.name }),
    ...(hashes.length === 0 ? {} : { patches: hashes.map(hashShown).join(',') }),
  }
}

/** The question whether a signal counts, as a button carries it that says no: it is a no to no other question. */
export function signalShown(state: CaseState): { readonly approval?: string } {
  const approval = openSignals(state)[0]?.approval
  return approval === undefined ? {} : { approval }
}
