import type { Reply } from '@embargo/chat'
import type { GateId } from '@embargo/core'
import type { Card } from '@embargo/engine'

/** A card to begin a test with. */
export const card = (more: Partial<Card> = {}): Card => ({
  kind: 'status',
  title: 'SEC-2026-0042 · fixing · high',
  lines: [[{ text: 'Ana acknowledged.' }]],
  fields: [],
  attachments: [],
  actions: [],
  fallback: 'SEC-2026-0042',
  notification: 'SEC-2026-0042 · high',
  ...more,
})

export const refused = (more: Partial<Card>, gate: GateId = 'role'): Reply => ({
  refusal: card(more),
  reason: { gate, because: 'The role is another.', facts: {}, liftedBy: [] },
})
