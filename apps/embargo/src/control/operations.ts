import { BlobId, CaseId, Instant, maySee, measuresOf, Milestones, StreamId } from '@embargo/core'
import type { Effect, Platform } from '@embargo/core'
import { createPresenter, doubtsInWords, isTheirs, renderTerminal, reportOfSlot } from '@embargo/chat'
import type { NextTyped, Reply } from '@embargo/chat'
import { practiceAddress, skipDamaged } from '@embargo/engine'
import type { Card, CaseQuery } from '@embargo/engine'
import { userInfo } from 'node:os'
import { z } from 'zod'
import { caseFacts } from '../facts/case-facts.ts'
import { replyFacts } from '../facts/reply-facts.ts'
import type { CaseFacts, CommandOutput } from '../facts/schema.ts'
import { withPromises } from '../measures/promised-measures.ts'
import type { PromisedMeasures } from '../measures/promised-measures.ts'
import type { ProgramParts } from '../program/program.ts'
import { gateFacts } from './explain.ts'
import type { GateFacts } from './explain.ts'
import { confirmKeyOf, createKeyFor, extendKeyOf, findKeyOf, importKeyFor, keyFiles, listKeys } from './keys.ts'
import { rebuildLog, verifyLog } from './log.ts'
import { findTest, sendTest } from './mail-test.ts'
import { mailboxReports } from './mailbox-states.ts'
import { listMails, mailFiles, showMail } from './mails.ts'
import { nextOf } from './next.ts'
import { belongsToNobody } from './nobody.ts'
import { assertReadable, readAccess } from './read-access.ts'
import { knownOfDiscord } from './discord.ts'
import { peopleFacts, recordDistinctPeople } from './people.ts'
import type { Question } from './protocol.ts'
import { allStreams, withRelease } from './streams.ts'

const InvokeInput = z.object({
  verb: z.string().max(40),
  case: CaseId.optional(),
  input: z.union([z.string(), z.record(z.string(), z.string())]),
  deliveryId: z.string().max(200),
  confirmed: z.boolean().optional(),
})

const TERMINAL: Platform = 'terminal'
/** How many of the newest mails are searched for a mail that was just sent to the program. */
const NEWEST_MAILS = 20
/** How many rows of the list of cases are read at once. If there are more rows, they are read page by page. */
const MAX_ROWS = 200

type Operation = (opened: ProgramParts, input: unknown) => Promise<unknown>

