import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

export const advisory = defineCommand({
  verb: 'advisory',
  summary: 'Enter the facts for the public texts: component, impact and workaround',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Advisory text', submit: 'Save' },
  options: {
    component: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Component', hint: 'The affected part of the product', wanted: true }),
    impact: z.string().max(2000).exactOptional().register(about, {
      label: 'Impact, in one sentence',
      hint: 'By doing …, an attacker may …',
      kind: 'long-text',
      wanted: true,
    }),
    workaround: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Workaround', kind: 'long-text', takes: 'named', shownAs: 'text' }),
  },
  run: async (call) => {
    const { values, command } = call
    const { id, state } = call.case
    const { component, impact } = { ...state.advisory, ...values }
    return component === undefined || impact === undefined || Object.keys(values).length === 0
      ? { form: command.form({ case: id, ...state.advisory, ...values }) }
      : send(call, { verb: 'advisory', case: id, ...values }, 'Saved. The public texts are generated from it.')
  },
})
