import type { CaseCall } from '../chat-command.ts'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import type { Reply } from '../types.ts'
import { ANYBODY } from './shared/roles.ts'

const INVITED = { who: `${ANYBODY.who} who is invited to a case` }

const answer = (call: CaseCall<unknown>, agreed: boolean, sentence: string): Promise<Reply> =>
  send(call, { verb: 'people.consent', case: call.case.id, agreed }, sentence)

export const join = defineCommand({
  verb: 'people.join',
  summary: 'Accept an invitation to a case, and agree to its embargo',
  about: 'case',
  invited: true,
  allowed: INVITED,
  form: { title: 'Join the case', submit: 'I agree to its embargo' },
  options: {},
  run: async (call) => answer(call, true, 'Thank you. You are on the case, and will be in its channel in a moment.'),
})

export const decline = defineCommand({
  verb: 'people.decline',
  summary: 'Decline an invitation to a case',
  about: 'case',
  invited: true,
  allowed: INVITED,
  form: { title: 'Decline', submit: 'I do not agree' },
  options: {},
  run: async (call) => answer(call, false, 'Thank you. Nothing more happens.'),
})
