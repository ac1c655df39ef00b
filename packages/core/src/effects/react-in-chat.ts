import type { RecordedEvent } from '../events/recorded-event.ts'
import type { Policy } from '../policy/schema.ts'
import type { Platform } from '../shared/actor.ts'
import { EffectId, PersonId as PersonIdSchema } from '../shared/ids.ts'
import type { PersonId, ReleaseId } from '../shared/ids.ts'
import { policyFor } from '../state/policy-for.ts'
import { closedChannels, unclosedChannels } from '../state/channel-life.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Effect } from '../vocabulary/effect.ts'
import { editsStatus, isPosted } from '../events/event-visibility.ts'
import type { CaseState } from '../state/state.ts'

/**
 * The platforms on which a case is shown. A practice case is shown only in the terminal, because nothing about it may
 * leave the machine.
 */
const platformsOf = ({ platforms }: Policy, { practice }: Pick<CaseState, 'practice'>): readonly Platform[] =>
  practice === true ? platforms.filter((one) => one === 'terminal') : platforms

type ReactionContext = {
  readonly policy: Policy
  readonly world: World
  /** Whether this is the first case that shows the event. If so, the ids of its effects get no suffix. */
  readonly first: boolean
}

/**
 * The effects that show a case's event in the channels of another case of the release. There is one message and no
 * card, because people in these channels could not act on a card.
 */
export function inChatElsewhere(recorded: RecordedEvent, state: CaseState, policy: Policy): readonly Effect[] {
  const { event, eventId, stream } = recorded
  if (!isPosted(event) && event.type !== 'ApprovalRequested') return []
  return platformsOf(policy, state).flatMap((platform): readonly Effect[] =>
    isSilent(state, platform)
      ? []
      : [
          {
            stream,
            case: state.id,
            event: eventId,
            platform,
            capability: platform,
            lane: `${state.id}:${platform}`,
            id: EffectId.parse(`${eventId}/post/${platform}/${state.id}`),
            kind: 'post',
            doubt: 'look-up',
          },
        ],
  )
}

/** The effects of an event in one case's channels. */
export const inChat = (recorded: RecordedEvent, state: CaseState, where: ReactionContext): readonly Effect[] =>
  inChannels(recorded, state, where).filter((effect) => effect.capability !== 'terminal' || isPrinted(effect))

/** The terminal prints each message once. It has no members to invite, and no card that stays in view. */
const isPrinted = (effect: Effect): boolean =>
  effect.kind !== 'invite' &&
  effect.kind !== 'remove' &&
  effect.kind !== 'update-card' &&
  !(effect.kind === 'place-card' && effect.pin)

