import { z } from 'zod'
import { maySee, PEOPLE, reviewOf } from '@embargo/core'
import type { Person, PersonId, Request, ReviewItem } from '@embargo/core'
import { commandIdOf, refuse, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import type { Call } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import type { Reply } from '../types.ts'
import { typedRequest } from '../verbs.ts'

/** Limits the card's length. The status of each case lists what the card leaves out. */
const MAX_LINES = 20
/** How many rows of the list of cases are read at a time. */
const AT_ONCE = 200

type Values = { readonly person: string; readonly reason?: string }

/**
 * Locks out a person whose account was taken over. If the command is repeated, it lists once more what people must
 * check again.
 */
export const lockout = defineCommand({
  verb: 'lockout',
  summary: 'Lock somebody out of every case and channel at once, if their account was taken over',
  about: 'anything',
  allowed: { who: 'an admin, or two of the team; two admins undo it' },
  form: { title: 'Lock somebody out', submit: 'Lock out' },
  options: {
    person: z.string().max(128).register(about, { label: 'Who', shownAs: '@person|undo', suggests: 'person' }),
    reason: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'What happened', shownAs: 'why', takes: 'rest', wanted: true }),
  },
  run: async (call) => {
    const { person: typed, reason } = call.values
    const undo = typed.toLowerCase() === 'undo'
    const named = undo ? (reason ?? '') : typed
    const person = findPerson(call.engine.policy.policy, call.invocation.place.platform, named)
    if (person === undefined)
      return wrongInput({ command: call.command, setting: call, because: `Nobody here is called “${named}”.` })
    if (undo)
      return decided(call, { verb: 'lockout.undo', stream: PEOPLE, person: person.id }, (note) => [
        note ?? `${person.name} is let in again, to the cases that they were on.`,
      ])
    if (reason === undefined && person.lockedOut === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'Say what happened: it stays in the log.' })
    return decided(call, { verb: 'lockout', stream: PEOPLE, person: person.id, reason: reason ?? '' }, (note) =>
      lockedOutLines(call, person, note),
    )
  },
})

async function decided(
  call: Call<Values>,
  request: Request,
  linesOf: (note: string | undefined) => readonly string[] | Promise<readonly string[]>,
): Promise<Reply> {
  const { engine, invocation } = call
  const done = await engine.commands.handle({
    commandId: commandIdOf(invocation),
    actor: invocation.actor,
    at: invocation.at,
    request,
    typed: invocation.input,
  })
  if (!done.ok) return refuse(call, done.refusal)
  const lines = await linesOf(done.note)
  const text = lines.join(' ')
  return {
    audience: 'caller',
    card: resultCard({ setting: {}, title: done.note === undefined ? 'Done' : 'Nothing more was done', lines }),
    facts: { is: 'done', said: text, repeated: done.repeated, ...(done.note === undefined ? {} : { note: done.note }) },
  }
}

async function lockedOutLines(
  call: Call<Values>,
  person: Person,
  note: string | undefined,
): Promise<readonly string[]> {
  const isLockedOut = call.engine.policy.policy.people.find(({ id }) => id === person.id)?.lockedOut !== undefined
  if (!isLockedOut) return note === undefined ? [] : [note]
  const found = await openReviews(call, person.id)
  const more =
    found.length > MAX_LINES ? [`And ${found.length - MAX_LINES} more, listed in the status of each case.`] : []
  return [
    note ??
      `${person.name} is out of every case and channel. They get no new messages, and nothing from them is accepted, not even by mail.`,
    ...(found.length === 0
      ? ['They did not confirm or approve anything in the open cases that you see.']
      : ['Look again at what they confirmed or approved in the open cases that you see:']),
    ...found.slice(0, MAX_LINES),
    ...more,
    `Two admins can undo this: lockout undo ${person.id}`,
  ]
}

async function openReviews({ engine, invocation }: Call<Values>, person: PersonId): Promise<readonly string[]> {
  const found: string[] = []
  for (let offset = 0; ; offset += AT_ONCE) {
    const { rows, more } = await engine.queries.cases({ open: true, limit: AT_ONCE, offset })
    for (const { stream } of rows) {
      const state = await engine.queries.state(stream)
      if (state?.kind !== 'case' || !maySee(state, invocation.actor.person)) continue
      found.push(...reviewOf(state, person).map((item) => `${state.id}: ${wordsOf(item)}`))
    }
    if (!more) return found
  }
}

function wordsOf(item: ReviewItem): string {
  switch (item.is) {
    case 'confirmed':
      return `confirmed the patch for ${item.branch}`
    case 'waived':
      return `one of two who waived ${item.rule} for ${item.about}`
    case 'approved':
      return `approved ${typedRequest(item.verb)}`
    case 'asked':
      return `asked for ${typedRequest(item.verb)}, and it was approved`
    case 'waits':
      return `asked for ${typedRequest(item.verb)}, which waits for approval`
  }
}
