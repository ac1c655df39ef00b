import { keepsEncryptedOut } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { Card, CardMaterial } from '@embargo/engine'
import { reportCard } from '../cards/report.ts'
import { strictestChat } from '../cards/chat-visibility.ts'
import { releaseOf } from './material.ts'
import type { TypedPlace } from '../usage.ts'
import { tooFewLine } from './people-line.ts'

const SLOT = 'report:'

/** The id of the report whose card is in this slot; undefined for any other card. */
export const reportOfSlot = (slot: string): string | undefined =>
  slot.startsWith(SLOT) ? slot.slice(SLOT.length) : undefined

type ReportSlot = { readonly id: string; readonly before: readonly CaseState[]; readonly where: TypedPlace }

/** The card of a report in the present state of its case; undefined if the report has moved to another case. */
export async function reportSlotCard(
  material: CardMaterial,
  state: CaseState,
  { id, before, where }: ReportSlot,
): Promise<Card | undefined> {
  const { policy } = material.policy
  const report = state.reports.find((candidate) => candidate.id === id)
  if (report === undefined) return undefined
  const taken = state.messages.find(({ message }) => message === report.message)
  return reportCard({
    state,
    release: releaseOf(material),
    report,
    from: taken?.from ?? 'reporter',
    trust: taken?.trust ?? 'nothing-proven',
    automatic: taken?.automatic === true,
    checks: taken?.checks,
    mail: await material.mail(report.message),
    at: material.at,
    chat: strictestChat(policy, [state, ...before]),
    encryptedOut: taken?.checks?.encryption === 'openpgp' && keepsEncryptedOut(policy, state),
    ...(report.person === undefined ? {} : { tooFew: tooFewLine(policy, state, where) }),
  })
}
