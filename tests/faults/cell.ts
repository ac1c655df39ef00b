import { setTimeout as pause } from 'node:timers/promises'
import { CommandId, DAY, later } from '@embargo/core'
import type { ChannelNews } from '@embargo/core'
import { sendMail } from '@embargo/emulator-smtp'
import { ANA, QUILLMARK, REPORTER, SECURITY } from '../../apps/demo/src/cast.ts'
import { NoResponseWarning } from '../../apps/demo/src/chat/played-chat.ts'
import type {
  Answer,
  PlayedChannel,
  PlayedChat,
  ShownMessage,
  FormEntries,
} from '../../apps/demo/src/chat/played-chat.ts'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import type { StageSetting } from '../../apps/demo/src/stage-setting.ts'
import { z } from 'zod'
import { settle } from '../weeks/house/rest.ts'
import type { ChatName, EffectUnderTest, Step } from './effects.ts'
import { BAN, FAULTS, GLOBAL_LIMIT } from './faults.ts'
import type { ConnectionFault, FaultName } from './faults.ts'

export type Fault =
  | { readonly is: 'request'; readonly call: string; readonly name: FaultName }
  | { readonly is: 'connection'; readonly name: ConnectionFault }

export type CellResult = {
  /** What people see in the end: each channel with the people who can read it, and each message in its last form. */
  readonly sight: readonly string[]
  /** Whether the fault happened. If it did not, the result proves nothing. */
  readonly met: boolean
}

/**
 * Starts a program and plays the steps that lead to an effect. The fault happens in the last step.
 * @throws if the program still has work to do after a long time, which means that it has lost something
 */
export async function playCell(
  platform: ChatName,
  { steps, keepsTranscript, overHttp }: Pick<EffectUnderTest, 'steps' | 'keepsTranscript' | 'overHttp'>,
  fault?: Fault,
): Promise<CellResult> {
  const kept = keepsTranscript === undefined ? {} : { chat: { ...QUILLMARK.chat, transcript: 'kept' as const } }
  await using stage = await setStage({
    policy: { ...QUILLMARK, ...kept, platforms: [platform] },
    slackOverHttp: overHttp === true,
  })
  const [chat] = stage.chats
  const last = steps.at(-1)
  if (chat === undefined || last === undefined) throw new Error('there is nothing to play')
  for (const step of steps.slice(0, -1)) await take(stage, chat, step)
  const asked = fault?.is === 'request' ? callsOf(stage, fault) : 0
  if (fault !== undefined) arm(stage, fault)
  const answered = await take(stage, chat, last)
  const met = fault === undefined || callsOf(stage, fault) > asked
  return { sight: [...sightOf(chat), ...(await keptOf(stage)), ...answered], met }
}

/** Plays a step. Returns the answer that only the person who acted could see. */
async function take(stage: StageSetting, chat: PlayedChat, step: Step): Promise<readonly string[]> {
  const answered = await taken(stage, chat, step)
  await settle(stage)
  return answered === undefined ? [] : [`${ANA.name} sees ${answered}`]
}

async function taken(stage: StageSetting, chat: PlayedChat, step: Step): Promise<string | undefined> {
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
    case 'press':
      await tries(() => chat.presses(ANA, theReport(chat), 'Acknowledge'))
      break
    case 'ask':
      return everyAnswer(await types(chat, '/cvd status all'))
    case 'form':
      return formTitle(chat, '/cvd reply')
    case 'home':
      return homeOf(stage)
    case 'valid':
      await types(chat, '/cvd triage valid')
      break
    case 'write':
      await writes(chat)
      break
    case 'send in':
      await tries(() => chat.fillsIn(ANA, begun.get(chat) ?? {}))
      break
    case 'remove':
      await types(chat, '/cvd people remove @ben')
      break
    case 'talk':
      stage.slack?.person(ANA.slack).say(theChannel(chat).id, TALK)
      stage.discord?.person(ANA.discord).say(theChannel(chat).id, TALK)
      break
    case 'spam':
      await types(chat, '/cvd triage spam')
      break
    case 'archived':
      await notice(stage, chat, 'archived')
      break
    case 'start':
      stage.discord?.admin.forgetCommands()
      await stage.restart()
      await types(chat, '/ack')
      break
    case 'a month':
      stage.clock.moveTo(later(stage.clock.now(), 31 * DAY))
      break
    default:
      step satisfies never
  }
  return undefined
}

/** What the person types into the form, by the labels of the form's fields. */
const WRITTEN = { Component: 'the loader', 'Impact, in one sentence': 'An attacker may read any file.' }

const TALK = 'I cannot see it either.'

/** A text that is too long for a card, so it is attached as a file. */
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

/** How long people wait before they retry. */
const BEFORE_AGAIN_MS = 250

/**
 * How often a person retries a command that did not work. The number is high, because a bot can wait up to five seconds
 * before it begins a new session.
 */
const MAX_TRIES = 100

/** Types a command, and types it again if the platform warns that the app did not answer. */
const types = (chat: PlayedChat, typed: string): Promise<Answer> =>
  tries(() => chat.types(ANA, typed, theChannel(chat).id).answer)

async function tries(act: () => Promise<Answer>): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof NoResponseWarning) || count >= MAX_TRIES) throw error
      await pause(BEFORE_AGAIN_MS)
    }
  }
}

/** How long to wait for a repeated answer: longer than the time after which a bot sends an answer again. */
const ANSWERED_AGAIN_MS = 1500

/** Everything that the answer showed. An answer that came twice appears twice. */
async function everyAnswer(answer: Answer): Promise<string> {
  await pause(ANSWERED_AGAIN_MS)
  return answer.all().join('\n')
}

/**
 * The title of the form that a command opens. If the form does not open in time, a message asks the person to retry, so
 * the command is typed again.
 */
