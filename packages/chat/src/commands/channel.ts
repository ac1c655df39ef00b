import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './who.ts'

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
  },
  run: async (call) => {
    const { id } = call.case
    return call.values.what === 'ok'
      ? send(call, { verb: 'channel-ok', case: id }, 'Noted. What waited for the channel follows.')
      : send(call, { verb: 'channel-open', case: id }, 'Another channel is opened, with everybody who is on the case.')
  },
})
