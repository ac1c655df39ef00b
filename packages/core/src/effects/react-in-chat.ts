import type { Recorded } from '../events/recorded.ts'
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

type Where = {
  readonly policy: Policy
  readonly world: World
  /** The first of the channels that hear of it: its effects have the event's plain name. */
  readonly first: boolean
}

/** What the channels of another case of the release hear of an event: one message, and no card that they could not answer. */
export function inChatElsewhere(recorded: Recorded, state: CaseState, policy: Policy): readonly Effect[] {
  const { event, eventId, stream } = recorded
  if (!isPosted(event) && event.type !== 'ApprovalRequested') return []
  return policy.platforms.flatMap((platform): readonly Effect[] =>
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

/** What one case's channels see of an event. */
export function inChat(recorded: Recorded, state: CaseState, { policy, world, first }: Where): readonly Effect[] {
  const { event, eventId, stream } = recorded
  if (isOfThePast(state, event)) return []
  const base = { stream, case: state.id, event: eventId }
  const suffix = first ? '' : `/${state.id}`
  const id = (kind: string, target: string) => EffectId.parse(`${eventId}/${kind}/${target}${suffix}`)
  const lane = (platform: string) => `${state.id}:${platform}`

  return policy.platforms.flatMap((platform): readonly Effect[] => {
    const known = state.channels[platform]
    const silent = isSilent(state, platform)
    const common = { ...base, platform, capability: platform, lane: lane(platform) } as const
    const posting: Effect = { ...common, id: id('post', platform), kind: 'post', doubt: 'look-up' }
    const telling: Effect = { ...common, id: id('tell-team', platform), kind: 'tell-team', doubt: 'look-up' }
    const post: readonly Effect[] = isPosted(event) ? [posting] : []
    // Who comes and goes one by one waits for each other, and never behind a post that waits for somebody.
    const people = { ...common, lane: `${lane(platform)}:people` } as const
    // Reading and closing a channel may take hours: the one waits for the other, and nothing that is to be said for either.
    const talk = { ...common, lane: `${lane(platform)}:talk` } as const
    const inviting = (person: PersonId): Effect => ({
      ...people,
      id: id('invite', platform),
      kind: 'invite',
      people: [person],
      doubt: 'repeat',
    })
    // What somebody must see to, and no channel of the case can say.
    const isForTheTeam =
      (event.type === 'StrangerNoticed' && event.platform === platform) ||
      (event.type === 'TalkKept' && isPosted(event) && event.platform === platform) ||
      (event.type === 'EffectParked' && policy.platforms.every((each) => isSilent(state, each)))
    // Where nothing more is said, what was said can be read still.
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
        // What waits to be said goes into the new one, so that waits for its opening and not the other way round.
        nth === undefined ? open : { ...open, nth, lane: `${lane(platform)}:${nth}` },
        place('status', true),
        { ...common, id: id('invite', platform), kind: 'invite', people: all, doubt: 'repeat' },
      ]
    }
    if (isOfChannel(event) && event.platform === platform) {
      switch (event.type) {
        case 'ChannelLost':
          return [telling, ...keeping]
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
          return silent && isPosted(event) ? [telling] : post
        case 'ChannelExposed':
          // The lane may be blocked by an effect that waits; this one must not queue behind it.
          return [{ ...(silent ? telling : posting), lane: `${lane(platform)}:exposed` }]
        default:
          return post
      }
    }
    // The report's card offers what may be said of it: once the case is more than a lone new report, that is less.
    const reports: readonly Effect[] = changesReportCards(event)
      ? state.reports.map(({ id: report }) => update(`report:${report}`))
      : []
    if (silent) return [...(isForTheTeam ? [telling] : outOfClosed), ...keeping]
    switch (event.type) {
      case 'CaseOpened':
        return opening()
      case 'ImpersonationLogged':
        return [...post, ...(state.people[event.person] === undefined ? [] : [inviting(event.person)])]
      case 'PersonInvited':
        // The opening invites the first people of a case; a person who must agree to the terms is invited once they do.
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
      case 'EffectParked':
      case 'DoubtSettled':
        // A step that waits for a person is no longer one that runs.
        return [...post, ...(stream === state.id ? [] : [update(`publication:${stream}`)]), ...status]
      case 'Disclosed':
        return [update(`publication:${stream}`), ...post, ...status]
      default:
        return [...post, ...reports, ...status, ...keeping]
    }
  })
}

/**
 * The channels of a case on a platform of which the talk is kept now, where the policy asks for it: when the case ends,
 * since many a platform deletes by age, and when somebody archives one, as long as nobody deletes it.
 */
function talkToKeep(
  state: CaseState,
  event: Recorded['event'],
  { platform, policy }: { readonly platform: Platform; readonly policy: Policy },
): readonly string[] {
  if (event.type !== 'ChannelLost' && event.type !== 'CaseClosed') return []
  if (policyFor(policy, state).chat.transcript === 'not-kept') return []
  if (event.type === 'ChannelLost')
    return event.how === 'archived' && event.platform === platform ? [event.channel] : []
  return unclosedChannels(state).flatMap(([of, { channel }]) => (of === platform ? [channel] : []))
}

const changesReportCards = ({ type }: Recorded['event']): boolean =>
  type === 'DispositionSet' ||
  type === 'CaseDeferred' ||
  type === 'CaseClosed' ||
  type === 'CaseReopened' ||
  type === 'ReportJoined' ||
  type === 'ReportMoved'

type OfChannel = Extract<Recorded['event'], { type: `Channel${string}` }>

const isOfChannel = (event: Recorded['event']): event is OfChannel => event.type.startsWith('Channel')

/** The loss of a channel that another replaced: that it is gone was said before. */
const isOfThePast = ({ channels }: CaseState, event: Recorded['event']): boolean =>
  event.type === 'ChannelLost' && channels[event.platform]?.channel !== event.channel

/** Nobody talks there any more, and no other channel has been asked for. */
const isSilent = ({ channels }: CaseState, platform: Platform): boolean =>
  channels[platform]?.gone !== undefined && channels[platform].wanted !== true

/** What is being published of the case: its steps are told by the one card, and nowhere else. */
function publicationsUnderWay({ release }: CaseState, { others }: World): readonly ReleaseId[] {
  const state = release === undefined ? undefined : others.get(release)
  const isUnderWay = state?.kind === 'release' && state.startedAt !== undefined && state.disclosedAt === undefined
  return isUnderWay ? [state.id] : []
}
