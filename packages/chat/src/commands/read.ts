import { z } from 'zod'
import { Instant, listAnd, listOr, PLATFORM_WORDS, PLATFORMS } from '@embargo/core'
import type { Event, Platform, World } from '@embargo/core'
import { RECORD_FORMATS, RELEASE_TEXTS } from '@embargo/engine'
import type { Engine } from '@embargo/engine'
import { refuse, wrongInput } from '../answers.ts'
import { buildCard, notificationOf } from '../cards/card.ts'
import { fromInWords, mailListCard, messageCard } from '../cards/message.ts'
import { joined, line } from '../cards/spans.ts'
import { checksInWords } from '../cards/trust.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { actorName, remediatorName } from '../people/names.ts'
import { plainAttachment, plainLine } from '../render/plain.ts'
import { fullTime } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { findMail } from './shared/find-mail.ts'
import { ON_THE_CASE } from './shared/roles.ts'

/** The forms in which `read record` prints a record: formats for programs, and the public texts about its release. */
const FORMATS = [...RECORD_FORMATS, ...RELEASE_TEXTS]

type Entry = { readonly what: 'mails' | 'patches' | 'sent' | 'talk'; readonly at: Instant; readonly text: string }

/** Shows the complete content of a case in order, for a reader who has no channel or whose channel does not show it. */
export const read = defineCommand({
  verb: 'read',
  summary: 'Read everything that was written: mails, patches, sent texts and the record',
  about: 'case',
  allowed: { ...ON_THE_CASE, platforms: ['terminal'] },
  options: {
    what: z
      .enum(['mails', 'patches', 'sent', 'talk', 'record'])
      .exactOptional()
      .register(about, {
        label: 'What',
        labels: {
          mails: 'Mails that came',
          patches: 'Patches',
          sent: 'Texts that people sent',
          talk: 'Channel messages, if the policy keeps them: stored when a case is closed or a channel archived',
          record: 'The record of the vulnerability as it would be published',
        },
        shownAs: 'mails|patches|sent|talk|record',
      }),
    message: z
      .string()
      .max(256)
      .exactOptional()
      .register(about, {
        label: 'Mail, or format of the record',
        hint: `With mails: "last", a number, or "all". With record: ${listOr(FORMATS)}. If left out, the mails or the formats are listed`,
        shownAs: `last|number|all|${FORMATS.join('|')}`,
        suggests: 'message',
      }),
  },
  run: async (call) => {
    const { what, message } = call.values
    const { state } = call.case
    if (what === 'record') return message === undefined ? listFormats(call) : readRecord(call, message)
    if (what === 'mails' && message !== 'all') return message === undefined ? listMails(call) : readMail(call, message)
    const all = [...(await mails(call)), ...(await patches(call)), ...(await sent(call)), ...(await talk(call))]
    const shown = all.filter((one) => what === undefined || one.what === what).toSorted((a, b) => a.at - b.at)
    return {
      audience: 'caller',
      card: buildCard({
        kind: 'mail',
        title: `${state.id} · ${what ?? 'all that was written'}`,
        lines: shown.length === 0 ? [line('Nothing was written yet.')] : [],
        ...(shown.length === 0
          ? {}
          : { quote: { label: 'In its order', text: shown.map(({ text }) => text).join('\n\n') } }),
        notification: notificationOf(state),
      }),
    }
  },
})

const listMails = ({ case: { state }, invocation: { at } }: CaseCall<unknown>): Reply => ({
  audience: 'caller',
  card: mailListCard({ state, at }),
})

async function readMail(call: CaseCall<unknown>, typed: string): Promise<Reply> {
  const { state } = call.case
  const named = typed === 'last' ? state.messages.at(-1)?.message : findMail(state, typed)
  const number = state.messages.findIndex(({ message }) => message === named) + 1
  const taken = state.messages[number - 1]
  if (taken === undefined)
    return wrongInput({ command: call.command, setting: call, because: 'This case has no such mail.' })
  const mail = await call.engine.queries.mail(taken.message)
  return { audience: 'caller', card: messageCard({ state, taken, number, mail }) }
}

function writtenAs(format: (typeof FORMATS)[number], { texts }: Engine, world: World) {
  const text = RELEASE_TEXTS.find((one) => one === format)
  if (text !== undefined) return texts.releaseText(world, text)
  const record = RECORD_FORMATS.find((one) => one === format)
  return record === undefined ? undefined : texts.record(world, record)
}

/** Which formats the record can be written in, and what is missing for the others. */
function listFormats({ case: { state, world }, engine }: CaseCall<unknown>): Reply {
  const rows = FORMATS.flatMap((format) => {
    const written = writtenAs(format, engine, world)
    if (written === undefined) return []
    return [
      line(written.ok ? `${format}: complete` : `${format}: lacks ${listAnd(written.missing.map(({ name }) => name))}`),
    ]
  })
  return {
    audience: 'caller',
    card: buildCard({ kind: 'mail', title: `${state.id} · record`, lines: rows, notification: notificationOf(state) }),
  }
}

function readRecord(call: CaseCall<unknown>, typed: string): Reply {
  const { state, world } = call.case
  const format = FORMATS.find((one) => one === typed)
  const written = format === undefined ? undefined : writtenAs(format, call.engine, world)
  if (format === undefined || written === undefined)
    return wrongInput({ command: call.command, setting: call, because: `A record is ${listOr(FORMATS)}.` })
  const lists = typedAt({ ...call.invocation.place, case: state.id }, 'read record')
  if (!written.ok)
    return refuse(call, {
      gate: 'makes-sense',
      because: `The record lacks ${listAnd(written.missing.map(({ name }) => name))}.`,
      facts: { verb: 'read', format },
      liftedBy: [{ who: 'you', how: `enter what is missing; ${lists} says what each format lacks` }],
    })
  const draft = !written.isPublished
  return {
    audience: 'caller',
    card: buildCard({
      kind: 'mail',
      title: `${state.id} · record as ${format}${draft ? ' · draft, not published' : ''}`,
      lines: [],
      quote: { label: 'Record', text: written.document, verbatim: true },
      notification: notificationOf(state),
    }),
    facts: { is: 'document', format, draft, text: written.document },
  }
}

