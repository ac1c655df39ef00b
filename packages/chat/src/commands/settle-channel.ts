import { z } from 'zod'
import { readableChannels } from '@embargo/core'
import type { CaseState, Refusal } from '@embargo/core'
import { refuse, send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const channelOk = defineCommand({
  verb: 'settle.channel.ok',
  summary: 'Confirm that only the people on the case can read its channel now',
  about: 'case',
  allowed: TEAM,
  form: { title: 'The channel', submit: 'It is safe' },
  options: {
    seen: z
      .string()
      .regex(/^\d{1,16}$/)
      .exactOptional()
      .register(about, { label: 'When that was', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { id, state } = call.case
    const { seen } = call.values
    return seen !== undefined && isExposedSince(state, Number(seen))
      ? refuse(call, OPENED_SINCE)
      : send(
          call,
          { verb: 'settle.channel.ok', case: id },
          'Recorded. The messages that waited for the channel follow.',
        )
  },
})

export const channelOpen = defineCommand({
  verb: 'settle.channel.open',
  summary: 'Open a new channel for a case whose channel is gone',
  about: 'case',
  allowed: TEAM,
  form: { title: 'The channel', submit: 'Open another' },
  options: {},
  run: async (call) =>
    send(
      call,
      { verb: 'settle.channel.open', case: call.case.id },
      'A new channel is being opened, with everybody who is on the case.',
    ),
})

/**
 * Whether a channel became readable to outsiders only after the check, which was made at `seen`. A confirmation covers
 * only channels that outsiders could already read when the check was made.
 */
const isExposedSince = ({ channels }: CaseState, seen: number): boolean =>
  Object.values(channels)
    .flatMap((known) => readableChannels(known))
    .some(({ exposed }) => exposed !== undefined && exposed > seen)

const OPENED_SINCE: Refusal = {
  gate: 'makes-sense',
  because: 'After that check, outsiders could read a channel of this case, and nobody has checked the channel since.',
  facts: {},
  liftedBy: [{ who: 'you', how: 'check who can read the channel now, and confirm it on the card about that channel' }],
}
