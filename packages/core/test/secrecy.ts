import type { PersonRequest, Request } from '../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, OTHER_HASH, person, RELEASE, Scenario } from './scenario.ts'

export const shown = { digest: HASH, blob: BLOB }
export const LINK = 'https://forum.example/thread/1'
export const isPublic: PersonRequest = { verb: 'signal-public', case: CASE, link: LINK, shown }
export const exploit: PersonRequest = { verb: 'signal-exploit', case: CASE, link: LINK, shown }
export const attack: PersonRequest = { verb: 'signal-attack', case: CASE, shown }
export const leak = (recipient?: string): PersonRequest => ({
  verb: 'signal-leak',
  case: CASE,
  text: 'a mirror had it',
  ...(recipient === undefined ? {} : { suspect: { kind: 'recipient', list: 'distros', recipient } }),
  shown,
})
export const correct = (what: 'public' | 'exploit' | 'attack' | 'leak'): PersonRequest => ({
  verb: 'signal-correct',
  case: CASE,
  what,
  reason: 'it was another bug',
  shown,
})
export const approve: PersonRequest = { verb: 'approve', case: CASE, shown }
export const refuse: PersonRequest = { verb: 'refuse', case: CASE, reason: 'that is an older one' }
export const interim: PersonRequest = { verb: 'interim', case: CASE, shown }
export const prenotify: PersonRequest = {
  verb: 'prenotify',
  case: CASE,
  at: RELEASE,
  shown: { digest: OTHER_HASH, blob: BLOB },
}
export const terminate = (reason: 'attacks' | 'leak'): PersonRequest => ({
  verb: 'embargo-terminate',
  case: CASE,
  reason,
  text: 'people must act',
  shown,
})

export const opened = () => new Scenario().opens()
export const ready = () => new Scenario().untilReady()
/** Ana says it, Ben says yes. */
export function both(scenario: Scenario, request: PersonRequest) {
  scenario.does(request, person(ana))
  return scenario.does(approve, person(ben))
}
export const after = (scenario: Scenario, request: PersonRequest) => {
  both(scenario, request)
  return scenario
}
export const letters = (scenario: Scenario) =>
  scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [`${effect.letter} ${effect.to.kind}`] : []))
export function state(scenario: Scenario) {
  const { case: found } = scenario.world
  if (found === undefined) throw new Error('no case')
  return found
}
/** Until when the open question waits for a no. */
export function waiting(scenario: Scenario) {
  const approval = state(scenario).approvals.find(({ status }) => status === 'open')
  if (approval?.yesFrom === undefined) throw new Error('nothing waits')
  return { id: approval.id, yesFrom: approval.yesFrom }
}
export const silence = (scenario: Scenario): Request => {
  const { id, yesFrom } = waiting(scenario)
  return { verb: 'fire-clock', stream: CASE, clock: `signal/${id}`, round: yesFrom, fraction: 1 }
}

/** The server takes every mail of a pre-notification. */
export function taken(scenario: Scenario) {
  for (const effect of scenario.effects.slice()) {
    if (effect.kind !== 'send-mail') continue
    const { letter, to, stream, id } = effect
    if (letter !== 'prenotification' && letter !== 'heads-up') continue
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    scenario.does({ verb: 'record-outcome', stream, effect: id, outcome })
  }
  return scenario
}

/** To a pre-notification whose mails were taken. */
export const prenotified = () => taken(new Scenario().untilPrenotified(RELEASE))
