import { z } from 'zod'
import { fastPath, policyFor, SignalKind } from '@embargo/core'
import type { Policy, SignalRequest, Suspect } from '@embargo/core'
import { refuse, send, wrongInput } from '../answers.ts'
import { fastPathCard } from '../cards/fast-path.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { firstAndRest } from '../text/words.ts'
import type { Reply } from '../types.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOf } from './shared/preview.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { TEAM } from './shared/roles.ts'
import { findLeakSuspect } from './shared/leak-suspect.ts'

export const signal = defineCommand({
  verb: 'signal',
  summary: 'Signal that secrecy failed (public, exploit, attack or leak), or that a signal was wrong',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Secrecy failed', submit: 'Signal it' },
  options: {
    what: z.enum([...SignalKind.options, 'wrong']).register(about, {
      label: 'What',
      labels: {
        public: 'The vulnerability is public',
        exploit: 'An exploit is public',
        attack: 'Attacks are observed',
        leak: 'Details got out',
        wrong: 'A signal was wrong',
      },
    }),
    detail: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, {
        label: 'Link, or what got out',
        hint: 'public, exploit: the link · attack: a link, or nothing · leak: recipient or @person, and what got out · wrong: the signal (after "leak" also the recipient, @person or "all"), and why',
        takes: 'rest',
        shownAs: 'link|recipient text|which reason',
        suggests: { by: 'what', of: { leak: 'suspect', wrong: 'signal' } },
      }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, detail = '' } = call.values
    switch (what) {
      case 'public':
      case 'exploit':
      case 'attack':
        return linked(call, what, detail.trim())
      case 'leak':
        return raise(call, { verb: 'signal.leak', case: call.case.id, ...suspected(call, detail) })
      case 'wrong':
        return correct(call, detail)
    }
  },
})

type SignalCall = CaseCall<PreviewValues>

const wrong = (call: SignalCall, because: string): Reply =>
  wrongInput({ command: call.command, setting: call, because })

const LINK = /^https?:\/\/[^\s]{3,1990}$/iu

async function linked(call: SignalCall, kind: 'public' | 'exploit' | 'attack', link: string): Promise<Reply> {
  const { id } = call.case
  if (link !== '' && !LINK.test(link))
    return wrong(
      call,
      kind === 'attack'
        ? 'Give one link to where attacks were seen, https://… Leave it out if there is no link, and say in the channel what was seen.'
        : 'Give one link to where it was seen, https://…',
    )
  if (kind === 'attack') return raise(call, { verb: 'signal.attack', case: id, ...(link === '' ? {} : { link }) })
  if (link === '') return wrong(call, 'Give the link to where it is public.')
  return raise(call, { verb: kind === 'public' ? 'signal.public' : 'signal.exploit', case: id, link })
}

/**
 * Stops embargoed mail immediately, with one press, because a mail with details could leave at any moment. Then shows
 * the plan of what follows, before anything in the plan happens. The second person, who approves or refuses the signal,
 * is shown the same plan.
 */
async function raise(call: SignalCall, request: SignalRequest): Promise<Reply> {
  const preview = await previewOf(call, request)
  if ('gate' in preview) return refuse(call, preview)
  const shown = { digest: preview.digest, blob: preview.blob }
  const reply = await send(
    call,
    { ...request, shown },
    'From now on no embargoed mail is sent. A second person is asked; the signal counts unless they refuse it in time.',
  )
  const world = await call.engine.queries.world(call.case.id)
  const plan = world && fastPath(call.engine.policy.policy, world, call.invocation.at)
  if (!('card' in reply) || world?.case === undefined || plan === undefined) return reply
  return { ...reply, card: fastPathCard(world.case, plan) }
}

/**
 * Reads a suspect and a text, such as `north a mirror had it`. The first word can be the name of a recipient or of a
 * person.
 */
function suspected(call: SignalCall, detail: string): { readonly suspect?: Suspect; readonly text?: string } {
  const { policy } = call.engine.policy
  const [word, rest] = firstAndRest(detail)
  const suspect = word === '' ? undefined : findSuspect(call, policy, word)
  const text = suspect === undefined ? detail.trim() : rest
  return { ...(suspect === undefined ? {} : { suspect }), ...(text === '' ? {} : { text }) }
}

function findSuspect(call: SignalCall, policy: Policy, word: string): Suspect | undefined {
  const { lists } = policyFor(policy, call.case.state).prenotification
  const list = lists.find(({ recipients }) => recipients.some(({ id }) => id === word.toLowerCase()))
  if (list !== undefined) return { kind: 'recipient', list: list.id, recipient: word.toLowerCase() }
  const person = word.startsWith('@') ? findPerson(policy, call.invocation.place.platform, word) : undefined
  return person === undefined ? undefined : { kind: 'person', person: person.id }
}

async function correct(call: SignalCall, detail: string): Promise<Reply> {
  const [word, rest] = firstAndRest(detail)
  const kind = SignalKind.safeParse(word.toLowerCase())
  const named = kind.data === 'leak' ? wrongOf(call, rest) : { reason: rest }
  if (typeof named === 'string') return wrong(call, named)
  const { suspect, reason } = named
  if (!kind.success || reason === '')
    return wrong(call, `Name the signal that was wrong (${SignalKind.options.join(', ')}), then the reason.`)
  return requestApproval(call, {
    request: {
      verb: 'signal.wrong',
      case: call.case.id,
      what: kind.data,
      ...(suspect === undefined ? {} : { suspect }),
      reason,
    },
    seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
    title: 'a signal was wrong',
    notes: ['Nothing has changed yet.'],
    style: 'primary',
    input: { what: 'wrong', detail: `${kind.data} ${rest}` },
  })
}

/**
 * Reads which leak signal was a mistake, and the reason. If several leak signals with different suspects count, the
 * caller must begin with the suspect of the mistaken signal, or with `all`.
 */
function wrongOf(call: SignalCall, typed: string): ReturnType<typeof findLeakSuspect> {
  const { policy } = call.engine.policy
  const named = findLeakSuspect(call.case.state, typed, (word) =>
    findPerson(policy, call.invocation.place.platform, word),
  )
  if (typeof named === 'string' || named.suspect !== undefined || named.reason !== typed.trim()) return named
  // Here, the first word is not the suspect of any leak signal that counts. If the word names another recipient or
  // person, core refuses, and the refusal says that no leak through them counts.
  const { suspect, text = '' } = suspected(call, named.reason)
  return suspect === undefined ? named : { suspect, reason: text }
}
