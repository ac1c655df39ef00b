import { createHash } from 'node:crypto'
import type { RecordedEvent } from '@embargo/core'
import type { SlackEmulator } from '@embargo/emulator-slack'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { BOUNCING, REPORTER, REPOSITORY } from './house.ts'
import type { EffectSnapshot, Snapshot, StreamVerdict } from './messages.ts'
import type { Doubt } from './points.ts'
import { CORRECTED_RANGE, mainCase, releaseOf, WITHDRAWN_BECAUSE } from './story.ts'
import type { Ending } from './story.ts'
import type { Targets } from './targets.ts'

export type Violation = { readonly is: 'lost' | 'doubled' | 'wrong'; readonly what: string }

export type Evidence = {
  readonly ending: Ending
  readonly seen: Snapshot
  readonly verified: readonly StreamVerdict[]
  readonly sink: SmtpSink
  readonly slack: SlackEmulator
  readonly targets: Targets
  /** The Message-IDs of mails that we answered with 250, or that are in our mailbox. */
  readonly accepted: ReadonlySet<string>
  readonly settled: readonly { readonly effect: string; readonly outcome: 'went' | 'again' }[]
  readonly deaths: number
  /** The mails whose outcome is unknown because of a crash. */
  readonly doubts: readonly Doubt[]
}

/**
 * Checks everything that must be true at the end of the story, even though the program died. Returns the violations.
 */
export function check(evidence: Evidence): readonly Violation[] {
  return [
    ...mailsIn(evidence),
    ...channels(evidence),
    ...posts(evidence),
    ...mailsOut(evidence),
    ...encrypted(evidence),
    ...bounced(evidence),
    ...evidence.doubts.flatMap((doubt) => inDoubt(evidence, doubt)),
    ...published(evidence),
    ...corrected(evidence),
    ...reminders(evidence),
    ...unfinished(evidence),
    ...logs(evidence),
  ]
}

export const sinkCount = ({ mails }: SmtpSink, messageId: string): number =>
  mails.filter((mail) => mail.header('message-id') === messageId).length

const effectsOf = ({ streams }: Snapshot): readonly EffectSnapshot[] => streams.flatMap(({ effects }) => effects)
const eventsOf = ({ streams }: Snapshot): readonly RecordedEvent[] => streams.flatMap(({ events }) => events)

const counted = (count: number, wanted: number, what: string): readonly Violation[] =>
  count === wanted ? [] : [{ is: count < wanted ? 'lost' : 'doubled', what: `${what}: ${count}, not ${wanted}` }]

function mailsIn({ seen, accepted }: Evidence): readonly Violation[] {
  // Each mail must be recorded exactly once, in one stream, as a message or as a bounce. No mail may be quarantined,
  // because no mail caused these crashes.
  const taken = eventsOf(seen).flatMap(({ event }) =>
    event.type === 'MessageTakenIn' || event.type === 'MailBounced' ? [event.message] : [],
  )
  const reports = eventsOf(seen).flatMap(({ event }) => (event.type === 'ReportAttached' ? [event.message] : []))
  return [
    ...counted(seen.came.length, accepted.size, 'mails in the spool'),
    ...seen.came.flatMap(({ id, state, stream }) => [
      ...(state === 'in-case' && stream !== undefined ? [] : [{ is: 'lost', what: `mail ${id} is ${state}` } as const]),
      ...counted(taken.filter((message) => message === id).length, 1, `mail ${id} in cases`),
      ...counted(Math.max(1, reports.filter((message) => message === id).length), 1, `mail ${id} as a report`),
    ]),
  ]
}

function channels({ seen, slack }: Evidence): readonly Violation[] {
  const made = [...slack.state.channels.values()].filter(({ name }) => name.startsWith('sec-'))
  const cases = seen.streams.flatMap(({ state }) => (state.kind === 'case' ? [state] : []))
  return [
    ...counted(cases.length, 3, 'cases'),
    ...counted(made.length, cases.length, 'channels'),
    ...cases.flatMap((state) =>
      counted(made.filter(({ id }) => id === state.channels.slack?.channel).length, 1, `channels of ${state.id}`),
    ),
  ]
}

/** The mark that the bot gives its messages: the SHA-256 of the effect's id. */
const markOf = (effect: string): string => createHash('sha256').update(effect).digest('hex')

function posts({ seen, slack }: Evidence): readonly Violation[] {
  const marks = [...slack.state.channels.values()].flatMap(({ messages }) =>
    messages.flatMap(({ metadata }) => (metadata === undefined ? [] : [metadata.event_payload['effect']])),
  )
  const posted = effectsOf(seen).filter(({ kind }) => kind === 'post' || kind === 'place-card')
  const known = new Set<unknown>(posted.map(({ id }) => markOf(id)))
  return [
    ...posted.flatMap(({ id, evidence = '' }) =>
      counted(
        marks.filter((mark) => mark === markOf(id)).length,
        evidence.startsWith('message') ? 1 : 0,
        `messages of ${id}`,
      ),
    ),
    ...marks
      .filter((mark) => !known.has(mark))
      .map((mark) => ({ is: 'doubled', what: `a message of nobody: ${String(mark)}` }) as const),
  ]
}

