import { HOUR, later, tooManyNewCases } from '@embargo/core'
import type { CaseId, Instant, Opening, SystemRequest } from '@embargo/core'
import { skipDamaged } from '../shared/damage.ts'
import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { Placement } from './place.ts'

/** After a start, we search at most this many mails for cases that were opened within the last hour. */
const MAX_LOOKED_BACK = 500

type CaseOpening = Opening & { readonly at: Instant }
type OpenCase = Extract<SystemRequest, { verb: 'open-case' }>

export type Limiter = {
  /** Whether the mail would open a case but has to wait for a person. */
  holds(mail: SpooledMail, placement: Placement): Promise<boolean>
  /** Counts the case that the mail is about to open. Returns a function that takes this back, if no case was opened. */
  opened(mail: SpooledMail, placement: Placement): () => void
}

/**
 * Counts the cases that mails opened within an hour. The time of a case is the time at which its mail was received, not
 * the time at which the case opened. So mails that waited while the program was stopped are not taken for a flood.
 * After a restart, the cases are counted again from the spool. A mail that a person let in is not counted.
 */
export function createLimiter(deps: Deps): Limiter {
  let known: readonly CaseOpening[] | undefined

  async function recent(at: Instant): Promise<readonly CaseOpening[]> {
    known = (known ?? (await openedBefore(deps, at))).filter((one) => one.at > later(at, -HOUR))
    return known
  }

  return {
    async holds(mail, placement) {
      const next = openingOf(mail, placement)
      if (next === undefined) return false
      return tooManyNewCases(deps.policy.policy.intake, await recent(mail.receivedAt), next) !== undefined
    },
    opened(mail, placement) {
      const one = openingOf(mail, placement)
      if (one !== undefined) known = [...(known ?? []), one]
      return () => {
        known = known?.filter((each) => each !== one)
      }
    },
  }
}

function openingOf(mail: SpooledMail, placement: Placement): CaseOpening | undefined {
  if (mail.state === 'let-in' || placement.is !== 'command' || placement.request.verb !== 'open-case') return undefined
  return opening(placement.request, mail)
}

const opening = (
  { project, identity }: Pick<OpenCase, 'project' | 'identity'>,
  { envelopeFrom, receivedAt }: Pick<SpooledMail, 'envelopeFrom' | 'receivedAt'>,
): CaseOpening => ({ project, sender: (identity?.address ?? envelopeFrom ?? '').toLowerCase(), at: receivedAt })

async function openedBefore(deps: Deps, at: Instant): Promise<readonly CaseOpening[]> {
  const mails = await deps.spool.list({ limit: MAX_LOOKED_BACK, state: 'in-case' })
  const found: CaseOpening[] = []
  for (const mail of mails.filter(({ receivedAt }) => receivedAt > later(at, -HOUR))) {
    const { stream } = mail
    const loaded = stream === undefined ? undefined : await skipDamaged(() => deps.states.load(stream))
    const state = loaded?.state
    if (state?.kind !== 'case' || (await wasLetIn(deps, state.id))) continue
    const first = state.reports.find(({ message }) => message === mail.id)
    const unread = state.reports.length === 0 && state.quarantined[0] === mail.id
    const identity = first?.identity.value
    if (first !== undefined || unread)
      found.push(opening({ project: state.project, ...(identity && { identity }) }, mail))
  }
  return found
}

async function wasLetIn({ events }: Deps, theCase: CaseId): Promise<boolean> {
  const [first] = await events.read(theCase)
  return first?.event.type === 'CaseOpened' && first.event.letInBy !== undefined
}
