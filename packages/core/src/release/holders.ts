import type { CaseState } from '../case/state.ts'
import type { World } from '../case/decision.ts'
import type { CaseId } from '../shared/ids.ts'
import { suspectedRecipients } from '../world/signals.ts'
import type { Prenotified, ReleaseState } from './state.ts'

type Seen = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

/** Whether a recipient was told of a case: a list of one project, or of what is severe, hears of no other. */
export const isToldOf = ({ cases }: Pick<Prenotified, 'cases'>, id: CaseId): boolean =>
  cases === undefined || cases.includes(id)

/** Who was told of a case of a release, and gets what comes after it. Who may have let it out gets nothing more. */
export const toldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): readonly Prenotified[] => prenotified.filter((one) => one.suspendedAt === undefined && isToldOf(one, id))

/**
 * The recipients who hold patches of a case: of its release, or of the one that it left when they had them already. Who may
 * have let it out is not among them, whether a release suspended them or none was there to do it, nor whom no mail reached.
 */
export function holdersOf(
  { id, heldIn, signals }: Pick<CaseState, 'id' | 'heldIn' | 'signals'>,
  { release, others }: Seen,
): readonly Prenotified[] {
  if (heldIn === undefined) return []
  const told = release?.id === heldIn ? release : others.get(heldIn)
  if (told?.kind !== 'release') return []
  const suspected = suspectedRecipients({ signals })
  return toldOf(told, { id }).filter(
    ({ list, recipient, sentAt }) =>
      sentAt !== undefined && !suspected.some((one) => one.list === list && one.recipient === recipient),
  )
}

/** Whether somebody outside still keeps this case secret because we asked: what became public binds nobody. */
export const bindsRecipients = (state: CaseState, world: Seen): boolean =>
  state.cs.public === undefined && holdersOf(state, world).length > 0
