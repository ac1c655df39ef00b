import { branchesToFix, hasLivePatch, openProposal } from '@embargo/core'
import type { CaseState } from '@embargo/core'

/** The proposed date. A button carries this date, so pressing the button cannot answer a later proposal. */
export function dateState({ em }: Pick<CaseState, 'em'>): { readonly end?: string } {
  const open = openProposal(em)
  return open === undefined ? {} : { end: String(open.end) }
}

/**
 * With this many digits, nobody can make two patches whose hashes begin in the same way. The digits fit into a button
 * in Discord.
 */
const SHORT_HASH = 32

/** The beginning of a patch's hash, as a button carries it. */
export const shortHash = (sha256: string): string => sha256.slice(0, SHORT_HASH)

/**
 * The values that a button about patches carries: the hashes of the submitted patches and, if only one patch waits for
 * a check, its branch.
 */
export function patchState(state: CaseState): { readonly branch?: string; readonly patches?: string } {
  const live = branchesToFix(state).filter(hasLivePatch)
  const [only, ...others] = live.filter(({ fix }) => fix?.is === 'submitted')
  const hashes = live.flatMap(({ fix }) => (fix === undefined || fix.is === 'assigned' ? [] : [fix.sha256]))
  return {
    ...(only === undefined || others.length > 0 ? {} : { branch: only.name }),
    ...(hashes.length === 0 ? {} : { patches: hashes.map(shortHash).join(',') }),
  }
}
