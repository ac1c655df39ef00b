import { outerHead, readReturnPath } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'
import { findThread } from './find-thread.ts'

/** Whether the envelope or the outer header of a mail names a case or a mail of ours. */
export async function mayBelongToCase(
  deps: Pick<Deps, 'policy' | 'states' | 'keys' | 'events'>,
  { envelopeTo, raw }: Pick<SpooledMail, 'envelopeTo' | 'raw'>,
): Promise<boolean> {
  const { address } = mailMacs(deps.keys)
  const own = ownAddresses(deps.policy.policy)
  if (envelopeTo.some((to) => readReturnPath(to, own, address) !== undefined)) return true
  const thread = await findThread(deps, envelopeTo, outerHead(raw))
  return thread.case !== undefined || thread.hint !== undefined
}