/**
 * The operations that the command line can request from a running program. If no program is running, the command line
 * opens the database and carries out the operation itself.
 */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  /** Runs one of the commands that chat has. It runs in the name of the operating system user who runs the program. */
  async invoke({ router, engine }, raw): Promise<Reply> {
    const { verb, input, deliveryId, confirmed, case: number } = InvokeInput.parse(raw)
    return router.handle({
      verb,
      input,
      actor: typing(engine),
      place: { platform: TERMINAL, private: true, ...(number === undefined ? {} : { case: number }) },
      deliveryId,
      ...(confirmed === undefined ? {} : { confirmed }),
      at: engine.now(),
    })
  },

  /**
   * Says which person in the policy the caller is. If the policy does not list the caller, the command line explains
   * why nothing is shown.
   */
  who: ({ engine }) => Promise.resolve(typing(engine)),

  /**
   * Returns what the channel of a case would show. The terminal has no channels, so every card is made again from the
   * event log.
   */
  async channel({ router, engine }, raw): Promise<readonly Card[]> {
    const { case: id } = z.object({ case: CaseId }).parse(raw)
    const seen = await request(router, engine, { verb: 'status', input: '--whole yes', id })
    if (!('card' in seen)) return 'refusal' in seen ? [seen.refusal] : []
    return [...(await cardsOf(engine, id)), seen.card]
  },

  'mail-list': listMails,

  'mail-show': showMail,

  'mail-files': mailFiles,

  people: peopleFacts,

  keys: listKeys,

  'keys-create': createKeyFor,

  'keys-confirm': confirmKeyOf,

  'keys-extend': extendKeyOf,

  'keys-import': importKeyFor,

  'key-files': keyFiles,

  'key-find': findKeyOf,

  'discord-known': knownOfDiscord,

  'mail-test-send': sendTest,

  'mail-test-find': findTest,

  'mailbox-reports': mailboxReports,

  'people-apart': recordDistinctPeople,

  verify: verifyLog,

  rebuild: rebuildLog,

  /** A case as facts for a script, or a refusal if the caller may not see it. */
  async 'case-facts'({ router, engine }, raw): Promise<CommandOutput> {
    const { case: id } = z.object({ case: CaseId }).parse(raw)
    const seen = await look(router, engine, id)
    if (!('card' in seen)) return replyFacts(seen)
    return (await factsOf(engine, id)) ?? replyFacts(seen)
  },

  /** The next step in a case, after a command. Empty if the caller may not see the case. */
  async next(opened, raw): Promise<NextTyped | Record<string, never>> {
    const { case: id, samplePatch } = z.object({ case: CaseId, samplePatch: z.string().max(4096) }).parse(raw)
    return (await nextOf(opened, { id, samplePatch, viewer: typing(opened.engine).person })) ?? {}
  },

  /** The address to which the command line mails a practice report. */
  'practice-address': ({ engine }) => Promise.resolve({ address: practiceAddress(engine.deps) }),

  /**
   * The command line mails a report, then asks here for the case that the report opened. The answer is empty until the
   * program has read the mail.
   */
  async 'case-of-mail'({ store }, raw): Promise<{ readonly case?: StreamId }> {
    const { messageId } = z.object({ messageId: z.string().max(300) }).parse(raw)
    for (const { id, stream } of await store.spool.list({ limit: NEWEST_MAILS })) {
      const mail = stream === undefined ? undefined : await store.spool.find(id)
      if (stream !== undefined && mail !== undefined && new TextDecoder().decode(mail.raw).includes(messageId))
        return { case: stream }
    }
    return {}
  },

  /** The open cases that the caller may see, the most urgent first. */
  async 'case-list'({ engine }, raw): Promise<CommandOutput> {
    const { mine } = z.object({ mine: z.boolean().default(false) }).parse(raw)
    return casesFound(engine, { query: { open: true }, mine })
  },

  /** The cases that match the search words, or a refusal if the program does not understand the words. */
  async 'case-search'({ router, engine }, raw): Promise<CommandOutput> {
    const { words, case: id } = z.object({ words: z.string(), case: CaseId.optional() }).parse(raw)
    const reply = await request(router, engine, { verb: 'status', input: `all ${words}`, id })
    if (!('facts' in reply) || reply.facts?.is !== 'cases') return replyFacts(reply)
    const { query, only } = reply.facts
    return query === undefined
      ? { is: 'cases', cases: [] }
      : casesFound(engine, { query, mine: false, ...(only && { only }) })
  },

  /**
   * The text above the list of commands. It shows the cases that wait for the caller. It also says in how many of
   * the caller's cases something, such as a mail, failed or may have failed.
   */
  async waiting({ router, engine }): Promise<{ readonly said?: string }> {
    const { person } = typing(engine)
    if (person === undefined) return {}
    const home = await request(router, engine, { verb: 'status', input: '', id: undefined })
    const doubts = await doubtsInWords(engine.queries, person)
    const parts = [
      ...('card' in home && home.card.actions.some(({ input }) => 'case' in input)
        ? [renderTerminal(home.card, { colour: false })]
        : []),
      ...(doubts === undefined ? [] : [`${doubts} To see it: embargo settle`]),
    ]
    return parts.length === 0 ? {} : { said: parts.join('\n') }
  },

  /** Finds the cases that have this number in the current year and that the caller may see. */
  async 'cases-numbered'({ engine }, raw): Promise<readonly StreamId[]> {
    const { number } = z.object({ number: z.number().int().positive() }).parse(raw)
    const { person } = typing(engine)
    if (person === undefined) return []
    const year = new Date(engine.now()).getUTCFullYear()
    const end = `-${year}-${String(number).padStart(4, '0')}`
    return (await streamsOf(engine, { person })).filter((stream) => stream.endsWith(end))
  },

  /** How long cases took, as counts and times. No case is named, so everybody whom the policy lists may see them. */
  async measures({ engine }, raw): Promise<PromisedMeasures> {
    const { from, to } = z.object({ from: Instant, to: Instant }).parse(raw)
    const { person, account } = typing(engine)
    if (person === undefined) throw new Error(belongsToNobody(account))
    const { policy } = engine.policy
    return withPromises(policy, measuresOf(policy, await milestonesOf(engine), { from, to, now: engine.now() }))
  },

  async 'explain-gates'({ engine }, raw): Promise<GateFacts> {
    const { case: id, typed } = z.object({ case: CaseId, typed: z.string().max(2000) }).parse(raw)
    return gateFacts(engine, id, typed)
  },

  async export({ engine, store }, raw) {
    const { stream } = z.object({ stream: StreamId.optional() }).parse(raw)
    const access = readAccess(engine)
    if (stream !== undefined) await assertReadable(access, stream)
    const streams = stream === undefined ? await allStreams(store) : await withRelease(engine, stream)
    const events: unknown[] = []
    let withheld = 0
    for (const one of streams) {
      const may = await access.stream(one)
      if (may === 'withheld') withheld += 1
      else
        events.push(
          ...((may === 'read' ? await skipDamaged(() => engine.queries.history(one)) : undefined) ?? [
            { stream: one, damaged: true },
          ]),
        )
    }
    return { events, withheld }
  },
}

/** The caller, who is the operating system user of the program. */
const typing = (engine: ProgramParts['engine']) => engine.queries.actorOf(TERMINAL, userInfo().username)

type TypedRequest = { readonly verb: string; readonly input: string; readonly id: CaseId | undefined }

