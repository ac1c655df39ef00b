import { branchesToFix, hasLivePatch, openProposal, openSignals } from '@embargo/core'
import type { CaseState } from '@embargo/core'

/** The date that waits for an answer, as a button carries it: an answer to this one is an answer to no other. */
export function dateState({ em }: Pick<CaseState, 'em'>): { readonly end?: string } {
  const open = openProposal(em)
  return open === undefined ? {} : { end: String(open.end) }
}

/** So much of a hash that nobody makes two patches which begin alike, and little enough for a button of Discord. */
const SHORT_HASH = 32

/** The beginning of a patch's hash, as a button carries it. */
export const shortHash = (sha256: string): string => sha256.slice(0, SHORT_HASH)

/** The patches that are there, as a button carries them, and the branch of the only one that waits. */
export function patchState(state: CaseState): { readonly branch?: string; readonly patches?: string } {
  const live = branchesToFix(state).filter(hasLivePatch)
  const [only, ...others] = live.filter(({ fix }) => fix?.is === 'submitted')
  const hashes = live.flatMap(({ fix }) => (fix === undefined || fix.is === 'assigned' ? [] : [fix.sha256]))
  return {
    ...(only === undefined || others.length > 0 ? {} : { branch: only.name }),
    ...(hashes.length === 0 ? {} : { patches: hashes.map(shortHash).join(',') }),
  }
}

/** The question whether a signal counts, as a button carries it that says no: it is a no to no other question. */
export function signalState(state: CaseState): { readonly approval?: string } {
  const approval = openSignals(state)[0]?.approval
  return approval === undefined ? {} : { approval }
}
