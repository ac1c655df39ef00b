import { z } from 'zod'
import { instant, mayHideEncrypted, MessageId, visibilityOf } from '@embargo/core'
import type { HeldMail } from '@embargo/engine'
import { refuse, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { heldListCard, shortName } from '../cards/held-reports.ts'
import type { Call } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { counted } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { TEAM } from './shared/roles.ts'

/**
 * How many waiting mails are listed at most, the oldest first. When some of them are opened or set aside, the next
 * mails appear.
 */
const MAX_LISTED = 20

type Values = { readonly which?: string; readonly until?: string }

const whichOption = () =>
  z.string().max(2000).exactOptional().register(about, {
    label: 'Which',
    hint: 'all, or names from the list',
    takes: 'rest',
    shownAs: 'all|name',
    suggests: 'held',
  })

const untilOption = () =>
  z
    .string()
    .regex(/^\d{1,16}$/)
    .exactOptional()
    .register(about, { label: 'When the list was shown', hidden: true, takes: 'named' })

export const openWaiting = defineCommand({
  verb: 'open.waiting',
  summary: 'List the new reports that wait for a person, or open cases for them',
  about: 'anything',
  allowed: TEAM,
  options: { which: whichOption(), until: untilOption() },
  run: async (call) => (call.values.which === undefined ? list(call) : decide(call, 'open')),
})

export const openNo = defineCommand({
  verb: 'open.no',
  summary: 'Set aside new reports that wait for a person',
  about: 'anything',
  allowed: TEAM,
  form: { title: 'Set aside', submit: 'Set aside' },
  options: { which: whichOption(), until: untilOption() },
  run: async (call) => decide(call, 'aside'),
})

async function list(call: Call<Values>): Promise<Reply> {
  const { engine, invocation } = call
  const held = await engine.queries.heldMails(invocation.actor, MAX_LISTED)
  if (!held.ok) return refuse(call, held.refusal)
  const { count, mails } = held
  return {
    audience: 'caller',
    card: heldListCard({
      count,
      mails,
      chat: visibilityOf(engine.policy.policy.chat),
      hidesEncrypted: invocation.place.platform !== 'terminal' && mayHideEncrypted(engine.policy.policy),
      at: invocation.at,
      place: invocation.place,
    }),
  }
}

async function decide(call: Call<Values>, as: 'open' | 'aside'): Promise<Reply> {
  const { engine, invocation, values } = call
  const { which, until } = values
  if (which === undefined)
    return wrongInput({
      command: call.command,
      setting: call,
      because: 'Say which reports: all, or names from the list.',
    })
  const mails = which.trim().toLowerCase() === 'all' ? 'all' : await named(call, which)
  if (typeof mails === 'string' && mails !== 'all')
    return wrongInput({ command: call.command, setting: call, because: mails })
  const shown = mails !== 'all' || until === undefined ? {} : { until: instant(Number(until)) }
  const decided = await engine.commands.decideHeld({ actor: invocation.actor, as, mails, ...shown })
  if (!decided.ok) return refuse(call, decided.refusal)
  const text = [readInput(decided.count, as), ...('until' in shown ? await cameSince(call) : [])].join(' ')
  return {
    audience: 'caller',
    card: resultCard({ setting: {}, title: decided.count === 0 ? 'Nothing was done' : 'Done', lines: [text] }),
    facts: { is: 'done', said: text, repeated: false },
  }
}

/**
 * Says how many reports are still held after a button of the card was pressed. The button does not apply to reports
 * that came after the card was drawn.
 */
async function cameSince({ engine, invocation }: Call<Values>): Promise<readonly string[]> {
  const held = await engine.queries.heldMails(invocation.actor, 0)
  if (!held.ok || held.count === 0) return []
  return [`${counted(held.count, 'more report')} came since, and ${held.count === 1 ? 'is' : 'are'} held too.`]
}

/** Finds mails by their whole name or its beginning; returns a sentence if a name fits no mail or several. */
async function named({ engine, invocation }: Call<Values>, selection: string): Promise<readonly MessageId[] | string> {
  const held = await engine.queries.heldMails(invocation.actor, MAX_LISTED)
  const mails = held.ok ? held.mails : []
  const found: MessageId[] = []
  for (const name of selection.trim().split(/[\s,]+/)) {
    // A whole name can also belong to a mail that was set aside earlier.
    const whole = /^m-[0-9a-f]{32,}$/.test(name) ? MessageId.parse(name) : undefined
    const fits = mails.filter((one) => isCalled(one, name))
    const [only] = fits.length === 1 ? fits : []
    const id = whole ?? only?.id
    if (id === undefined)
      return `“${name.slice(0, 40)}” does not name exactly one held report. Type a whole name, or enough of its beginning to tell it apart (at least three characters).`
    found.push(id)
  }
  return found
}

const isCalled = ({ id }: HeldMail, name: string): boolean =>
  name.length >= 3 && (id.startsWith(name.toLowerCase()) || shortName(id).startsWith(name.toLowerCase()))

function readInput(count: number, as: 'open' | 'aside'): string {
  if (count === 0)
    return 'None of these reports is still held: somebody has already decided about them, or there were none.'
  return as === 'open'
    ? `${counted(count, 'report')} ${count === 1 ? 'opens its case' : 'open their cases'} now.`
    : `${counted(count, 'report')} ${count === 1 ? 'is' : 'are'} set aside and kept. “embargo read mails” lists them.`
}
