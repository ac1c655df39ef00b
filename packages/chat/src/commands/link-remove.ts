import { z } from 'zod'
import { PEOPLE, PLATFORMS } from '@embargo/core'
import { commandIdOf, refuse, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { ANYBODY } from './shared/roles.ts'

export const unlink = defineCommand({
  verb: 'link.remove',
  summary: 'Unlink an account, so that it no longer acts for anybody',
  about: 'anything',
  allowed: { who: `${ANYBODY.who} for their own accounts, admins for all` },
  form: { title: 'Unlink an account', submit: 'Unlink' },
  options: {
    platform: z.enum(PLATFORMS).register(about, { label: 'Platform of the account' }),
    person: z
      .string()
      .max(128)
      .exactOptional()
      .register(about, { label: 'Whose account', hint: 'If left out: yours', shownAs: '@person', suggests: 'person' }),
  },
  run: async (call) => {
    const { engine, invocation, values } = call
    const { platform, person: typed } = values
    const person = typed === undefined ? undefined : findPerson(engine.policy.policy, invocation.place.platform, typed)
    if (typed !== undefined && person === undefined)
      return wrongInput({ command: call.command, setting: call, because: `Nobody here is called “${typed}”.` })
    const done = await engine.commands.handle({
      commandId: commandIdOf(invocation),
      actor: invocation.actor,
      at: invocation.at,
      request: {
        verb: 'link.remove',
        stream: PEOPLE,
        platform,
        ...(person === undefined ? {} : { person: person.id }),
      },
      typed: invocation.input,
    })
    if (!done.ok) return refuse(call, done.refusal)
    const owner = person === undefined ? 'Your' : `${person.name}’s`
    const text = done.note ?? `${owner} account on ${platform} is no longer linked, and acts for nobody.`
    return {
      audience: 'caller',
      card: resultCard({ setting: {}, title: done.note === undefined ? 'Done' : 'Nothing was done', lines: [text] }),
      facts: {
        is: 'done',
        said: text,
        repeated: done.repeated,
        ...(done.note === undefined ? {} : { note: done.note }),
      },
    }
  },
})
