import { z } from 'zod'
import { BranchName, isoInstant, policyFor, WAIVABLE_GATES, WAIVER_WORDS } from '@embargo/core'
import { wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import { TEAM } from './shared/roles.ts'
import { WAIVED } from '../cards/waiver-words.ts'

export const waive = defineCommand({
  verb: 'waive',
  summary: 'Exempt this case from one rule, for a reason that stays in its status',
  about: 'case',
  allowed: { who: `${TEAM.who}, or an admin if the policy says so` },
  form: { title: 'Waive a rule', submit: 'Show what is waived' },
  options: {
    gate: z.enum(WAIVABLE_GATES).register(about, {
      label: 'Rule',
      hint: 'The name in brackets in the refusal',
      labels: Object.fromEntries(WAIVABLE_GATES.map((gate) => [gate, `${gate}: ${WAIVER_WORDS[gate]}`])),
    }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      suggests: 'branch',
      hint: 'If the rule is about one branch',
    }),
    at: z.string().max(40).exactOptional().register(about, {
      label: 'Release date',
      hint: 'If the rule is about a date: 2026-07-14 or 2026-07-14 14:00, in UTC',
      takes: 'named',
      kind: 'date-time',
      shownAs: 'date',
    }),
    reason: z.string().max(2000).register(about, { label: 'Reason', hint: 'Kept in the log', takes: 'rest' }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { gate, branch, at: typed, reason } = call.values
    const policy = policyFor(call.engine.policy.policy, call.case.state)
    const at =
      typed === undefined
        ? undefined
        : readInstant(typed, policy.releaseWindow.from, [call.case.world.release?.at], releaseZones(call))
    if (at === undefined && typed !== undefined) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: `A release date looks like ${dateExample(call, '2026-07-14')}.`,
      })
    }
    const about = { ...(branch === undefined ? {} : { branch }), ...(at === undefined ? {} : { at }) }
    return requestApproval(call, {
      request: { verb: 'waive', case: call.case.id, rule: gate, reason, ...about },
      seat: policy.approvals.by,
      title: WAIVED[gate],
      notes: ['Nothing is waived yet.'],
      style: 'primary',
      input: {
        gate,
        reason,
        ...(branch === undefined ? {} : { branch }),
        ...(at === undefined ? {} : { at: isoInstant(at) }),
      },
    })
  },
})
