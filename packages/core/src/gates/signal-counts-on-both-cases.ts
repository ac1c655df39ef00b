import type { CaseState, Signal } from '../state/state.ts'
import { personOf } from '../state/people/directory.ts'
import { listAnd } from '../text/name-list.ts'
import { counted } from '../state/world/signals.ts'
import { earlierCase } from './earlier-and-open.ts'
import { SIGNAL_WORDS } from './no-signal-pending.ts'
import { refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

type UncountedSignal = Pick<Signal, 'what' | 'suspect'>

/**
 * A signal that counts in a duplicate must count in the earlier case before the merge. The merge cannot bring the
 * signal there: the signal can end the embargo of the earlier case, and that needs two people, but a merge needs only
 * one.
 */
export const signalCountsOnBothCases: Gate = {
  id: 'signal-counts',
  check: (context) => {
    const other = earlierCase(context)
    const missing = other === undefined ? [] : missingSignals(context.state, other)
    if (other === undefined || missing.length === 0) return undefined
    return refuse(
      'signal-counts',
      `It is confirmed in this case that ${listAnd(missing.map((one) => inWords(context, one)))}, but nobody has said so in ${other.id}.`,
      missing.map(({ what }) => ({
        who: 'any team member',
        how: `raises the signal in ${other.id} too, where a second person answers it`,
        verb: `signal.${what}`,
        of: other.id,
      })),
      { of: other.id },
    )
  },
}

/**
 * The signals that count in the duplicate and not in the earlier case. A public exploit implies a public vulnerability,
 * so only the exploit is listed. A leak is listed once for each suspect.
 */
function missingSignals(from: CaseState, into: CaseState): readonly UncountedSignal[] {
  const of = (letter: 'public' | 'exploit' | 'attacks', kind: Signal['what']): readonly UncountedSignal[] =>
    from.cs[letter] !== undefined && into.cs[letter] === undefined ? [{ what: kind }] : []
  const exploit = of('exploit', 'exploit')
  const known = counted(into, 'leak').map(suspected)
  const leaks = counted(from, 'leak').filter((one) => !known.includes(suspected(one)))
  return [
    ...(exploit.length > 0 ? exploit : of('public', 'public')),
    ...of('attacks', 'attack'),
    ...leaks.filter((one, at) => leaks.findIndex((other) => suspected(other) === suspected(one)) === at),
  ]
}

const suspected = ({ suspect }: UncountedSignal): string => JSON.stringify(suspect ?? 'nobody')

function inWords({ policy }: Context, { what, suspect }: UncountedSignal): string {
  if (suspect === undefined) return SIGNAL_WORDS[what]
  const lifters =
    suspect.kind === 'recipient' ? suspect.recipient : (personOf(policy, suspect.person)?.name ?? suspect.person)
  return `${SIGNAL_WORDS[what]} through ${lifters}`
}
