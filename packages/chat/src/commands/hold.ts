import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { buildCard } from '../cards/card.ts'
import { publishedLines } from '../present/published-lines.ts'
import { describeAlreadyOut } from '../text/already-out.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

export const hold = defineCommand({
  verb: 'hold',
  summary: 'Stop the release at once; two people let it go on',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Hold the release', submit: 'Hold' },
  options: {
    what: z
      .enum(['off'])
      .exactOptional()
      .register(about, {
        label: 'What',
        hint: 'If left empty: stop the release',
        labels: { off: 'Let it go on' },
        shownAs: 'off',
      }),
    reason: z.string().max(2000).exactOptional().register(about, {
      label: 'Why',
      hint: 'The team reads it, nobody else',
      takes: 'rest',
    }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, reason } = call.values
    const { id, state, world } = call.case
    if (what === 'off')
      return requestApproval(call, {
        request: { verb: 'hold.off', case: id },
        seat: policyFor(call.engine.policy.policy, state).approvals.by,
        title: 'go',
        notes: ['The release is still on hold.'],
        style: 'danger',
        input: { what },
      })
    const request = { verb: 'hold', case: id, ...(reason === undefined ? {} : { reason }) } as const
    const reply = await send(call, request, `The release is on hold. ${describeAlreadyOut(world.release)}`)
    if (!('card' in reply)) return reply
    const lines = [...reply.card.lines, ...publishedLines(state, world.release)]
    return { ...reply, card: buildCard({ ...reply.card, lines }) }
  },
})
