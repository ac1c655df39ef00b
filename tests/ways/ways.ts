import { instant, MessageId } from '@embargo/core'
import type { CaseState, Instant, Lift, PersonId, Refusal } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { refuse } from '../../packages/chat/src/answers.ts'
import { refusalCard } from '../../packages/chat/src/cards/refusal.ts'
import { isCommandOffered } from '../../packages/chat/src/command-availability.ts'
import { COMMANDS } from '../../packages/chat/src/index.ts'
import type { ChatCommand } from '../../packages/chat/src/index.ts'
import { typedAction } from '../../packages/chat/src/render/typed-action.ts'
import type { SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'
import {
  actorOf,
  deliverMails,
  copyOf,
  houseOf,
  isSameRefusal,
  PLATFORM,
  placeOf,
  currentRefusal,
  worldAt,
} from './situation.ts'
import type { Situation } from './situation.ts'
import { press } from './type.ts'
import type { Attempt, EndState } from './type.ts'

/** A way out of a refusal. `printed`: its command, as the refusal prints it. */
export type Way = { readonly refusal: Refusal; readonly lift: Lift; readonly action: Action; readonly printed: string }

export const commandsOf = (house: SmallHouse): readonly ChatCommand[] =>
  COMMANDS.filter((command) => isCommandOffered(command, { platform: PLATFORM, profile: house.policy.policy.profile }))

/**
 * The ways out that the card of the refusal offers. The person whose command was refused gets buttons. Other people are
 * named in the text of the card.
 */
export function waysOf(situation: Situation): readonly Way[] {
  const { request, by } = situation
  const house = houseOf(situation)
  const refusal = currentRefusal(house, situation)
  if (refusal === undefined) return []
  const world = worldAt(house, request)
  const place = placeOf(house, request.case)
  const commands = commandsOf(house)
  const seen = world.case === undefined ? undefined : { id: request.case, state: world.case, world, before: [] }
  const fields = { verb: request.verb, input: '', deliveryId: 'look', at: house.now }
  const invocation = { ...fields, actor: actorOf(house, by), place }
  const setting = { invocation, engine: house.engine, commands, ...(seen === undefined ? {} : { case: seen }) }
  const reply = refuse(setting, refusal, request)
  if (!('refusal' in reply)) throw new Error('a refusal has its card')
  const { reason } = reply
  const date = 'at' in request ? request.at : undefined
  return reason.liftedBy.flatMap((lift) =>
    refusalCard({ refusal: { ...reason, liftedBy: [lift] }, commands, place, seen, date }).actions.map((action) => ({
      refusal: reason,
      lift,
      action,
      printed: typedAction(action, commands),
    })),
  )
}

/** A way that does not work: what is printed, and what people read if they follow it. */
export type DeadEnd = { readonly printed: string; readonly read: readonly string[] }

/**
 * Tries a way out of a refusal. Returns undefined if the way works for somebody whom it names, and also if the way
 * needs another case or release but there is no other. When a way works:
 *
 * - A way that runs another command instead works if it changes the case.
 * - A way that changes an option of the refused command, or looks at the case, works if it is accepted.
 * - Any other way works if the gate no longer refuses the command for the same reason, either directly after the way or
 *   after somebody approves what the way requests.
 * - A way that leads to a further step also works if the refusal no longer offers this way afterwards.
 */
export async function tryWay(situation: Situation, way: Way): Promise<DeadEnd | undefined> {
  const isOpen = (ended: EndState): Promise<boolean> => helps(situation, way, ended)
  return tryOffer(situation, { ...way, text: `${way.refusal.because} ${way.lift.how}` }, isOpen)
}

/** Tries every way out of the refusal, and returns the ways that do not work. */
export async function deadWaysOf(situation: Situation | undefined): Promise<readonly DeadEnd[]> {
  if (situation === undefined) return []
  const dead: DeadEnd[] = []
  for (const way of waysOf(situation)) {
    const one = await tryWay(situation, way)
    if (one !== undefined) dead.push(one)
  }
  return dead
}

/** An offer that tells somebody what to do, as it is printed for them. */
export type Offer = Pick<Way, 'lift' | 'action' | 'printed'> & { readonly text: string }

export async function tryOffer(
  situation: Situation,
  { lift, action, printed, text }: Offer,
  isEnough: (ended: EndState) => Promise<boolean>,
): Promise<DeadEnd | undefined> {
  const read = new Set<string>()
  let isNameless = false
  const nothingToName = (): void => {
    isNameless = true
  }
  const house = houseOf(situation)
  for (const who of meant(situation, house, lift))
    for (const { at, mailed } of momentsOf(house, lift)) {
      const id = lift.of ?? situation.request.case
      const told = { read: text, refused: read, forms: new WeakMap(), nothingToName }
      const attempt: Attempt = { situation, who, case: id, left: ATTEMPTS, ...told }
      const then = copyOf(situation, house, at)
      if (mailed) reporterWrites(then, id)
      for await (const ended of press(attempt, then, action)) if (await isEnough(ended)) return undefined
    }
  return isNameless ? undefined : { printed, read: [...read] }
}

/** The most replies that one person waits for. */
const ATTEMPTS = 1200

const stateOf = (house: SmallHouse, id: CaseState['id']): CaseState | undefined => {
  const state = house.states.get(id)
  return state?.kind === 'case' ? state : undefined
}

/** Everybody whom a way out names. The caller comes first, because it is the caller who reads the refusal. */
function meant({ by, request }: Situation, house: SmallHouse, { who }: Lift): readonly PersonId[] {
  const { people } = house.policy.policy
  if (who === 'you') return [by]
  const named = people.filter(({ name }) => name === who)
  const except = who.split(' but ')[1]?.split(' and ') ?? []
  const isAdmins = /\badmins?\b/u.test(who) && !who.includes('coordinator')
  const team = people.filter(
    ({ id, name, roles }) =>
      !except.includes(name) &&
      stateOf(house, request.case)?.people[id] !== undefined &&
      (!isAdmins || roles.includes('admin')),
  )
  const all = (named.length > 0 ? named : team).map(({ id }) => id)
  return [...all.filter((id) => id === by), ...all.filter((id) => id !== by)]
}

type Moment = { readonly at: Instant; readonly mailed: boolean }

/**
 * The moments at which to try a way: at the time that the way names, otherwise now. If the way may wait for a mail from
 * the reporter, it is also tried after such a mail.
 */
function momentsOf({ now }: SmallHouse, { who, how, from = now }: Lift): readonly Moment[] {
  const isMailed = /\b(?:mail|answers?|yes|reporter)\b/u.test(`${who} ${how}`)
  return [{ at: from, mailed: false }, ...(isMailed ? [{ at: from, mailed: true }] : [])]
}

let mails = 0

function reporterWrites(house: SmallHouse, id: CaseState['id']): void {
  const report = stateOf(house, id)?.reports.findLast(({ answerable }) => answerable)
  if (report === undefined) return
  mails += 1
  const mail = { message: MessageId.parse(`answer-${mails}`), from: 'reporter', report: report.id } as const
  house.comes({ verb: 'take-in-message', case: id, ...mail, trust: 'domain-vouches', automatic: false })
}

async function helps(situation: Situation, way: Way, { house, done }: EndState): Promise<boolean> {
  const { refusal, lift } = way
  if (lift.instead === true) return done
  if (!done || lift.verb === situation.request.verb) return true
  const isNearer = (after: SmallHouse): boolean =>
    !isSameRefusal(refusal, currentRefusal(after, situation)) ||
    (lift.how.includes('; then ') && !isOffered(way, waysOf({ ...situation, states: after.states, now: after.now })))
  return isNearer(house) || (await approved(situation, house)).some(isNearer)
}

const isOffered = ({ lift }: Way, ways: readonly Way[]): boolean => ways.some((one) => one.lift.how === lift.how)

/** A person who presses a button of the case, and gives up after a few replies. */
const briefly = (situation: Situation, who: PersonId): Attempt => ({
  situation,
  who,
  case: situation.request.case,
  read: '',
  left: 4,
  refused: new Set(),
  forms: new WeakMap(),
  nothingToName: () => {},
})

/** The state after the person was invited to the case, if they were not on it yet. */
async function withPerson(situation: Situation, house: SmallHouse, who: PersonId): Promise<SmallHouse> {
  const { case: id } = situation.request
  if (stateOf(house, id)?.people[who] !== undefined) return house
  const invitation = press(briefly(situation, situation.by), house, {
    label: '',
    verb: 'people.invite',
    input: { case: id, person: who },
  })
  for await (const ended of invitation) if (ended.done) return ended.house
  return house
}

/** The states after somebody approved the last request. */
async function approved(situation: Situation, house: SmallHouse): Promise<readonly SmallHouse[]> {
  const { case: id } = situation.request
  const open = stateOf(house, id)?.approvals.findLast(({ status }) => status === 'open')
  if (open === undefined) return []
  const at = instant(Math.max(house.now, open.notBefore))
  const input = { case: id, approval: open.id, typedCase: id }
  const after: SmallHouse[] = []
  for (const { id: who } of house.policy.policy.people) {
    const then = await withPerson(situation, copyOf(situation, house, at), who)
    const yes = press(briefly(situation, who), then, { label: '', verb: 'approve', input })
    for await (const ended of yes) if (ended.done) after.push(deliverMails(ended.house))
  }
  return after
}
