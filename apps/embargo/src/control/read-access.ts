import { CaseId, isKeptOut, isRefused, letsIn, maySee } from '@embargo/core'
import type { CaseState, PersonId, StreamId } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import { userInfo } from 'node:os'
import type { Opened } from '../program/program.ts'
import { belongsToNobody } from './nobody.ts'

/**
 * What the person who types may read of mails and of the log. `read`: as their seats have it; of a stream that cannot be
 * read nobody can tell whose it is, so `damaged` is all that is said of it.
 */
export type ReadAccess = {
  readonly stream: (stream: StreamId) => Promise<'read' | 'withheld' | 'damaged'>
  /** Mails that are in no case: for people who may open a case, because they decide about them. */
  readonly inNoCase: boolean
}

/** @throws with a sentence where who types belongs to nobody */
export function readAccess(engine: Opened['engine']): ReadAccess {
  const actor = engine.queries.actorOf('terminal', userInfo().username)
  const { person, account } = actor
  if (person === undefined) throw new Error(belongsToNobody(account))
  const { policy } = engine.policy
  const sees = (state: CaseState, who: PersonId): boolean => maySee(state, who) && !isKeptOut(policy, state, who)
  return {
    inNoCase: !isRefused(letsIn(policy, actor)),
    async stream(stream) {
      const state = await skipDamaged(async () => (await engine.queries.state(stream)) ?? 'none')
      if (state === undefined) return 'damaged'
      if (state === 'none') return 'withheld'
      if (state.kind === 'case') return sees(state, person) ? 'read' : 'withheld'
      // Links between accounts are what "embargo people" lists.
      if (state.kind === 'people') return 'read'
      for (const one of state.cases) {
        const carried = await skipDamaged(() => engine.queries.state(one))
        if (carried?.kind !== 'case' || !sees(carried, person)) return 'withheld'
      }
      return 'read'
    },
  }
}

/** Of a stream that was asked for by its name. @throws with a sentence where it is not theirs to read */
export async function assertReadable(access: ReadAccess, stream: StreamId): Promise<void> {
  if ((await access.stream(stream)) !== 'withheld') return
  const what = CaseId.safeParse(stream).success ? 'case' : 'release, or not in all of its cases,'
  throw new Error(
    `There is no ${stream} that you may read: you have no seat in this ${what}. Who has one can let you in with /invite.`,
  )
}