async function formTitle(chat: PlayedChat, typed: string): Promise<string> {
  for (let count = 1; count < MAX_TRIES; count += 1) {
    const { form, text } = await types(chat, typed)
    if (form !== undefined) return form.title
    if (!text.includes('Please try once more')) return text
    await pause(BEFORE_AGAIN_MS)
  }
  return 'no form'
}

/** For each chat: the fields that the open form still asks for, with the texts to fill in. */
const begun = new WeakMap<PlayedChat, FormEntries>()

async function writes(chat: PlayedChat): Promise<void> {
  const { left, answer } = chat.types(ANA, '/cvd advisory', theChannel(chat).id, WRITTEN)
  await answer
  begun.set(chat, left)
}

/** Reads the Home tab. Opens it again while it is empty, as a person would. */
async function homeOf({ slack }: StageSetting): Promise<string> {
  const person = slack?.person(ANA.slack)
  for (let count = 1; person !== undefined && count < MAX_TRIES; count += 1) {
    person.openHome()
    await pause(BEFORE_AGAIN_MS)
    if (person.home !== undefined) return slack?.render(person.home) ?? ''
  }
  return 'nothing'
}

function theReport(chat: PlayedChat): ShownMessage {
  const found = chat.messagesIn(theChannel(chat).id).find((one) => one.text().includes('a report arrived'))
  if (found === undefined) throw new Error(`no report arrived on ${chat.called}`)
  return found
}

function theChannel(chat: PlayedChat): PlayedChannel {
  const found = chat.channels().find(({ name }) => name.startsWith('sec-'))
  if (found === undefined) throw new Error(`the case has no channel on ${chat.called}`)
  return found
}

async function notice(stage: StageSetting, chat: PlayedChat, what: ChannelNews): Promise<void> {
  const { id, name } = theChannel(chat)
  const theCase = await stage.program.engine.queries.caseByChannel(chat.platform, id)
  if (theCase === undefined) throw new Error(`#${name} is no case's`)
  await stage.program.engine.commands.handle({
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
    if (fault.name === 'global limit') return void discord?.faults.next(fault.call, GLOBAL_LIMIT)
    if (fault.name === 'address banned') return void discord?.faults.next(fault.call, BAN)
    return void faults.next(fault.call, FAULTS[fault.name])
  }
  switch (fault.name) {
    case 'sockets dropped':
      return faults.dropSockets()
    case 'told to reconnect':
      return faults.refreshSockets()
    case 'delivered twice':
      return faults.deliverTwice()
    case 'acknowledgement lost':
      return faults.loseNextAck()
    case 'session forgotten':
      return discord?.faults.invalidateSessions()
    case 'gateway down':
      discord?.faults.gatewayDown(true)
      discord?.faults.dropSockets()
      return void pause(DOWN_MS).then(() => discord?.faults.gatewayDown(false))
    case 'server outage':
      discord?.faults.guildOutage(true)
      return void pause(DOWN_MS).then(() => discord?.faults.guildOutage(false))
    case 'server dark':
      discord?.faults.guildOutage(true, { refusesCalls: true })
      return void pause(DOWN_MS).then(() => discord?.faults.guildOutage(false))
    case 'address banned':
      return banOnce(discord)
    default:
      return fault satisfies never
  }
}

/** How long Discord's gateway (its connection for events) is down. */
const DOWN_MS = 1000

/** Bans the address until the ban has affected something. */
function banOnce(discord: StageSetting['discord']): void {
  discord?.faults.banAddress(true)
  void discord?.until(({ shutOut }) => shutOut > 0).then(() => discord.faults.banAddress(false))
}

/**
 * How many calls the fault may have affected so far. For most faults of a connection the answer is `Infinity`, because
 * such a fault takes effect without a call.
 */
function callsOf({ slack, discord }: StageSetting, fault: Fault): number {
  if (fault.is === 'request')
    return (slack?.state ?? discord?.state)?.requests.filter(({ method }) => method === fault.call).length ?? 0
  return fault.name === 'address banned' ? (discord?.state.shutOut ?? 0) : Infinity
}

/**
 * The stored transcripts of the channel, from when the case was closed and from when the channel was archived. The
 * bot's own cards are left out: which of them are in a transcript depends on when the channel was read.
 */
async function keptOf({ program: { engine } }: StageSetting): Promise<readonly string[]> {
  const { rows } = await engine.queries.cases({ limit: MAX_CASES })
  const logs = await Promise.all(rows.map(({ stream }) => engine.queries.history(stream)))
  const kept = logs
    .flat()
    .flatMap(({ event }) => (event.type === 'ChannelArchived' || event.type === 'TalkKept' ? [event.transcript] : []))
    .flatMap((transcript) => (transcript === undefined ? [] : [transcript.blob]))
  const lines = await Promise.all(
    kept.map(async (blob) => Transcript.parse(JSON.parse((await engine.queries.blobText(blob)) ?? '')).transcript),
  )
  return lines
    .flat()
    .filter(({ author }) => author !== OURSELVES)
    .map(({ author, text }) => `kept: ${author}: ${text}`)
}

const OURSELVES = 'embargo'

const Transcript = z.object({ transcript: z.array(z.object({ author: z.string(), text: z.string() })) })

/** Each play opens fewer cases than this. */
const MAX_CASES = 10

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

/**
 * Removes two things that differ from play to play. One is the mark in a message on Discord, by which the bot finds the
 * message again. The other is the two times between which messages are missing from a transcript, because these times
 * come from the machine's clock.
 */
const withoutMark = (text: string): string =>
  text.replaceAll(/\n[^\n]*ref [0-9a-f]{16}/gu, '').replaceAll(/ from [^\n]+ UTC to [^\n]+ UTC/gu, '')
