import { z } from 'zod'
import { Instant } from '@embargo/core'
import type { Event } from '@embargo/core'
import { buildCard, notificationOf } from '../cards/card.ts'
import { FROM } from '../cards/message.ts'
import { line } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../define-command.ts'
import { about } from '../option.ts'
import { actorName, remediatorName } from '../people/names.ts'
import { plainAttachment } from '../render/plain.ts'
import { fullTime } from '../text/dates.ts'
import { ON_THE_CASE } from './who.ts'

type Written = { readonly what: 'mails' | 'patches' | 'sent' | 'talk'; readonly at: Instant; readonly text: string }

/** The content of a case, whole and in its order, for a reader who has no channel or whose channel has none of it. */
export const read = defineCommand({
  verb: 'read',
  summary: 'Read all that was written: mails, patches, and what was sent',
  about: 'case',
  allowed: { ...ON_THE_CASE, platforms: ['terminal'] },
  options: {
    what: z
      .enum(['mails', 'patches', 'sent', 'talk'])
      .exactOptional()
      .register(about, {
        label: 'What',
        labels: {
          mails: 'Mails that came',
          patches: 'Patches',
          sent: 'Texts that people sent',
          talk: 'What was said in channels that are archived, where it was kept',
        },
        shownAs: 'mails|patches|sent|talk',
      }),
  },
  run: async (call) => {
    const { what } = call.values
    const { state } = call.case
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

const entry = (title: string, at: Instant, text: string): string =>
  [`── ${title} · ${fullTime(at)}`, '', text.trim()].join('\n')

function mails({ case: { state }, engine }: CaseCall<unknown>): Promise<readonly Written[]> {
  return Promise.all(
    state.messages.map(async ({ message, from, at }, index): Promise<Written> => {
      const mail = await engine.mail(message)
      const text =
        mail === undefined
          ? 'The text cannot be read; the mail is kept as it came.'
          : [
              `From: ${mail.from}`,
              `Subject: ${mail.subject}`,
              ...mail.attachments.map(plainAttachment),
              '',
              mail.text,
              mail.quoted,
            ].join('\n')
      return { what: 'mails', at, text: entry(`Mail ${index + 1}, from ${FROM[from]}`, at, text) }
    }),
  )
}

async function patches({ case: { state }, engine }: CaseCall<unknown>): Promise<readonly Written[]> {
  const found = await Promise.all(
    state.branches.map(async ({ name, fix }): Promise<readonly Written[]> => {
      if (fix === undefined || fix.is === 'assigned') return []
      const text = (await engine.blobText(fix.blob)) ?? 'The patch cannot be read.'
      const title = `Patch for ${name}, ${fix.fileName}, by ${remediatorName(engine.policy.policy, fix.author)}`
      return [{ what: 'patches', at: fix.submittedAt, text: entry(title, fix.submittedAt, text) }]
    }),
  )
  return found.flat()
}

const WRITTEN = ['MessageSentOut', 'RecipientsWritten', 'InfoRequested', 'ReportForwarded'] as const

const isWritten = (event: Event): event is Extract<Event, { type: (typeof WRITTEN)[number] }> =>
  WRITTEN.some((type) => type === event.type)

async function sent({ case: { id }, engine }: CaseCall<unknown>): Promise<readonly Written[]> {
  const found = await Promise.all(
    (await engine.history(id)).map(async ({ event, at, actor }): Promise<readonly Written[]> => {
      if (!isWritten(event)) return []
      const text = (await engine.blobText(event.text)) ?? 'The text cannot be read.'
      return [{ what: 'sent', at, text: entry(`${actorName(engine.policy.policy, actor)} wrote`, at, text) }]
    }),
  )
  return found.flat()
}

/** As `archive-channel` keeps it. */
const Transcript = z.object({
  transcript: z.array(z.object({ at: Instant, author: z.string(), text: z.string(), files: z.array(z.string()) })),
})

/** What was said in archived channels, where the policy keeps that. */
async function talk({ case: { state }, engine }: CaseCall<unknown>): Promise<readonly Written[]> {
  const kept = Object.values(state.channels).flatMap(({ transcripts = [], name }) =>
    transcripts.map((one) => ({ ...one, name })),
  )
  const found = await Promise.all(
    kept.map(async ({ blob, name }): Promise<readonly Written[]> => {
      const lines = readTranscript(await engine.blobText(blob))
      const [first] = lines
      if (first === undefined) return []
      const text = lines.map((one) =>
        [`${fullTime(one.at)} ${one.author}: ${one.text}`, ...one.files.map((file) => `  [file: ${file}]`)].join('\n'),
      )
      return [{ what: 'talk', at: first.at, text: entry(`Said in #${name}`, first.at, text.join('\n')) }]
    }),
  )
  return found.flat()
}

function readTranscript(text: string | undefined): z.infer<typeof Transcript>['transcript'] {
  if (text === undefined) return []
  const read = Transcript.safeParse(JSON.parse(text))
  return read.success ? read.data.transcript : []
}
