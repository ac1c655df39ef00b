import { z } from 'zod'
import { readableChannels } from '@embargo/core'
import type { CaseState, Refusal } from '@embargo/core'
import { refuse, send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const channelOk = defineCommand({
  verb: 'settle.channel.ok',
  summary: 'Say that only the people of the case can read its channel again',
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
      : send(call, { verb: 'settle.channel.ok', case: id }, 'Noted. What waited for the channel follows.')
  },
})

export const channelOpen = defineCommand({
  verb: 'settle.channel.open',
  summary: 'Open another channel for one that is gone',
  about: 'case',
  allowed: TEAM,
  form: { title: 'The channel', submit: 'Open another' },
  options: {},
  run: async (call) =>
    send(
      call,
      { verb: 'settle.channel.open', case: call.case.id },
      'Another channel is opened, with everybody who is on the case.',
    ),
})

/** A check of the channels covers only what was open to others before the check. */
const isExposedSince = ({ channels }: CaseState, seen: number): boolean =>
  Object.values(channels)
    .flatMap((known) => readableChannels(known))
    .some(({ exposed }) => exposed !== undefined && exposed > seen)

const OPENED_SINCE: Refusal = {
  gate: 'makes-sense',
  because: 'A channel of this case was opened to others after that, and nobody has said that they looked at it.',
  facts: {},
  liftedBy: [{ who: 'you', how: 'look at who can read it now, and say so on its own card' }],
}
