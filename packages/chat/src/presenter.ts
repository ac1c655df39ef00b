import { isPeopleEvent } from '@embargo/core'
import type { CaseState, Event, Roots, World } from '@embargo/core'
import type { Card, CardMaterial, Presenter } from '@embargo/engine'
import { originsOf, isOfOwnReport, isOwnReport } from './redact/provenance.ts'
import { cardForPlace } from './redact/reply.ts'
import { relatedCases } from './redact/policy.ts'
import type { RedactionScope } from './redact/policy.ts'
import { headsUpLines } from './cards/heads-up.ts'
import { approvalCard } from './cards/approval.ts'
import { callCard } from './cards/call.ts'
import { publicationCard } from './cards/publication.ts'
import { pinnedCard } from './cards/pinned.ts'
import { waitsCard } from './cards/doubt.ts'
import { presentCaseEvent } from './present/case-event.ts'
import { reportOfSlot, reportSlotCard } from './present/report-slot.ts'
import { presentReleaseEvent } from './present/release-event.ts'
import { otherCaseCard, otherCaseOf } from './present/other-case.ts'
import { isReleaseEvent } from './present/stream-kind.ts'
import { caseOf, releaseOf } from './present/material.ts'
import { unsentMailSentence } from './text/mail-backlog.ts'
import { placeOn } from './usage.ts'

/** Turns events into cards. Pure, except for reading the mail or text that the event names. */
export function createPresenter({ roots = {} }: { readonly roots?: Roots } = {}): Presenter {
  return {
    card: async (material) => {
      const { effect } = material
      const before = await casesBefore(material)
      const card = await (effect.kind === 'post' || effect.kind === 'tell-team'
        ? postCard(material, before, roots)
        : slotCard({ material, slot: effect.slot, roots, before }))
      return (
        card &&
        withUnsentMail(cardForPlace(withHeadsUp(card, material, roots), redactionScope(material, before)), material)
      )
    },
    call: async ({ state, world, policy, platform, at, call }) =>
      cardForPlace(callCard(state, call, { policy: policy.policy, at, where: placeOn(platform, roots) }), {
        platform,
        policy: policy.policy,
        cases: relatedCases(state, world),
      }),
    pinned: async ({ state, world, policy, platform, at, stateOf, mailBacklog }) => {
      const cases = relatedCases(state, world)
      const card = pinnedCard({
        state,
        world: asItIs(state, world),
        policy: policy.policy,
        at,
        mailBacklog,
        ...placeOn(platform, roots),
      })
      return cardForPlace(card, {
        platform,
        policy: policy.policy,
        cases: [...cases, ...(await originsOf(cases, stateOf))],
      })
    },
  }
}

/** Events that can make the public heads-up out of date. */
const CHANGES_HEADS_UP: ReadonlySet<string> = new Set<Event['type']>(['SeverityRated', 'CaseDropped', 'HeadsUpPosted'])

function withHeadsUp(card: Card, { effect, recorded, world }: CardMaterial, roots: Roots): Card {
  if (effect.kind !== 'post' || !CHANGES_HEADS_UP.has(recorded.event.type)) return card
  const lines = headsUpLines(world, { ...placeOn(effect.platform, roots), case: effect.case })
  const fallback = lines.map((spans) => `\n${spans.map(({ text }) => text).join('')}`).join('')
  return { ...card, lines: [...card.lines, ...lines], fallback: `${card.fallback}${fallback}` }
}

/** Adds a line about mail that the event requests but that cannot leave. */
function withUnsentMail(card: Card, { unsentMail }: CardMaterial): Card {
  if (unsentMail === undefined) return card
  const text = unsentMailSentence(unsentMail)
  return { ...card, lines: [...card.lines, [{ text }]], fallback: `${card.fallback}\n${text}` }
}

/**
 * A message about a release goes to the channel of each of its cases, so content that one case keeps out of chat must
 * not be shown in any of them.
 */
function redactionScope(material: CardMaterial, before: readonly CaseState[]): RedactionScope {
  const { effect, policy, world } = material
  return {
    platform: effect.platform,
    policy: policy.policy,
    cases: [...relatedCases(caseOf(material), world), ...before],
  }
}

/**
 * The cases that this case's reports came from; empty if the event is about a report that was never in another case.
 */
async function casesBefore(material: CardMaterial): Promise<readonly CaseState[]> {
  const { effect, recorded, world, stateOf } = material
  const state = caseOf(material)
  const report = 'slot' in effect ? reportOfSlot(effect.slot) : undefined
  const isOwn =
    state !== undefined &&
    (report === undefined ? effect.kind === 'post' && isOfOwnReport(state, recorded.event) : isOwnReport(state, report))
  return isOwn ? [] : originsOf(relatedCases(state, world), stateOf)
}

function postCard(material: CardMaterial, before: readonly CaseState[], roots: Roots): Promise<Card | undefined> {
  const { event } = material.recorded
  const state = caseOf(material)
  if (event.type === 'EffectParked' && material.effect.kind === 'tell-team')
    return Promise.resolve(state && waitsCard(state))
  if (isPeopleEvent(event)) return Promise.resolve(undefined)
  const of = otherCaseOf(material)
  if (of !== undefined) return Promise.resolve(otherCaseCard(material, of))
  const where = placeOn(material.platform, roots)
  return isReleaseEvent(material.recorded.stream, event)
    ? presentReleaseEvent(material, event, where)
    : presentCaseEvent(material, event, { before, where })
}

type Slot = {
  readonly material: CardMaterial
  readonly slot: string
  readonly roots: Roots
  readonly before: readonly CaseState[]
}

/**
 * Draws a card that stays in the channel and is updated there. The card shows the current state, no matter which event
 * asked for the card.
 */
async function slotCard({ material, slot, roots, before }: Slot): Promise<Card | undefined> {
  const state = caseOf(material)
  const release = releaseOf(material)
  const { at, world, mailBacklog } = material
  const { policy } = material.policy
  if (slot === 'status')
    return state === undefined
      ? undefined
      : pinnedCard({
          state,
          world: asItIs(state, world),
          policy,
          at,
          mailBacklog,
          ...placeOn(material.platform, roots),
        })
  const report = reportOfSlot(slot)
  if (report !== undefined)
    return state && reportSlotCard(material, state, { id: report, before, where: placeOn(material.platform, roots) })
  if (slot.startsWith('publication:')) return release === undefined ? undefined : publicationCard({ state, release })
  const approval = state?.approvals.find((candidate) => slot === `approval:${candidate.id}`)
  if (state === undefined || approval === undefined) return undefined
  return approvalCard({
    state,
    approval,
    shown: await material.blobText(approval.shown),
    policy,
    at,
    world: material.world,
    before,
    where: placeOn(material.platform, roots),
  })
}

/**
 * The world for the pinned card of a case, without a release that the case is no longer in. The given world
 * can have such a release, because the event that removes a case from its release is also shown in the case's channel.
 */
function asItIs(state: CaseState, { release, ...world }: World): World {
  return release?.id === state.release && release !== undefined ? { ...world, release } : world
}
