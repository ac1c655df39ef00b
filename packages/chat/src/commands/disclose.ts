import { policyFor } from '@embargo/core'
import { defineCommand } from '../define-command.ts'
import { askTwo } from './ask-two.ts'
import { shownOptions } from './shown-options.ts'
import { RELEASER } from './who.ts'

export const disclose = defineCommand({
  verb: 'disclose',
  summary: 'Publish: announcement, lists, thanks, end of the embargo',
  short: true,
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Disclose', submit: 'Show what would go out' },
  options: shownOptions(),
  run: async (call) =>
    askTwo(call, {
      request: { verb: 'disclose', case: call.case.id },
      seat: policyFor(call.engine.policy.policy, call.case.state).approvals.disclose,
      title: 'publication',
      notes: ['Nothing has been published yet.'],
      style: 'danger',
    }),
})
