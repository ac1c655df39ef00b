import { setTimeout as pause } from 'node:timers/promises'
import { CommandId, DAY, later } from '@embargo/core'
import type { ChannelNews } from '@embargo/core'
import { sendMail } from '@embargo/testkit'
import { ANA, QUILLMARK, REPORTER, SECURITY } from '../../apps/demo/src/cast.ts'
import { Warned } from '../../apps/demo/src/chat/played-chat.ts'
import type { PlayedChannel, PlayedChat } from '../../apps/demo/src/chat/played-chat.ts'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import type { StageSetting } from '../../apps/demo/src/stage-setting.ts'
import { comesToRest } from '../weeks/house/rest.ts'
import type { ChatName, EffectUnderTest, Step } from './effects.ts'
import { FAULTS, GLOBAL_LIMIT } from './faults.ts'
import type { ConnectionFault, FaultName } from './faults.ts'

export type Fault =
  | { readonly is: 'request'; readonly call: string; readonly name: FaultName }
  | { readonly is: 'connection'; readonly name: ConnectionFault }

export type Played = {
  /** What people see when all is over: each channel with who can read it, and each message as it is then. */
  readonly sight: readonly string[]
  /** Whether the fault was met: one that was not proves nothing. */
  readonly met: boolean
}

/**
 * Plays the steps of an effect in a house of its own, the last of them with a fault.
 *
 * @throws when the program does not come to rest: something of it is lost
 */
export async function playCell(platform: ChatName, steps: EffectUnderTest['steps'], fault?: Fault): Promise<Played> {
  await using stage = await setStage({ policy: { ...QUILLMARK, platforms: [platform] } })
  const [chat] = stage.chats
  const last = steps.at(-1)
  if (chat === undefined || last === undefined) throw new Error('there is nothing to play')
  for (const step of steps.slice(0, -1)) await take(stage, chat, step)
  const asked = callsOf(stage, fault)
  if (fault !== undefined) arm(stage, fault)
  await take(stage, chat, last)
  const met = fault?.is !== 'request' || callsOf(stage, fault) > asked
  return { sight: sightOf(chat), met }
}

async function take(stage: StageSetting, chat: PlayedChat, step: Step): Promise<void> {
  switch (step) {
    case 'mail':
      await mails(stage, { subject: 'A hole in the loader', text: 'The loader reads any file.', name: 'first' })
      break
    case 'another mail':
      await mails(stage, { subject: 'A hole in the parser', text: 'The parser follows any link.', name: 'second' })
      break
    case 'long mail':
      await mails(stage, { subject: 'A long report', text: LONG, name: 'long' })
      break
    case 'ack':
      await types(chat, '/ack')
      break
    case 'remove':
      await types(chat, '/cvd remove @ben')
      break
    case 'spam':
      await types(chat, '/cvd triage spam')
      break
    case 'archived':
      await notice(stage, chat, 'archived')
      break
    case 'a month':
      stage.clock.moveTo(later(stage.clock.now(), 31 * DAY))
      break
    default:
      step satisfies never
  }
  await comesToRest(stage)
}

/** More than a card shows: the whole of it stands beside as a file. */
const LONG = Array.from({ length: 400 }, (_, line) => `Line ${line}: the loader reads any file.`).join('\n')

const mails = (
  stage: StageSetting,
  { name, ...mail }: { readonly subject: string; readonly text: string; readonly name: string },
) =>
  sendMail(stage.program.smtpPort ?? 0, {
    from: REPORTER,
    to: SECURITY,
    messageId: `<${name}@sample.example>`,
    date: new Date(stage.clock.now()),
    ...mail,
  })

/** They wait a moment first. */
const BEFORE_AGAIN_MS = 250

/** How often somebody types the same again who sees that it did not work: a bot waits up to five seconds before it begins a new session. */
const MOST_TRIES = 100

/** Whoever sees a warning that the app did not answer types it again, as people do. */
async function types(chat: PlayedChat, typed: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await chat.types(ANA, typed, theChannel(chat).id).answer
      return
    } catch (error) {
      if (!(error instanceof Warned) || tries >= MOST_TRIES) throw error
      await pause(BEFORE_AGAIN_MS)
    }
  }
}

function theChannel(chat: PlayedChat): PlayedChannel {
  const found = chat.channels().find(({ name }) => name.startsWith('sec-'))
  if (found === undefined) throw new Error(`the case has no channel on ${chat.called}`)
  return found
}

async function notice(stage: StageSetting, chat: PlayedChat, what: ChannelNews): Promise<void> {
  const { id, name } = theChannel(chat)
  const theCase = await stage.program.engine.caseByChannel(chat.platform, id)
  if (theCase === undefined) throw new Error(`#${name} is no case's`)
  await stage.program.engine.handle({
    commandId: CommandId.parse(`test:notice:${what}`),
    actor: { kind: 'system', part: 'chat' },
    at: stage.clock.now(),
    request: { verb: 'notice-channel', case: theCase, platform: chat.platform, channel: id, what },
  })
}

function arm({ slack, discord }: StageSetting, fault: Fault): void {
  const faults = slack?.faults ?? discord?.faults
  if (faults === undefined) throw new Error('there is no platform to break')
  if (fault.is === 'request') {
    if (fault.name !== 'global limit') return void faults.next(fault.call, FAULTS[fault.name])
    return void discord?.faults.next(fault.call, GLOBAL_LIMIT)
  }
  switch (fault.name) {
    case 'sockets dropped':
      return faults.dropSockets()
    case 'told to reconnect':
      return faults.refreshSockets()
    case 'delivered twice':
      return faults.deliverTwice()
    case 'session forgotten':
      return discord?.faults.invalidateSessions()
    case 'gateway down':
      discord?.faults.gatewayDown(true)
      discord?.faults.dropSockets()
      return void pause(DOWN_MS).then(() => discord?.faults.gatewayDown(false))
    case 'server outage':
      discord?.faults.guildOutage(true)
      return void pause(DOWN_MS).then(() => discord?.faults.guildOutage(false))
    default:
      return fault satisfies never
  }
}

/** As long as a gateway is away. */
const DOWN_MS = 1000

/** How often the call that meets the fault was made. */
const callsOf = ({ slack, discord }: StageSetting, fault: Fault | undefined): number =>
  fault?.is === 'request'
    ? ((slack?.state ?? discord?.state)?.requests.filter(({ method }) => method === fault.call).length ?? 0)
    : 0

const sightOf = (chat: PlayedChat): readonly string[] =>
  chat
    .channels()
    .filter(({ name }) => name.startsWith('sec-') || name.startsWith('embargo-'))
    .flatMap((channel) => [
      `#${channel.name} is read by ${channel.people().toSorted().join(', ')}`,
      ...chat
        .messagesIn(channel.id)
        .map((each) => `#${channel.name}${each.isPinned ? ' pinned' : ''}: ${withoutMark(each.text())}`),
    ])

/** A message in Discord carries the mark by which a doubtful one is found again, until it is edited: another in every play. */
const withoutMark = (text: string): string => text.replaceAll(/\n[^\n]*ref [0-9a-f]{16}/gu, '')