function inChannels(
  recorded: RecordedEvent,
  state: CaseState,
  { policy, world, first }: ReactionContext,
): readonly Effect[] {
  const { event, eventId, stream } = recorded
  if (isOfThePast(state, event)) return []
  const base = { stream, case: state.id, event: eventId }
  const suffix = first ? '' : `/${state.id}`
  const id = (kind: string, target: string) => EffectId.parse(`${eventId}/${kind}/${target}${suffix}`)
  const lane = (platform: string) => `${state.id}:${platform}`

  return platformsOf(policy, state).flatMap((platform): readonly Effect[] => {
    const known = state.channels[platform]
    const silent = isSilent(state, platform)
    const common = { ...base, platform, capability: platform, lane: lane(platform) } as const
    const posting: Effect = { ...common, id: id('post', platform), kind: 'post', doubt: 'look-up' }
    const tellTeam: Effect = { ...common, id: id('tell-team', platform), kind: 'tell-team', doubt: 'look-up' }
    const post: readonly Effect[] = isPosted(event) ? [posting] : []
    // Invitations and removals share a lane of their own. So they keep their order, and a blocked post does not delay
    // them.
    const people = { ...common, lane: `${lane(platform)}:people` } as const
    // Reading and archiving a channel may take hours. So they share a lane of their own, and no post waits for them.
    const talk = { ...common, lane: `${lane(platform)}:talk` } as const
    const inviting = (person: PersonId): Effect => ({
      ...people,
      id: id('invite', platform),
      kind: 'invite',
      people: [person],
      doubt: 'repeat',
    })
    // Events that need somebody's attention although the case has no channel to show them.
    const isForTheTeam =
      (event.type === 'StrangerNoticed' && event.platform === platform) ||
      (event.type === 'TalkKept' && isPosted(event) && event.platform === platform) ||
      (event.type === 'EffectParked' && platformsOf(policy, state).every((each) => isSilent(state, each)))
    // Removes the person from closed channels too, because old posts could still be read there.
    const outOfClosed: readonly Effect[] =
      known === undefined || (event.type !== 'PersonRemoved' && event.type !== 'ConflictDeclared')
        ? []
        : closedChannels(known).map(({ channel }) => ({
            ...people,
            id: id('remove', `${platform}/${channel}`),
            kind: 'remove',
            people: [event.person],
            channel,
            doubt: 'repeat',
          }))
    const keeping: readonly Effect[] = talkToKeep(state, event, { platform, policy }).map((channel) => ({
      ...talk,
      id: id('keep-talk', `${platform}/${channel}`),
      kind: 'keep-talk',
      channel,
      doubt: 'repeat',
    }))
    const status: readonly Effect[] = editsStatus(event)
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
    const opening = (nth?: number): readonly Effect[] => {
      const all: readonly PersonId[] = Object.keys(state.people).map((person) => PersonIdSchema.parse(person))
      const open: Effect = { ...common, id: id('open-channel', platform), kind: 'open-channel', doubt: 'look-up' }
      return [
        // A channel that replaces another one (`nth`) is opened in a lane of its own, because the posts that wait in
        // the usual lane need the new channel.
        nth === undefined ? open : { ...open, nth, lane: `${lane(platform)}:${nth}` },
        place('status', true),
        { ...common, id: id('invite', platform), kind: 'invite', people: all, doubt: 'repeat' },
      ]
    }
    if (isOfChannel(event) && event.platform === platform) {
      switch (event.type) {
        case 'ChannelLost':
          return [tellTeam, ...keeping]
        case 'ChannelWanted':
          return [
            ...opening(event.nth),
            ...state.approvals
              .filter(({ status }) => status === 'open')
              .map((one) => place(`approval:${one.id}`, false)),
            ...publicationsUnderWay(state, world).map((release) => place(`publication:${release}`, false)),
            ...post,
          ]
        case 'ChannelClosing': {
          const { channel } = event
          return [{ ...talk, id: id('archive-channel', platform), kind: 'archive-channel', channel, doubt: 'repeat' }]
        }
        case 'ChannelArchived':
          return silent && isPosted(event) ? [tellTeam] : post
        case 'ChannelExposed':
          // An effect that waits may block the usual lane, so this message gets a lane of its own.
          return [{ ...(silent ? tellTeam : posting), lane: `${lane(platform)}:exposed` }]
        default:
          return post
      }
    }
    // The report's card has buttons for decisions about the report. These buttons change when the case moves on, so the
    // card is updated.
    const reports: readonly Effect[] = changesReportCards(event)
      ? state.reports.map(({ id: report }) => update(`report:${report}`))
      : []
    if (silent) return [...(isForTheTeam ? [tellTeam] : outOfClosed), ...keeping]
    switch (event.type) {
      case 'CaseOpened':
        return opening()
      case 'ImpersonationLogged':
        return [...post, ...(state.people[event.person] === undefined ? [] : [inviting(event.person)])]
      case 'PersonInvited':
        // An event without `by` is about a person who is on the case from its opening. `CaseOpened` has already invited
        // this person. A person who must accept the terms is invited to the channel only after accepting them.
        return event.by === undefined ? [] : event.consent === 'asked' ? [posting] : [inviting(event.person), posting]
      case 'ConsentGiven':
        return [inviting(event.person), ...post]
      case 'PersonRemoved':
      case 'ConflictDeclared':
        return [
          { ...people, id: id('remove', platform), kind: 'remove', people: [event.person], doubt: 'repeat' },
          ...outOfClosed,
          ...post,
          ...status,
        ]
      case 'ReportAttached':
      case 'ReportJoined':
        return [
          place(`report:${event.report}`, false),
          ...reports.filter((one) => !one.id.endsWith(`/report:${event.report}${suffix}`)),
          ...status,
        ]
      case 'MessageChecked':
        return [...post, ...state.reports.filter(isReportOf(event)).map(({ id: report }) => update(`report:${report}`))]
      case 'ApprovalRequested':
        return [place(`approval:${event.approval}`, false), ...status]
      case 'ApprovalGiven':
      case 'ApprovalRefused':
      case 'ApprovalVoided':
        return [update(`approval:${event.approval}`), ...post, ...status]
      case 'DisclosureStarted':
      case 'CorrectionStarted':
        return [place(`publication:${stream}`, false), ...status]
      case 'StepDone':
      case 'StepFailed':
      case 'DocumentDelivered':
      case 'StepAhead':
        return [update(`publication:${stream}`)]
      case 'StepPassed':
      case 'StepLeftOut':
        return [...post, update(`publication:${stream}`), ...status]
      case 'EffectParked':
      case 'DoubtSettled':
        // The publication card must not show a step as running if the step waits for a person.
        return [...post, ...(stream === state.id ? [] : [update(`publication:${stream}`)]), ...status]
      case 'Disclosed':
        return [update(`publication:${stream}`), ...post, ...status]
      default:
        return [...post, ...reports, ...status, ...keeping]
    }
  })
}