function mailsOut({ seen, sink, settled, deaths }: Evidence): readonly Violation[] {
  // If a crash delays a receipt by a day, later mails make it outdated. It is then never sent, and the log says so.
  const withdrawn = new Set(
    eventsOf(seen).flatMap(({ event }) =>
      event.type === 'MailWithdrawn' && event.letter === 'receipt' ? [String(event.effect)] : [],
    ),
  )
  const mails = effectsOf(seen).filter(({ kind, id }) => kind === 'send-mail' && !withdrawn.has(id))
  const known = new Set(mails.map(({ messageId }) => messageId))
  return [
    ...counted(known.size, mails.length, 'different Message-IDs'),
    ...mails.flatMap(({ id, letter, doubt, messageId = '' }): readonly Violation[] => {
      const copies = sink.mails.filter((mail) => mail.header('message-id') === messageId)
      // A mail whose `doubt` is `repeat` is sent again if it is unknown whether it was sent, so each crash may cause
      // one repetition. Other mails are repeated only if a person says so.
      const most =
        1 + (doubt === 'repeat' ? deaths : settled.filter((one) => one.effect === id && one.outcome === 'again').length)
      if (copies.length === 0) return [{ is: 'lost', what: `the ${letter} never left` }]
      if (copies.length > most) return [{ is: 'doubled', what: `the ${letter} left ${copies.length} times` }]
      return new Set(copies.map(({ raw }) => raw)).size === 1
        ? []
        : [{ is: 'wrong', what: `the ${letter} left again with other bytes` }]
    }),
    ...sink.mails
      .filter((mail) => !known.has(mail.header('message-id')))
      .map((mail) => ({ is: 'doubled', what: `a mail of nobody: ${mail.header('subject')}` }) as const),
  ]
}

/** Checks that every mail to the first reporter is encrypted, even if the program died before the mail was sent. */
function encrypted({ sink }: Evidence): readonly Violation[] {
  const readable = sink.mails.filter(
    (mail) => mail.envelopeTo.includes(REPORTER) && !mail.header('content-type').startsWith('multipart/encrypted'),
  )
  return readable.map((mail) => ({ is: 'wrong', what: `a readable mail: ${mail.header('subject')}` }) as const)
}

/** Checks that the only bounce was recorded once, and that a person was asked once about its recipient. */
function bounced({ seen, sink }: Evidence): readonly Violation[] {
  const sent = new Set(
    sink.mails.flatMap((mail) => (mail.envelopeTo.includes(BOUNCING) ? [mail.header('message-id')] : [])),
  )
  const effect = effectsOf(seen).find(
    ({ letter, messageId = '' }) => letter === 'prenotification' && sent.has(messageId),
  )?.id
  const events = eventsOf(seen).map(({ event }) => event)
  const count = (matches: (event: RecordedEvent['event']) => boolean): number => events.filter(matches).length
  return [
    ...counted(
      count((event) => event.type === 'MailBounced'),
      1,
      'bounces',
    ),
    ...counted(
      count((event) => event.type === 'EffectParked' && event.effect === effect && !event.doubt),
      1,
      'questions about the mail that bounced',
    ),
  ]
}

function inDoubt({ seen, sink, slack, settled }: Evidence, doubt: Doubt): readonly Violation[] {
  const letters = effectsOf(seen).filter(({ letter }) => letter === doubt.letter)
  if (doubt.then === 'sent-again') {
    const again = letters.filter(({ messageId = '' }) => sinkCount(sink, messageId) >= 2)
    return again.length > 0 ? [] : [{ is: 'wrong', what: `the ${doubt.letter} in doubt was not sent again` }]
  }
  const parked = eventsOf(seen).filter(
    ({ event }) => event.type === 'EffectParked' && event.doubt && letters.some(({ id }) => id === event.effect),
  )
  const asked = parked.filter(({ eventId }) =>
    effectsOf(seen).some(
      ({ id, kind }) => kind === 'post' && id.startsWith(`${eventId}/`) && slackHas(slack, markOf(id)),
    ),
  )
  if (parked.length === 0) return [{ is: 'wrong', what: `the ${doubt.letter} in doubt was not parked` }]
  if (asked.length === 0) return [{ is: 'wrong', what: `nobody was asked about the ${doubt.letter} in doubt` }]
  return settled.length > 0 ? [] : [{ is: 'wrong', what: `the ${doubt.letter} in doubt was settled by nobody` }]
}

const slackHas = (slack: SlackEmulator, mark: string): boolean =>
  [...slack.state.channels.values()].some(({ messages }) =>
    messages.some(({ metadata }) => metadata?.event_payload['effect'] === mark),
  )