const request = (
  router: ProgramParts['router'],
  engine: ProgramParts['engine'],
  { verb, input, id }: TypedRequest,
): Promise<Reply> =>
  router.handle({
    verb,
    input,
    actor: typing(engine),
    place: { platform: TERMINAL, private: true, ...(id === undefined ? {} : { case: id }) },
    deliveryId: 'look',
    at: engine.now(),
  })

/**
 * Checks that the caller may see the case, by requesting its status. If that is refused, the caller gets the same
 * refusal.
 */
const look = (router: ProgramParts['router'], engine: ProgramParts['engine'], id: CaseId): Promise<Reply> =>
  request(router, engine, { verb: 'status', input: '', id })

type CaseSearch = { readonly query: CaseQuery; readonly mine: boolean; readonly only?: readonly StreamId[] }

async function casesFound(engine: ProgramParts['engine'], { query, mine, only }: CaseSearch): Promise<CommandOutput> {
  const { person } = typing(engine)
  const { policy } = engine.policy
  const cases: CaseFacts[] = []
  const damaged: StreamId[] = []
  for (const stream of only ?? (await streamsOf(engine, query))) {
    const world = await skipDamaged(async () => (await engine.queries.world(stream)) ?? 'none')
    if (world === undefined && person !== undefined) damaged.push(stream)
    if (world === 'none') continue
    if (person === undefined || world?.case === undefined || !maySee(world.case, person)) continue
    if (mine && !isTheirs(policy, world, person, engine.now())) continue
    const facts = await factsOf(engine, stream)
    if (facts !== undefined) cases.push(facts)
  }
  return { is: 'cases', cases, ...(damaged.length > 0 && { damaged }) }
}

async function factsOf(engine: ProgramParts['engine'], id: StreamId): Promise<CaseFacts | undefined> {
  const world = await engine.queries.world(id)
  if (world === undefined) return undefined
  const effects = []
  for (const stream of await withRelease(engine, id)) effects.push(...(await engine.queries.effects(stream)))
  const { person: viewer } = typing(engine)
  return caseFacts({ policy: engine.policy.policy, world, at: engine.now(), viewer, effects })
}

/** The matching cases, the most urgent first. */
async function streamsOf(engine: ProgramParts['engine'], query: CaseQuery): Promise<readonly StreamId[]> {
  const streams: StreamId[] = []
  for (let offset = 0; ; offset += MAX_ROWS) {
    const page = await engine.queries.cases({ ...query, limit: MAX_ROWS, offset })
    streams.push(...page.rows.map(({ stream }) => stream))
    if (!page.more) return streams
  }
}

/** The milestones of every case, open or closed, from its row in the list of cases. */
async function milestonesOf(engine: ProgramParts['engine']): Promise<readonly Milestones[]> {
  const all: Milestones[] = []
  for (let offset = 0; ; offset += MAX_ROWS) {
    const page = await engine.queries.cases({ limit: MAX_ROWS, offset })
    for (const { summary } of page.rows) {
      const read = Milestones.safeParse(summary)
      if (read.success) all.push(read.data)
    }
    if (!page.more) return all
  }
}

/**
 * Whether an effect posts a message that is never edited. All other cards are edited in place to show the current
 * state.
 */
const isSaid = (effect: Effect): effect is Extract<Effect, { kind: 'post' | 'place-card' }> =>
  (effect.kind === 'post' || (effect.kind === 'place-card' && reportOfSlot(effect.slot) !== undefined)) &&
  effect.platform === TERMINAL

async function cardsOf(engine: ProgramParts['engine'], id: CaseId): Promise<readonly Card[]> {
  const presenter = createPresenter()
  const cards: Card[] = []
  for (const stream of await withRelease(engine, id)) {
    const effects = await engine.queries.effects(stream)
    for (const recorded of await engine.queries.history(stream)) {
      const effect = effects.map((one) => one.effect).find((one) => isSaid(one) && one.event === recorded.eventId)
      const state = await engine.queries.state(stream)
      const world = await engine.queries.world(stream)
      if (effect === undefined || !isSaid(effect) || state === undefined || world === undefined) continue
      const card = await presenter.card({
        effect,
        platform: TERMINAL,
        recorded,
        state,
        world,
        policy: engine.policy,
        at: engine.now(),
        stateOf: (other) => engine.queries.state(other),
        mail: (message) => engine.queries.mail(message),
        blobText: (blob) => readBlob(engine, blob),
      })
      if (card !== undefined) cards.push(card)
    }
  }
  return cards
}

/** @throws with a sentence for people, if there is no such operation or its input is wrong */
export async function operate(opened: ProgramParts, question: Question): Promise<unknown> {
  const operation = OPERATIONS[question.operation]
  if (operation === undefined)
    throw new Error('The running program has another version and does not know this command. Restart it.')
  return operation(opened, question.input).catch((error: unknown) => {
    throw error instanceof z.ZodError ? new Error(z.prettifyError(error), { cause: error }) : error
  })
}

async function readBlob(engine: ProgramParts['engine'], blob: string): Promise<string | undefined> {
  const id = BlobId.safeParse(blob)
  return id.success ? engine.queries.blobText(id.data) : undefined
}
