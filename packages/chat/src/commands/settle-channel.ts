import { z } from 'zod'
import { readableChannels } from '@embargo/core'
import type { CaseState, Refusal } from '@embargo/core'
import { refuse, send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const channel = defineCommand({
  verb: 'channel',
  summary: 'Say that a channel is safe again, or open another for one that is gone',
  about: 'case',
  allowed: TEAM,
  form: { title: 'The channel', submit: 'Go on' },
  options: {
    what: z.enum(['ok', 'open']).register(about, {
      label: 'What',
      labels: { ok: 'Only the case’s people can read it again', open: 'Open another for one that is gone' },
    }),
    seen: z
      .string()
      .regex(/^\d{1,16}$/)
      .exactOptional()
      .register(about, { label: 'When that was', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { id, state } = call.case
    const { what, seen } = call.values
    if (what === 'ok' && seen !== undefined && isExposedSince(state, Number(seen))) return refuse(call, OPENED_SINCE)
    return what === 'ok'
      ? send(call, { verb: 'settle.channel.ok', case: id }, 'Noted. What waited for the channel follows.')
      : send(
          call,
          { verb: 'settle.channel.open', case: id },
          'Another channel is opened, with everybody who is on the case.',
        )
  },
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