/** Checks that every place of publication has everything once, and that nothing was public before the release. */
function published({ seen, targets: { github, cve, files, early } }: Evidence): readonly Violation[] {
  const advisories = [...github.state.repository(REPOSITORY).advisories.values()]
  const writes = github.state.requests.filter(({ route, outcome }) => !route.startsWith('GET ') && outcome === '200')
  const number = mainCase(seen)?.id ?? ''
  const at = releaseOf(seen, mainCase(seen))?.startedAt ?? Number.POSITIVE_INFINITY
  const tooEarly = [...early, ...advisories.filter(({ publishedAt = 0 }) => publishedAt < at).map(() => 'the advisory')]
  const wanted = [`advisories/2026/${number}.md`, `osv/x_kiln-${number}.json`, `vex/${number}.json`]
  return [
    ...counted(advisories.length, 1, 'advisories at GitHub'),
    ...counted(advisories.filter(({ state }) => state === 'published').length, 1, 'published advisories at GitHub'),
    ...counted(writes.filter(({ body }) => body['state'] === 'published').length, 1, 'publications at GitHub'),
    ...tooEarly.map((what) => ({ is: 'wrong', what: `${what} was public before the fixed version` }) as const),
    ...counted(cve.service.ids.size, 1, 'reserved CVE ids'),
    ...counted(cve.service.records.size, 1, 'CVE records'),
    ...wanted.flatMap((name) => counted(files().filter((one) => one === name).length, 1, name)),
    ...files()
      .filter((name) => name.includes('.embargo-'))
      .map((name) => ({ is: 'wrong', what: `half a file: ${name}` }) as const),
  ]
}

/**
 * Checks that every place of publication got the correction once. If the record was withdrawn, each also got the
 * withdrawal once.
 */
function corrected({ seen, ending, targets: { github, cve, textOf } }: Evidence): readonly Violation[] {
  const number = mainCase(seen)?.id ?? ''
  const writes = (text: string) =>
    github.state.requests.filter(({ body, outcome }) => outcome === '200' && JSON.stringify(body ?? {}).includes(text))
      .length
  const puts = cve.calls.filter((call) => call.startsWith('PUT /api/cve/'))
  const rejections = puts.filter((call) => call.endsWith('/reject')).length
  const isWithdrawn = ending === 'withdrawn'
  const texts = {
    ...Object.fromEntries(
      [`advisories/2026/${number}.md`, `osv/x_kiln-${number}.json`].map((name) => [name, textOf(name)]),
    ),
    'the CVE record': JSON.stringify([...cve.service.records.values()]),
  }
  const last = isWithdrawn ? /withdrawn|rejected/iu : /4\.1/u
  return [
    // The withdrawn advisory repeats the corrected range.
    ...counted(writes(CORRECTED_RANGE), isWithdrawn ? 2 : 1, 'advisories at GitHub with the corrected range'),
    ...counted(writes(WITHDRAWN_BECAUSE), isWithdrawn ? 1 : 0, 'withdrawals at GitHub'),
    ...counted(cve.calls.filter((call) => /^POST .*\/cna$/u.test(call)).length, 1, 'first CVE records'),
    ...counted(puts.length - rejections, 1, 'corrections of the CVE record'),
    ...counted(rejections, isWithdrawn ? 1 : 0, 'rejections of the CVE id'),
    ...Object.entries(texts).flatMap(([name, text]) =>
      last.test(text) ? [] : [{ is: 'lost', what: `the last revision of ${name}` } as const],
    ),
  ]
}

function reminders({ seen }: Evidence): readonly Violation[] {
  const told = eventsOf(seen).flatMap(({ stream, event }) =>
    event.type === 'ReminderDue' ? [`${stream} ${event.clock} ${event.round} ${event.fraction}`] : [],
  )
  return [
    ...counted(told.length, new Set(told).size, 'reminders'),
    ...(told.some((one) => one.includes(' acknowledge '))
      ? []
      : [{ is: 'lost', what: 'the reminder to acknowledge' } as const]),
  ]
}

function unfinished({ seen, settled }: Evidence): readonly Violation[] {
  const went = new Set(settled.filter(({ outcome }) => outcome === 'went').map(({ effect }) => effect))
  const state = mainCase(seen)
  // Whether a person has decided about the effect. If the effect reserves a CVE id, the person decides by recording the
  // reserved id.
  const isSettled = (id: string): boolean =>
    went.has(id) || (id.endsWith('/reserve-cve') && state?.cve?.id !== undefined)
  const left = effectsOf(seen).filter(({ id, state: is }) => is !== 'done' && !(is === 'parked' && isSettled(id)))
  const ended = state?.cs.public !== undefined && releaseOf(seen, state)?.disclosedAt !== undefined
  return [
    ...left.map(
      ({ id, state: is, evidence }) => ({ is: 'lost', what: `${id} is ${is} (${evidence ?? 'no evidence'})` }) as const,
    ),
    ...(ended ? [] : [{ is: 'lost', what: 'the case is not disclosed' } as const]),
  ]
}

function logs({ verified, seen }: Evidence): readonly Violation[] {
  return [
    ...counted(verified.length, seen.streams.length, 'verified streams'),
    ...verified
      .filter(({ ok }) => !ok)
      .map(({ stream }) => ({ is: 'wrong', what: `the log of ${stream} does not verify` }) as const),
  ]
}
