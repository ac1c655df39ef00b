import { deadlineOf, outlook } from '@embargo/core'
import type { PersonId, Policy } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { reminderCard } from '../../packages/chat/src/cards/reminder.ts'
import { statusCard } from '../../packages/chat/src/cards/status.ts'
import { typedAction } from '../../packages/chat/src/render/typed-action.ts'
import { chatVerbOf } from '../../packages/chat/src/verbs.ts'
import { houseOf, PLATFORM, worldAt } from './situation.ts'
import type { Situation } from './situation.ts'
import { CASE, walk } from './walk.ts'
import type { Visit } from './walk.ts'
import { commandsOf, tryOffer, tryWay, waysOf } from './ways.ts'
import type { DeadEnd, Offer } from './ways.ts'

type Walks = { readonly policy: Policy; readonly seeds: readonly number[]; readonly steps: number }

/** Replaces dates, numbers and names. So if several situations differ only in these, only one of them is tried. */
const masked = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?/gu, 'date')
    .replaceAll(/\b(?:Ana|Ben|Cem|main|4\.2)\b/gu, 'somebody')
    .replaceAll(/\d+/gu, 'n')

export type TrialResult = { readonly count: number; readonly dead: readonly DeadEnd[] }

/** Tries every way out of the refusals that random people meet. */
export async function tryWays({ policy, seeds, steps }: Walks): Promise<TrialResult> {
  const seen = new Set<string>()
  const dead: DeadEnd[] = []
  for (const seed of seeds) {
    const refused: Situation[] = []
    await walk({ policy, seed, steps }, (_visit, some) => refused.push(...some))
    for (const situation of refused)
      for (const way of waysOf(situation)) {
        const { refusal, lift } = way
        const key = masked([situation.request.verb, refusal.gate, refusal.because, lift.who, lift.how].join(' '))
        if (seen.has(key)) continue
        seen.add(key)
        const one = await tryWay(situation, way)
        if (one !== undefined)
          dead.push({ ...one, read: [`${situation.request.verb}: ${refusal.because}`, ...one.read] })
      }
  }
  return { count: seen.size, dead }
}

/** Tries what the status card and the reminders offer in the states that random people reach. */
export async function tryOffers({ policy, seeds, steps }: Walks): Promise<TrialResult> {
  const seen = new Set<string>()
  const dead: DeadEnd[] = []
  const [first] = policy.people
  if (first === undefined) throw new Error('nobody is there')
  for (const seed of seeds) {
    const visits: Visit[] = []
    await walk({ policy, seed, steps }, (visit) => visits.push(visit))
    for (const visit of visits)
      for (const { key, ...offer } of offersIn(visit)) {
        if (seen.has(masked(key))) continue
        seen.add(masked(key))
        const situation = { ...visit, request: { verb: 'ack', case: CASE }, by: first.id } as const
        const one = await tryOffer(situation, offer, async () => true)
        if (one !== undefined) dead.push({ ...one, read: [key, ...one.read] })
      }
  }
  return { count: seen.size, dead }
}

type KeyedOffer = Offer & { readonly key: string }

function offersIn(visit: Visit): readonly KeyedOffer[] {
  const { policy, now: at } = visit
  const world = worldAt(houseOf(visit), { case: CASE })
  const { case: state } = world
  const seen = outlook(policy, world, at)
  if (state === undefined || seen === undefined) return []
  const { next, stage } = seen
  const offer = (who: string, how: string, action: Action, from = at): KeyedOffer => ({
    key: `${stage} ${next.action}: ${how} ${action.verb}`,
    lift: { who, how, verb: action.verb, from },
    action,
    printed: typedAction(action),
    text: how,
  })
  const card = statusCard({ state, world, policy, at, platform: PLATFORM, commands: commandsOf(houseOf(visit)) })
  const comesNext = next.verb === undefined ? undefined : chatVerbOf(next.verb)
  return [
    ...card.actions.map((action) => offer('any team member', action.label, action)),
    ...(comesNext === undefined
      ? []
      : [
          offer(
            next.owner,
            next.action,
            { label: 'Next', verb: comesNext.verb, input: { case: CASE, ...comesNext.input }, form: true },
            next.due !== undefined && next.due > at && /\b(?:from|on)\b/u.test(next.action) ? next.due : at,
          ),
        ]),
    ...seen.clocks
      .filter(({ clock }) => deadlineOf(clock)?.button !== undefined)
      .flatMap(({ clock, due, about }) => {
        const named: PersonId | undefined = state.coordinator
        const base = {
          state,
          clock,
          due,
          about,
          fraction: 1,
          breached: true,
          hears: 'owner',
          policy,
          at: due,
          world,
        } as const
        const { actions } = reminderCard({
          where: { platform: PLATFORM },
          ...base,
          ...(named === undefined ? {} : { named }),
        })
        // People read a reminder when it is due.
        const from = due > at ? due : at
        return actions.map((action) => offer('any team member', `${clock} ${action.label}`, action, from))
      }),
  ]
}
