import type { Recorded } from '../events/recorded.ts'
import { hearersOf } from '../policy/clocks/hearers.ts'
import type { Hears } from '../policy/clocks/hearers.ts'
import { personOf } from '../people/directory.ts'
import { policyFor } from '../policy/policy-for.ts'
import type { PolicyInForce } from '../policy/schema.ts'
import { firstStep, nextStep } from '../release/react.ts'
import { addresseeKey } from './addressee.ts'
import type { Addressee, LetterName } from './command.ts'
import type { World } from './decision.ts'
import type { Effect } from './effect.ts'
import { EffectId } from '../shared/ids.ts'
import type { PersonId } from '../shared/ids.ts'
import { PersonId as PersonIdSchema } from '../shared/ids.ts'
import { lettersOfSecrecy } from './letters-of-secrecy.ts'
import { EDITS_STATUS, isPosted } from './posted.ts'

/** What must happen outside because of an event. Deterministic: the ids come from the event. */
export function react(recorded: Recorded, world: World, { policy }: PolicyInForce): readonly Effect[] {
  const state = world.case
  if (state === undefined) return []
  const { event, eventId, stream } = recorded
  const base = { stream, case: state.id, event: eventId }
  const id = (kind: string, target: string) => EffectId.parse(`${eventId}/${kind}/${target}`)
  const onPlatforms = (make: (platform: (typeof policy.platforms)[number]) => readonly Effect[]) =>
    policy.platforms.flatMap(make)
  const lane = (platform: string) => `${state.id}:${platform}`

  const chat = onPlatforms((platform) => {
    const common = { ...base, platform, capability: platform, lane: lane(platform) } as const
    const posting: Effect = { ...common, id: id('post', platform), kind: 'post', doubt: 'look-up' }
    const post: readonly Effect[] = isPosted(event) ? [posting] : []
    const inviting = (person: PersonId): Effect => ({
      ...common,
      id: id('invite', platform),
      kind: 'invite',
      people: [person],
      doubt: 'repeat',
    })
    const status: readonly Effect[] = EDITS_STATUS.has(event.type)
      ? [
          {
            ...common,
            id: id('update-card', `${platform}/status`),
            kind: 'update-card',
            slot: 'status',
            doubt: 'repeat',
          },
        ]
      : []
    const place = (slot: string, pin: boolean): Effect => ({
      ...common,
      id: id('place-card', `${platform}/${slot}`),
      kind: 'place-card',
      slot,
      pin,
      doubt: 'look-up',
    })
    const update = (slot: string): Effect => ({
      ...common,
      id: id('update-card', `${platform}/${slot}`),
      kind: 'update-card',
      slot,
      doubt: 'repeat',
    })
    switch (event.type) {
      case 'CaseOpened': {
        const people: readonly PersonId[] = Object.keys(state.people).map((person) => PersonIdSchema.parse(person))
        return [
          { ...common, id: id('open-channel', platform), kind: 'open-channel', doubt: 'look-up' },
          place('status', true),
          { ...common, id: id('invite', platform), kind: 'invite', people, doubt: 'repeat' },
        ]
      }
      case 'ImpersonationLogged':
        return [
          ...post,
          ...(state.people[event.person] === undefined
            ? []
            : [
                {
                  ...common,
                  id: id('invite', platform),
                  kind: 'invite',
                  people: [event.person],
                  doubt: 'repeat',
                } as const,
              ]),
        ]
      case 'PersonInvited':
        // Whoever the case opened with is invited by its opening; who is told the terms first comes when they agreed.
        return event.by === undefined ? [] : event.consent === 'asked' ? [posting] : [inviting(event.person), posting]
      case 'ConsentGiven':
        return [inviting(event.person), ...post]
      case 'PersonRemoved':
      case 'ConflictDeclared':
        return [
          { ...common, id: id('remove', platform), kind: 'remove', people: [event.person], doubt: 'repeat' },
          ...post,
          ...status,
        ]
      case 'ApprovalRequested':
        return [place(`approval:${event.approval}`, false), ...status]
      case 'ApprovalGiven':
      case 'ApprovalRefused':
      case 'ApprovalVoided':
        return [update(`approval:${event.approval}`), ...post, ...status]
      case 'DisclosureStarted':
        return [place(`publication:${stream}`, false), ...status]
      case 'StepDone':
      case 'StepFailed':
        return [update(`publication:${stream}`)]
      case 'Disclosed':
        return [update(`publication:${stream}`), ...post, ...status]
      default:
        return [...post, ...status]
    }
  })

  const mail = (letter: LetterName, to: Addressee, doubt: 'repeat' | 'park'): Effect => {
    const key = addresseeKey(to)
    return {
      ...base,
      id: id('send-mail', `${letter}>${key}`),
      kind: 'send-mail',
      capability: 'mail',
      lane: `${eventId}:mail:${key}`,
      letter,
      to,
      doubt,
    }
  }
  const toReporters = (letter: LetterName): readonly Effect[] =>
    state.reports
      .filter((report) => report.answerable)
      .map((report) => mail(letter, { kind: 'report', report: report.id }, 'repeat'))

  // A reminder to the owner stands in the channel; what goes to the next in line goes by mail too (process, section 5).
  const escalated = ({ hears = 'owner' }: { readonly hears?: Hears | undefined }): readonly PersonId[] =>
    hears === 'owner'
      ? []
      : hearersOf(policyFor(policy, state), state, hears, recorded.at).flatMap(({ id: who, mail: to }) =>
          to === undefined ? [] : [who],
        )

  // The question is the reporter's to answer, so they are the ones who are reminded of it.
  const asking = ({ type, clock }: { readonly type: string; readonly clock: string }): readonly Effect[] =>
    type === 'ReminderDue' && clock === 'needs-info' && state.needsInfo !== undefined
      ? [mail('question', { kind: 'report', report: state.needsInfo.report }, 'repeat')]
      : []

  switch (event.type) {
    case 'ReportAttached':
      return event.answerable && event.through === undefined
        ? [...chat, mail('receipt', { kind: 'report', report: event.report }, 'repeat')]
        : chat
    case 'PersonInvited':
      return event.consent === 'asked' && personOf(policy, event.person)?.mail !== undefined
        ? [...chat, mail('invitation', { kind: 'person', person: event.person }, 'repeat')]
        : chat
    case 'CaseAcknowledged':
      return event.quiet === true ? chat : [...chat, ...toReporters('acknowledgment')]
    case 'DispositionSet':
      return event.disposition === 'spam' || event.unanswered === true ? chat : [...chat, ...toReporters('outcome')]
    case 'PatchAssigned':
      return [...chat, ...toReporters('remediation')]
    case 'VerificationRequested':
      return event.of === 'reporter' && event.report !== undefined
        ? [...chat, mail('verification-request', { kind: 'report', report: event.report }, 'repeat')]
        : chat
    case 'MessageSentOut':
      return [...chat, mail('reply', { kind: 'report', report: event.report }, 'repeat')]
    case 'CasesMerged':
      return event.as === 'from' ? [...chat, ...toReporters('duplicate')] : chat
    case 'ReportJoined':
      return event.by === 'merge' || !event.answerable
        ? chat
        : [...chat, mail('split', { kind: 'report', report: event.report }, 'repeat')]
    case 'InfoRequested':
    case 'InfoMissed':
    case 'ReporterUpdated': {
      const letters = { InfoRequested: 'question', InfoMissed: 'lapsed', ReporterUpdated: 'update' } as const
      return [...chat, mail(letters[event.type], { kind: 'report', report: event.report }, 'repeat')]
    }
    case 'EmbargoProposed':
    case 'EmbargoAccepted':
    case 'EmbargoRejected':
    case 'EmbargoExited':
    case 'LeakSuspected':
      return [
        ...chat,
        ...lettersOfSecrecy(event, recorded, { state, release: world.release, policy }).map(({ letter, to }) =>
          mail(letter, to, 'repeat'),
        ),
      ]
    case 'InterimDisclosed':
      return [
        ...chat,
        ...event.mails.map(({ letter, to }) => mail(letter, to, to.kind === 'public' ? 'park' : 'repeat')),
      ]
    case 'PrenotificationQueued':
      return [...chat, ...event.mails.map(({ letter, to }) => mail(letter, to, 'park'))]
    case 'DisclosureStarted':
    case 'StepDone': {
      const step = event.type === 'DisclosureStarted' ? firstStep(event.steps) : nextStep(world.release, event.step)
      if (step === undefined || world.release === undefined) return chat
      const approved = world.release.approved.filter(({ letter }) => letter === step.letter)
      return [...chat, ...approved.map(({ letter, to }) => mail(letter, to, step.isPublic ? 'park' : 'repeat'))]
    }
    case 'ReminderDue':
    case 'ClockBreached':
      return [
        ...chat,
        ...asking(event),
        ...escalated(event).map((person) => mail('escalation', { kind: 'person', person }, 'repeat')),
      ]
    default:
      return chat
  }
}