const entry = (title: string, at: Instant, text: string): string =>
  [`── ${title} · ${fullTime(at)}`, '', text.trim()].join('\n')

function mails({ case: { state }, engine }: CaseCall<unknown>): Promise<readonly Entry[]> {
  return Promise.all(
    state.messages.map(async (taken, index): Promise<Entry> => {
      const { message, at } = taken
      const mail = await engine.queries.mail(message)
      const text =
        mail === undefined
          ? 'The text cannot be read; the original mail is stored.'
          : [
              `From: ${mail.from}`,
              `Subject: ${mail.subject}`,
              `Checks: ${plainLine(line(...joined(checksInWords(taken, 'name-and-address'), ' ')))}`,
              ...mail.attachments.map(plainAttachment),
              '',
              mail.text,
              mail.quoted,
            ].join('\n')
      return { what: 'mails', at, text: entry(`Mail ${index + 1}, from ${fromInWords(taken, state)}`, at, text) }
    }),
  )
}

async function patches({ case: { state }, engine }: CaseCall<unknown>): Promise<readonly Entry[]> {
  const found = await Promise.all(
    state.branches.map(async ({ name, fix }): Promise<readonly Entry[]> => {
      if (fix === undefined || fix.is === 'assigned') return []
      const text = (await engine.queries.blobText(fix.blob)) ?? 'The patch cannot be read.'
      const title = `Patch for ${name}, ${fix.fileName}, by ${remediatorName(engine.policy.policy, fix.author, state)}`
      return [{ what: 'patches', at: fix.submittedAt, text: entry(title, fix.submittedAt, text) }]
    }),
  )
  return found.flat()
}

const WRITTEN = [
  'MessageSentOut',
  'RecipientsWritten',
  'InfoRequested',
  'ReportForwarded',
  'VendorWritten',
  'CnaWritten',
] as const

const isWritten = (event: Event): event is Extract<Event, { type: (typeof WRITTEN)[number] }> =>
  WRITTEN.some((type) => type === event.type)

async function sent({ case: { id }, engine }: CaseCall<unknown>): Promise<readonly Entry[]> {
  const found = await Promise.all(
    (await engine.queries.history(id)).map(async ({ event, at, actor }): Promise<readonly Entry[]> => {
      if (!isWritten(event)) return []
      const text = (await engine.queries.blobText(event.text)) ?? 'The text cannot be read.'
      return [{ what: 'sent', at, text: entry(`${actorName(engine.policy.policy, actor)} wrote`, at, text) }]
    }),
  )
  return found.flat()
}

/** The format of transcripts, as the effect `keep-talk` stores them. */
const Transcript = z.object({
  transcript: z.array(z.object({ at: Instant, author: z.string(), text: z.string(), files: z.array(z.string()) })),
})

type Line = z.infer<typeof Transcript>['transcript'][number]

/** The transcript of each channel, if the policy keeps any: all stored parts joined, with each message once. */
async function talk({ case: { id, state }, engine }: CaseCall<unknown>): Promise<readonly Entry[]> {
  const names = new Map(
    (await engine.queries.history(id)).flatMap(({ event }) =>
      event.type === 'ChannelOpened' || event.type === 'ChannelRenamed' ? [[keyOf(event), event.name] as const] : [],
    ),
  )
  const kept = PLATFORMS.flatMap((platform) =>
    (state.channels[platform]?.transcripts ?? []).map((one) => ({ ...one, platform })),
  )
  const found = await Promise.all(
    [...Map.groupBy(kept, keyOf)].map(async ([key, transcripts]): Promise<readonly Entry[]> => {
      const texts = await Promise.all(transcripts.map(({ blob }) => engine.queries.blobText(blob)))
      const lines = eachOnce(texts.flatMap(readTranscript))
      const [first] = lines
      if (first === undefined) return []
      const missing = transcripts.flatMap(({ platform, gap }) =>
        gap === undefined
          ? []
          : [
              `${PLATFORM_WORDS[platform].called} no longer had the messages from ${fullTime(gap.since)} to ${fullTime(gap.until)}.`,
            ],
      )
      const text = [...missing, ...lines.map(saidLine)].join('\n')
      return [{ what: 'talk', at: first.at, text: entry(`Said in #${names.get(key) ?? key}`, first.at, text) }]
    }),
  )
  return found.flat()
}

const keyOf = ({ platform, channel }: { readonly platform: Platform; readonly channel: string }): string =>
  `${platform} ${channel}`

/**
 * Two messages of a channel never have the same text in the same millisecond, so time and text identify a message. The
 * author is not part of the key, because display names can change.
 */
const eachOnce = (lines: readonly Line[]): readonly Line[] =>
  [...new Map(lines.map((one) => [`${one.at} ${one.text}`, one])).values()].toSorted((a, b) => a.at - b.at)

/** Only our own lines begin at the margin, so no quoted text can look like the next message. */
const saidLine = ({ at, author, text, files }: Line): string =>
  [`${fullTime(at)} ${author}: ${text}`, ...files.map((file) => `[file: ${file}]`)]
    .join('\n')
    .replaceAll(/\r?\n/g, '\n  ')

function readTranscript(text: string | undefined): readonly Line[] {
  if (text === undefined) return []
  const read = Transcript.safeParse(JSON.parse(text))
  return read.success ? read.data.transcript : []
}
