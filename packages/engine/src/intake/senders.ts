import { DAY, later, MAX_EARLIER_CASES } from '@embargo/core'
import type { CaseId, CaseState, Instant, Report, StreamId, SystemRequest } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { skipDamaged } from '../shared/damage.ts'
import { MAX_RECEIPTS, REPORTS_REMEMBERED } from './limits.ts'
import type { Placement } from './place.ts'

export type Senders = {
  /**
   * If the placement opens a case, adds the sender's earlier cases, and leaves out the receipt if the sender has got
   * too many receipts.
   */
  recognize(placement: Placement): Promise<Placement>
  /**
   * Remembers the report with which the mail opens a case. `stream` resolves with the case once it is open, or with
   * undefined if no case was opened.
   */
  opened(placement: Placement, stream: Promise<StreamId | undefined>): void
}

type OpenCase = Extract<SystemRequest, { verb: 'open-case' }>
type ReportSender = {
  readonly address: string
  readonly stream: StreamId
  readonly at: Instant
  readonly receipt: boolean
}

/**
 * The senders of the latest reports. They are needed to name the earlier cases on a card, and to limit the receipts
 * that one sender gets. They are read from the spool once, so cases that another process opened later are not known
 * here.
 */
export function createSenders(deps: Deps): Senders {
  let known: readonly ReportSender[] | undefined
  /** The cases that are being opened, by the address of the sender. */
  const opening = new Map<string, Promise<void>>()

  return {
    async recognize(placement) {
      const request = openingOf(placement)
      if (request === undefined) return placement
      await opening.get(addressOf(request))
      known ??= await sentBefore(deps)
      const own = known.filter(({ address }) => address === addressOf(request))
      const receipts = own.filter(({ receipt, at }) => receipt && at > later(request.receivedAt, -DAY)).length
      const earlier = await stillTheirs(deps, own)
      return {
        ...placement,
        request: {
          ...request,
          ...(earlier.length > 0 && { earlier }),
          ...(receipts >= MAX_RECEIPTS && { receipt: 'left-out' }),
        },
      }
    },
    opened(placement, opened) {
      const request = openingOf(placement)
      if (request === undefined) return
      const { receivedAt: at, automatic, receipt } = request
      const address = addressOf(request)
      const remembered = opened.then((stream) => {
        if (opening.get(address) === remembered) opening.delete(address)
        if (stream === undefined) return
        const sent = { address, stream, at, receipt: !automatic && receipt === undefined }
        known = [...(known ?? []), sent].slice(-REPORTS_REMEMBERED)
      })
      opening.set(address, remembered)
    },
  }
}

const addressOf = ({ identity }: OpenCase): string => (identity?.address ?? '').toLowerCase()

/**
 * The request to open a case, if the case is to be remembered for its sender. Undefined if a check of the mail failed,
 * because somebody else may have written the address. Also undefined for a practice case, whose sender is invented.
 */
function openingOf(placement: Placement): OpenCase | undefined {
  if (placement.is !== 'command' || placement.request.verb !== 'open-case') return undefined
  const { request } = placement
  return addressOf(request) === '' || request.trust === 'failed' || request.practice === true ? undefined : request
}

async function sentBefore(deps: Deps): Promise<readonly ReportSender[]> {
  const mails = await deps.spool.list({ limit: REPORTS_REMEMBERED, state: 'in-case' })
  const found: ReportSender[] = []
  for (const stream of new Set(mails.flatMap((mail) => mail.stream ?? []))) {
    const state = await caseOf(deps, stream)
    for (const report of state?.reports ?? []) {
      const address = report.identity.value?.address.toLowerCase()
      if (state === undefined || address === undefined || wasContradicted(state, report)) continue
      found.push({ address, stream, at: report.receivedAt, receipt: report.answerable && report.receipt === undefined })
    }
  }
  return found.toSorted((one, other) => one.at - other.at)
}

/**
 * `sent`: the earlier reports of one sender. Returns the latest of their cases that still contain a report from the
 * sender's address. A report may have moved since, or its reporter's data may have been erased.
 */
async function stillTheirs(deps: Deps, sent: readonly ReportSender[]): Promise<readonly CaseId[]> {
  const latest = [...new Map(sent.map((one) => [one.stream, one])).values()].slice(-MAX_EARLIER_CASES).toReversed()
  const found: CaseId[] = []
  for (const { stream, address } of latest) {
    const state = await caseOf(deps, stream)
    if (state?.reports.some(({ identity }) => identity.value?.address.toLowerCase() === address) === true)
      found.push(state.id)
  }
  return found
}

async function caseOf(deps: Deps, stream: StreamId): Promise<CaseState | undefined> {
  const state = (await skipDamaged(() => deps.states.load(stream)))?.state
  return state?.kind === 'case' ? state : undefined
}

const wasContradicted = ({ messages }: CaseState, { message }: Report): boolean =>
  messages.some((one) => one.message === message && one.trust === 'failed')
