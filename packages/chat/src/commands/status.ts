import { z } from 'zod'
import { STAGES } from '@embargo/core'
import type { Stage } from '@embargo/core'
import { defineCommand } from '../define-command.ts'
import { about, wholeNumber } from '../option.ts'
import { refuse, wrongInput } from '../answers.ts'
import type { Call } from '../chat-command.ts'
import { findPerson } from '../people/find-person.ts'
import type { Reply } from '../types.ts'
import { foundCasesView } from '../views/found-cases.ts'
import { asOneCard, homeCards } from '../views/home.ts'
import { mineView } from '../views/many-cases.ts'
import { buildCard } from '../cards/card.ts'
import { formatGapLine } from '../cards/format-gaps.ts'
import { line, sentence } from '../cards/spans.ts'
import { pinnedCard } from '../cards/pinned.ts'
import { statusCard } from '../cards/status.ts'
import { ON_THE_CASE } from './shared/roles.ts'

/** Typed instead of a person's name. */
const NOBODY = 'nobody'
const ME = 'me'
/** After a number, such a word is a unit of time and not a search word. */
const DAYS = /^(?:days?|weeks?|months?)$/i

export const status = defineCommand({
  verb: 'status',
  summary: 'Show the state of a case and what comes next, or find cases',
  about: 'anything',
  allowed: ON_THE_CASE,
  options: {
    which: z
      .enum(['case', 'mine', 'all'])
      .exactOptional()
      .register(about, { label: 'Which', shownAs: 'case|mine|all' }),
    whole: z
      .enum(['yes'])
      .exactOptional()
      .register(about, { label: 'The whole status, shown only to the caller', hidden: true, takes: 'named' }),
    stage: z.enum(STAGES).exactOptional().register(about, { label: 'Stage' }),
    severity: z
      .enum(['critical', 'high', 'moderate', 'low', 'unrated'])
      .exactOptional()
      .register(about, { label: 'Severity' }),
    overdue: z.enum(['overdue']).exactOptional().register(about, { label: 'Only what is overdue' }),
    owner: z
      .string()
      .max(128)
      .exactOptional()
      .register(about, {
        label: 'Its coordinator',
        hint: `A person, "${ME}" or "${NOBODY}"`,
        takes: 'named',
        shownAs: '@person',
        suggests: 'owner',
      }),
    older: wholeNumber({ most: 9999, because: 'an age is a number of days' })
      .exactOptional()
      .register(about, { label: 'Older than this many days', takes: 'named', shownAs: 'days' }),
    page: wholeNumber({ most: 99_999, because: 'a page is a number' })
      .exactOptional()
      .register(about, { label: 'Page', takes: 'named' }),
    words: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Words in the subject of a report', takes: 'rest', shownAs: 'words' }),
  },
  run: async (call) => {
    const { which, page, whole, ...filters } = call.values
    if (which === 'all' || Object.keys(filters).length > 0) return foundCases(call, filters, Number(page ?? 1))
    if (which === 'mine') return mineView({ setting: call, page: Number(page ?? 1) })
    const seen = call.case
    if (which === undefined && seen === undefined)
      return { audience: 'caller', card: asOneCard('Your cases', await homeCards(call)) }
    if (seen === undefined)
      return refuse(call, {
        gate: 'makes-sense',
        because: 'It is not clear which case this is about.',
        facts: {},
        liftedBy: [{ who: 'you', how: 'name the case, or ask in its channel' }],
      })
    const { invocation, engine } = call
    const { person } = invocation.actor
    const { channel } = seen.state.channels[invocation.place.platform] ?? {}
    const inItsChannel = whole === undefined && isItsChannel(invocation.place.channel, channel)
    const request = {
      state: seen.state,
      world: seen.world,
      policy: engine.policy.policy,
      at: invocation.at,
      ...(await engine.queries.mailBacklog(seen.id)),
      platform: invocation.place.platform,
      ...(invocation.place.root === undefined ? {} : { root: invocation.place.root }),
    }
    const gaps = engine.texts.formatGaps(seen.world)
    const short = pinnedCard(request)
    const lacks = gaps.map((gap) => line(sentence(formatGapLine(gap, { place: invocation.place, id: seen.id }))))
    // A terminal prints the next step as a line to type, so the short card has no buttons there.
    const card =
      request.platform === 'terminal' && whole === undefined
        ? buildCard({ ...short, lines: [...short.lines, ...lacks], actions: [] })
        : statusCard({
            ...request,
            gaps,
            commands: call.commands,
            ...(person === undefined || inItsChannel ? {} : { viewer: person }),
          })
    return {
      audience: inItsChannel ? 'channel' : 'caller',
      card,
      ofCase: true,
    }
  },
})

type Filters = {
  readonly stage?: Stage
  readonly severity?: string
  readonly overdue?: 'overdue'
  readonly owner?: string
  readonly older?: string
  readonly words?: string
}

async function foundCases(call: Call<unknown>, filters: Filters, page: number): Promise<Reply> {
  const { owner, older, ...rest } = filters
  const { actor, place } = call.invocation
  const named = owner?.toLowerCase()
  const person =
    owner === undefined || named === NOBODY || named === ME
      ? undefined
      : findPerson(call.engine.policy.policy, place.platform, owner)
  if (owner !== undefined && named !== NOBODY && named !== ME && person === undefined)
    return wrongInput({ command: call.command, setting: call, because: `Nobody in the policy is called “${owner}”.` })
  if (older !== undefined && DAYS.test(rest.words ?? ''))
    return wrongInput({
      command: call.command,
      setting: call,
      because: 'Write the age as a number only: it is in days.',
    })
  const personId = named === ME ? (actor.person ?? '') : (person?.id ?? '')
  return foundCasesView({
    setting: call,
    wanted: {
      ...rest,
      ...(owner === undefined ? {} : { owner: personId }),
      ...(older === undefined ? {} : { olderDays: Number(older) }),
    },
    typed: { ...rest, ...(owner === undefined ? {} : { owner }), ...(older === undefined ? {} : { older }) },
    page,
  })
}

/** Whether this is the case's own channel. In any other place, only the caller may read the answer. */
const isItsChannel = (here: string | undefined, its: string | undefined): boolean => here !== undefined && here === its
