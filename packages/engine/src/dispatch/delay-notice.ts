import { CommandId } from '@embargo/core'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import type { DispatchContext } from './context.ts'
import { DELAY_NOTICE_ATTEMPT } from './limits.ts'

/**
 * Tells the people of the case that the relay refuses a mail temporarily. They are told only once. For a letter to many
 * recipients, one notice is enough, because all of its mails usually wait for the same reason. If the relay accepts no
 * mail at all, an outage is reported to the team instead.
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

/** Finds an enhanced status code (RFC 3463) in our own text about the relay's answer. */
const STATUS = /\b4\.\d{1,3}\.\d{1,3}\b/u
