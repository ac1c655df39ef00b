import type { CaseEvent, CaseState, Visibility, PrenotifiedRecipient } from '@embargo/core'
import {
  offerMentions,
  clocks,
  isClosed,
  isSameRecipient,
  nextReminder,
  partyAt,
  personOfAccount,
  policyFor,
} from '@embargo/core'
import type { Card, CardMaterial, Span } from '@embargo/engine'
import { approvalCard } from '../cards/approval.ts'
import { changeCard } from '../cards/change.ts'
import { mailCard } from '../cards/mail.ts'
import { quarantineCard } from '../cards/quarantine.ts'
import { reminderCard } from '../cards/reminder.ts'
import { channelCard } from '../cards/channel.ts'
import { chatOfMail, strictestChat, FORWARD_NOT_SHOWN, showsReports } from '../cards/chat-visibility.ts'
import { strangerCard } from '../cards/stranger.ts'
import { isNotWhole, talkNotWholeCard } from '../cards/talk.ts'
import type { LineParts } from '../cards/spans.ts'
import { doerName } from './doer.ts'
import { changeLine } from './change-line.ts'
import type { OneLineEvent } from './change-line.ts'
import { caseOf, releaseOf } from './material.ts'
import { tooFewLine } from './people-line.ts'
import { presentOutsideEvent } from './outside-event.ts'
import type { TypedPlace } from '../usage.ts'

/** What the release has recorded about `recipient`. The mail came to the reply address of this recipient. */
function toldOf(
  material: CardMaterial,
  { recipient }: Extract<CaseEvent, { type: 'MessageTakenIn' }>,
): PrenotifiedRecipient | undefined {
  return recipient && releaseOf(material)?.prenotified.find((one) => isSameRecipient(one, recipient))
}

const aboutOf = ({ policy, world }: CardMaterial, state: CaseState, clock: string): string | undefined =>
  clocks(policy.policy, { ...world, case: state }).find((one) => one.clock === clock)?.about

type EventPlace = {
  /** Where the card is read. */
  readonly where: TypedPlace
  /** The cases to which the event's report belonged before it was moved to this one. */
  readonly before: readonly CaseState[]
}

/** The card for an event of a case; undefined if people need not see the event. */
export async function presentCaseEvent(
  material: CardMaterial,
  event: CaseEvent,
  { before, where: there }: EventPlace,
): Promise<Card | undefined> {
  const state = caseOf(material)
  if (state === undefined) return undefined
  const where = { ...there, case: state.id }
  const { at } = material
  const { policy } = material.policy
  const chat = strictestChat(policy, [state, ...before])
  switch (event.type) {
    case 'ReportJoined':
    case 'ReportAttached':
      // There is no new card, because the report's card stays in the channel and is edited (see `report-slot.ts`).
      return undefined
    case 'MessageTakenIn':
      // The mail that brought a report is already shown by the report's card.
      if (state.reports.some((report) => report.message === event.message)) return undefined
      return mailCard({
        ...event,
        state,
        ...(event.vendor !== undefined && { party: partyAt(policy, event.vendor)?.name }),
        release: releaseOf(material),
        told: toldOf(material, event),
        mail: await material.mail(event.message),
        chat: chatOfMail(chat, policyFor(policy, state), event.checks),
      })
    case 'MessageSentOut': {
      const quote = await sentText(material, event.text)
      return changeCard({
        state,
        said: changeSpans(material, event, { chat, where }),
        quote: quote === undefined || event.pasteAt === undefined ? quote : { ...quote, verbatim: true },
      })
    }
    case 'InfoRequested':
    case 'RecipientsWritten':
    case 'VendorWritten':
    case 'CnaWritten':
      return changeCard({
        state,
        said: changeSpans(material, event, { chat, where }),
        quote: await sentText(material, event.text),
      })
    case 'ReportForwarded':
      // The subject and the text are the reporter's words, and may contain their name.
      return showsReports(chat)
        ? changeCard({
            state,
            said: changeSpans(material, event, { chat, where }),
            quote: await sentText(material, event.text),
          })
        : changeCard({ state, said: [...changeSpans(material, event, { chat, where }), ' ', FORWARD_NOT_SHOWN] })
    case 'MessageQuarantined':
      return quarantineCard({ ...event, state })
    case 'ChannelRenamed':
    case 'ChannelLost':
    case 'ChannelBack':
    case 'ChannelWanted':
    case 'ChannelExposed':
    case 'ChannelCleared':
      return channelCard({ state, event, at: material.recorded.at })
    case 'StrangerNoticed':
      return strangerCard({
        state,
        platform: event.platform,
        account: event.account,
        person: personOfAccount(policy, event.platform, event.account)?.name,
        closed: event.channel !== undefined && isClosed(state, event.platform, event.channel),
      })
    case 'ApprovalRequested': {
      const approval = state.approvals.find((candidate) => candidate.id === event.approval)
      return approval === undefined
        ? undefined
        : approvalCard({
            state,
            approval,
            shown: await material.blobText(event.shown),
            policy,
            at,
            world: material.world,
            before,
            where,
          })
    }
    case 'ReminderDue':
      return reminderCard({
        ...event,
        state,
        breached: false,
        extendedTo: event.again,
        next: nextReminder(policy, { ...material.world, case: state }, event),
        about: aboutOf(material, state, event.clock),
        policy,
        at,
        where,
        world: material.world,
      })
    case 'ClockBreached':
      return reminderCard({
        ...event,
        state,
        fraction: 1,
        breached: true,
        about: aboutOf(material, state, event.clock),
        policy,
        at,
        where,
        world: material.world,
      })
    case 'PersonRemoved':
    case 'ConflictDeclared':
      return changeCard({
        state,
        said: [...changeSpans(material, event, { chat, where }), ...spaced(tooFewLine(policy, state, where))],
      })
    case 'HandoffOffered':
      return changeCard({
        state,
        said: changeSpans(material, event, { chat, where }),
        mentions: offerMentions(policy, state, event.to, at),
        actions: [{ label: 'Take the case', verb: 'ack', style: 'primary', input: { case: state.id } }],
      })
    case 'ChannelClosing':
      return undefined
    case 'ChannelArchived':
    case 'TalkKept':
      return isNotWhole(event) ? talkNotWholeCard(state, event) : undefined
    case 'ChannelOpened':
    case 'CardPlaced':
    case 'MailAccepted':
    case 'MailFailed':
    case 'MailWithdrawn':
    case 'MailBounced':
    case 'EffectParked':
    case 'DoubtSettled':
      return presentOutsideEvent(material, event)
    default: {
      const words = changeSpans(material, event, { chat, where })
      return words.length === 0 ? undefined : changeCard({ state, said: words })
    }
  }
}

function changeSpans(
  material: CardMaterial,
  event: OneLineEvent,
  shown: { readonly chat: Visibility; readonly where: TypedPlace },
): readonly (Span | string)[] {
  const { policy } = material.policy
  const name = doerName(material)
  return changeLine({ event, who: name, policy, ...shown, state: material.world.case, at: material.recorded.at })
}

/** Adds parts after a sentence on the same line. */
const spaced = (more: LineParts): LineParts => (more.length === 0 ? [] : [' ', ...more])

async function sentText(material: CardMaterial, blob: string): Promise<{ label: string; text: string } | undefined> {
  const text = await material.blobText(blob)
  return text === undefined ? undefined : { label: 'What was written', text }
}
