import type { ReleaseEvent } from '../../events/release-events.ts'
import { notMailed } from '../../effects/publication/progress.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import { statusInWords } from '../../text/mail-status.ts'
import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { Decision, World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'

type RecordBounce = Extract<SystemRequest, { verb: 'record-bounce' }>

/**
 * Records that a mail bounced, and everything that follows because the mail was not delivered. A second bounce of the
 * same mail changes nothing.
 */
export function recordBounce(state: CaseState, world: World, request: RecordBounce): Decision {
  const { of, effect, letter, kind, status, message } = request
  const release = releaseNamed(request, world)
  const known = [...(state.undelivered ?? []), ...(release?.parked ?? [])]
  if (known.some((one) => one.effect === effect && !one.doubt)) return { ok: true, appends: [] }
  const to = addresseeKey(request.to)
  const mail = message === undefined ? {} : { message }
  const bounced: ReleaseEvent = { type: 'MailBounced', effect, status, letter, to, kind, ...mail }
  if (release === undefined) return { ok: true, appends: [{ stream: state.id, events: [bounced] }] }
  const because = `It bounced: ${statusInWords(status, kind)}.`
  const lost = kind === 'delayed' ? [] : notMailed(release, { effect, letter, to, because })
  return { ok: true, appends: [{ stream: of, events: [bounced, ...lost] }] }
}

function releaseNamed({ of }: RecordBounce, { release, others }: World): ReleaseState | undefined {
  const named = release?.id === of ? release : others.get(of)
  return named?.kind === 'release' ? named : undefined
}
