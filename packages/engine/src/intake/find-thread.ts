import type { CaseId } from '@embargo/core'
import { thread } from '@embargo/mail'
import type { OuterHead, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'
import { currentThread } from './current-thread.ts'

type Parts = Pick<Deps, 'policy' | 'states' | 'keys' | 'events'>

/** The case to which a mail belongs now, according to its addresses and to the mails of ours that it answers. */
export async function findThread(deps: Parts, envelopeTo: readonly string[], mail: OuterHead): Promise<Thread> {
  const found = await thread({
    mail,
    envelopeTo,
    own: ownAddresses(deps.policy.policy),
    macs: mailMacs(deps.keys),
    exists: (id) => caseExists(deps, id),
  })
  return currentThread(deps, found)
}

/** A token remains valid when the database is restored from an old backup, so the case in the token may not exist. */
export const caseExists = async ({ events }: Pick<Deps, 'events'>, id: CaseId): Promise<boolean> =>
  (await events.version(id)) > 0