/**
 * The channels whose messages are stored now, if the policy says so. They are stored when the case is closed, because
 * many platforms delete old messages. They are also stored when somebody archives a channel, because somebody might
 * delete it later.
 */
function talkToKeep(
  state: CaseState,
  event: RecordedEvent['event'],
  { platform, policy }: { readonly platform: Platform; readonly policy: Policy },
): readonly string[] {
  if (event.type !== 'ChannelLost' && event.type !== 'CaseClosed') return []
  if (policyFor(policy, state).chat.transcript === 'not-kept') return []
  if (event.type === 'ChannelLost')
    return event.how === 'archived' && event.platform === platform ? [event.channel] : []
  return unclosedChannels(state).flatMap(([of, { channel }]) => (of === platform ? [channel] : []))
}

const changesReportCards = ({ type }: RecordedEvent['event']): boolean =>
  type === 'DispositionSet' ||
  type === 'CaseDeferred' ||
  type === 'CaseClosed' ||
  type === 'CaseReopened' ||
  type === 'ReportJoined' ||
  type === 'ReportMoved'

const isReportOf =
  ({ message }: Extract<RecordedEvent['event'], { type: 'MessageChecked' }>) =>
  (report: CaseState['reports'][number]): boolean =>
    report.message === message

type OfChannel = Extract<RecordedEvent['event'], { type: `Channel${string}` }>

const isOfChannel = (event: RecordedEvent['event']): event is OfChannel => event.type.startsWith('Channel')

/** Whether the event says that a channel was lost that had already been replaced by another channel. */
const isOfThePast = ({ channels }: CaseState, event: RecordedEvent['event']): boolean =>
  event.type === 'ChannelLost' && channels[event.platform]?.channel !== event.channel

/** Whether the case's channel on this platform is gone, and no other channel is being opened in its place. */
const isSilent = ({ channels }: CaseState, platform: Platform): boolean =>
  channels[platform]?.gone !== undefined && channels[platform].wanted !== true

/** The case's publications that are in progress. Their steps are shown only on the publication card. */
function publicationsUnderWay({ release }: CaseState, { others }: World): readonly ReleaseId[] {
  const state = release === undefined ? undefined : others.get(release)
  const isUnderWay = state?.kind === 'release' && state.startedAt !== undefined && state.disclosedAt === undefined
  return isUnderWay ? [state.id] : []
}
