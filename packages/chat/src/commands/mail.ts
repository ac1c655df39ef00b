import { z } from 'zod'
import { wrongInput } from '../answers.ts'
import { mailListCard, messageCard } from '../cards/message.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const mail = defineCommand({
  verb: 'mail',
  summary: 'List the mails of a case, or read one',
  about: 'case',
  allowed: { ...ON_THE_CASE, platforms: ['terminal'] },
  options: {
    message: z
      .string()
      .max(256)
      .exactOptional()
      .register(about, { label: 'Mail', hint: 'last, or its number', shownAs: 'last|number', suggests: 'message' }),
  },
  run: async (call) => {
    const { state } = call.case
    const { message } = call.values
    if (message === undefined) return { audience: 'caller', card: mailListCard({ state, at: call.invocation.at }) }
    const number =
      message === 'last'
        ? state.messages.length
        : /^\d{1,4}$/.test(message)
          ? Number(message)
          : indexOf(state.messages, message)
    const taken = state.messages[number - 1]
    if (taken === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'This case has no such mail.' })
    return {
      audience: 'caller',
      card: messageCard({ state, taken, number, mail: await call.engine.queries.mail(taken.message) }),
    }
  },
})

const indexOf = (messages: readonly { readonly message: string }[], id: string): number =>
  messages.findIndex((taken) => taken.message === id) + 1
