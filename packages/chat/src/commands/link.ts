import { z } from 'zod'
import { CODE_LIVES_MINUTES, PEOPLE } from '@embargo/core'
import { commandIdOf, refuse } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { codeCard, claimedCard, pendingCard } from '../cards/link.ts'
import { defineCommand } from '../define-command.ts'
import { placeOn } from '../usage.ts'
import type { Call } from '../chat-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { ANYBODY } from './shared/roles.ts'

type Values = { readonly what?: string; readonly word?: string }

/**
 * Links two accounts in three steps. The first account gets a code, the second account claims the link with this code,
 * and the first account confirms the link with a yes.
 */
export const link = defineCommand({
  verb: 'link',
  summary: 'Link your account on another platform, so that you are one person on both',
  about: 'anything',
  short: true,
  allowed: ANYBODY,
  form: { title: 'Link an account', submit: 'Go on' },
  options: {
    what: z
      .string()
      .max(40)
      .exactOptional()
      .register(about, {
        label: 'Code',
        hint: `The code that you got in your other account. To get a code, run this command there and leave this field empty. A code is valid for ${CODE_LIVES_MINUTES} minutes.`,
        shownAs: 'code|yes|no',
      }),
    word: z
      .string()
      .max(20)
      .exactOptional()
      .register(about, { label: 'Word', hint: 'With yes: the word that both accounts show' }),
  },
  run: async (call) => {
    const { what } = call.values
    const answer = what?.toLowerCase()
    if (answer === 'yes' || answer === 'no') return answerPending(call, answer === 'yes')
    return what === undefined ? createCode(call) : claim(call, what)
  },
})

const saidBy = ({ invocation }: Call<Values>) => ({
  actor: invocation.actor,
  commandId: commandIdOf(invocation),
  at: invocation.at,
})

/** Issues a code. If an account has already typed an earlier code of the caller, shows that account instead. */
async function createCode(call: Call<Values>): Promise<Reply> {
  const pending = await call.engine.queries.pendingLink(call.invocation.actor)
  if (pending !== undefined) return { audience: 'caller', card: pendingCard(pending) }
  const { policy, roots = {}, commands } = call.engine
  const given = await commands.askLink(saidBy(call))
  if (!given.ok) return refuse(call, given.refusal)
  const others = [...policy.policy.platforms, 'terminal' as const].filter(
    (platform) => platform !== call.invocation.place.platform,
  )
  return {
    audience: 'caller',
    card: codeCard(
      given.code,
      [...new Set(others)].map((one) => placeOn(one, roots)),
    ),
  }
}

async function claim(call: Call<Values>, code: string): Promise<Reply> {
  const taken = await call.engine.commands.claimLink({ ...saidBy(call), code })
  if (!taken.ok) return refuse(call, taken.refusal)
  return { audience: 'caller', card: claimedCard(taken, call.engine.roots ?? {}) }
}

/**
 * The word in the button shows which account the caller saw. If the current word differs, another account has typed the
 * code since.
 */
async function answerPending(call: Call<Values>, agreed: boolean): Promise<Reply> {
  const { engine, invocation, values } = call
  const pending = await engine.queries.pendingLink(invocation.actor)
  const seen = pending?.word.toUpperCase() === values.word?.toUpperCase()
  if (pending !== undefined && agreed && !seen) return { audience: 'caller', card: pendingCard(pending) }
  const done = await engine.commands.handle({
    ...saidBy(call),
    request: { verb: 'link-confirm', stream: PEOPLE, agreed },
    typed: invocation.input,
  })
  if (!done.ok) return refuse(call, done.refusal)
  const text =
    done.note ??
    (agreed
      ? 'Both accounts are now yours, and count as one person.'
      : 'Nothing was linked, and the code is void. If you did not share the code, somebody else got it: tell an admin.')
  return {
    audience: 'caller',
    card: resultCard({
      setting: {},
      title: agreed && done.note === undefined ? 'Linked' : 'Not linked',
      lines: [text],
    }),
    facts: { is: 'done', said: text, repeated: done.repeated, ...(done.note === undefined ? {} : { note: done.note }) },
  }
}
