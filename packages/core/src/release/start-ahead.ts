import type { Append, Refusal, World } from '../case/decision.ts'
import { refuse } from '../policy/gates/gate.ts'
import type { Policy } from '../policy/schema.ts'
import type { Instant } from '../shared/instant.ts'
import { beginning } from './begin.ts'
import { going } from './going.ts'

/**
 * The instant of a publication that was approved ahead has come. Every rule is asked again: it begins exactly as two
 * people saw it, or not at all, and people decide anew.
 */
export function startAhead(whole: Policy, { case: state, release, others }: World, at: Instant): readonly Append[] {
  const ahead = release?.ahead
  if (state === undefined || release === undefined || ahead === undefined || at < ahead.from) return []
  const unfixed = ahead.unfixed === undefined ? {} : { unfixed: ahead.unfixed }
  const request = { verb: 'disclose', case: state.id, ...unfixed } as const
  const { goes, stays } = going({ whole, policy: whole, state, release, others, at, request })
  const missing = stays.find((one) => ahead.cases.includes(one.state.id))
  if (missing !== undefined) {
    const because = `${missing.state.id}: ${missing.refusal.because}`
    return [{ stream: release.id, events: [{ type: 'DisclosureHeld', because }] }]
  }
  const unseen = goes.filter(({ id }) => !ahead.cases.includes(id)).map((one) => ({ state: one, refusal: notSeen() }))
  const { digest, mails } = ahead
  return beginning({
    at,
    release,
    goes: goes.filter(({ id }) => ahead.cases.includes(id)),
    stays: [...stays, ...unseen],
    digest,
    mails,
    ...unfixed,
  })
}

const notSeen = (): Refusal => refuse('fits-the-stage', 'It was not ready when the publication was approved.', [])
