import { CaseId, isExcluded, isRefused, intakeDecider, maySee } from '@embargo/core'
import type { CaseState, PersonId, StreamId } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import { userInfo } from 'node:os'
import type { ProgramParts } from '../program/program.ts'
import { belongsToNobody } from './nobody.ts'

/**
 * Which mails and streams of the log the caller may read, depending on the cases that the caller is on. Nobody can tell
 * to which case a damaged stream belongs, so every caller learns only that it is `damaged`.
 */
export type ReadAccess = {
  readonly stream: (stream: StreamId) => Promise<'read' | 'withheld' | 'damaged'>
  /**
   * Whether the caller may read mails that are in no case. Anyone who may open a case may read them, because these
   * people decide about such mails.
   */
  readonly inNoCase: boolean
}

/** @throws with a sentence if the policy does not list the caller */
export function readAccess(engine: ProgramParts['engine']): ReadAccess {
  const actor = engine.queries.actorOf('terminal', userInfo().username)
  const { person, account } = actor
  if (person === undefined) throw new Error(belongsToNobody(account))
  const { policy } = engine.policy
  const sees = (state: CaseState, id: PersonId): boolean => maySee(state, id) && !isExcluded(policy, state, id)
  return {
    inNoCase: !isRefused(intakeDecider(policy, actor)),
    async stream(stream) {
      const state = await skipDamaged(async () => (await engine.queries.state(stream)) ?? 'none')
      if (state === undefined) return 'damaged'
      if (state === 'none') return 'withheld'
      if (state.kind === 'case') return sees(state, person) ? 'read' : 'withheld'
      // The stream about people may be read, because "embargo people" shows the links between accounts anyway.
      if (state.kind === 'people') return 'read'
      for (const one of state.cases) {
        const carried = await skipDamaged(() => engine.queries.state(one))
        if (carried?.kind !== 'case' || !sees(carried, person)) return 'withheld'
      }
      return 'read'
    },
  }
}

/**
 * Checks that the caller may read a stream. A damaged stream passes the check.
 * @throws with a sentence if the caller may not read it
 */
export async function assertReadable(access: ReadAccess, stream: StreamId): Promise<void> {
  if ((await access.stream(stream)) !== 'withheld') return
  const reason = CaseId.safeParse(stream).success
    ? 'you have no seat in this case. Anyone who has a seat there can let you in with /people invite.'
    : 'you need a seat in every case of this release. Anyone who has a seat in a case can let you into it with /people invite.'
  throw new Error(`There is no ${stream} that you may read: ${reason}`)
}
