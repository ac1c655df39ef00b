import { CommandId } from '@embargo/core'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import type { DispatchContext } from './context.ts'
import { DELAY_NOTICE_ATTEMPT } from './limits.ts'

/**
 * Says once in the case that the relay refuses a mail temporarily. One line for each letter of a case or release: a
 * letter to many recipients usually waits for one reason. A relay that takes no mail at all is an outage, which the
 * team is told of.
 */
export async function noticeDelay(
  { engine: { deps } }: DispatchContext,
  { effect, attempt }: ClaimedEffect,
  error: unknown,
): Promise<void> {
  if (effect.kind !== 'send-mail' || attempt < DELAY_NOTICE_ATTEMPT) return
  if (!(error instanceof OutsideError) || error.code !== 'unreachable' || error.away || error.forAPerson) return
  const { stream, letter, to } = effect
  await deps.handle({
    commandId: CommandId.parse(`delayed:${stream}:${letter}`),
    actor: { kind: 'system', part: 'dispatcher' },
    at: deps.clock.now(),
    request: {
      verb: 'record-bounce',
      case: effect.case,
      of: stream,
      effect: effect.id,
      letter,
      to,
      kind: 'delayed',
      status: STATUS.exec(error.message)?.[0] ?? '',
    },
  })
}

/** An enhanced status code (RFC 3463) in our own words about the relay's answer. */
const STATUS = /\b4\.\d{1,3}\.\d{1,3}\b/u
