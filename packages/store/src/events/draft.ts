import type { Commit, CaseRow } from '@embargo/engine'
import { StoreError } from '../errors.ts'
import type { ReporterKeys } from '../keys/reporter-keys.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { sealEffect, sealEvidence } from '../outbox/effect-rows.ts'
import { sealRow } from '../read-models/case-rows.ts'
import { reportersIn } from '../sealing/personal.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import type { Bytes } from '../sealing/seal.ts'
import type { MailKeys } from '../spool/mail-keys.ts'
import { sealAnswer } from './answers.ts'
import { movedBy } from './audit-record.ts'
import { sealEvent } from './seal-events.ts'
import type { SealedAppend } from './sealed-append.ts'

/** A commit that is sealed as far as possible before its transaction. So the transaction is short. */
export type Draft = {
  readonly commit: Commit
  readonly answer: Bytes
  /** The marks (keyed hashes of the ids) of the commands right before this one. */
  readonly after: readonly string[]
  readonly appends: readonly SealedAppend[]
  readonly effects: readonly EffectDraft[]
  readonly rows: readonly { readonly row: CaseRow; readonly sealed: Bytes }[]
  readonly evidence?: Bytes
  /** The key of the mail, wrapped for the case to which the mail belongs. */
  readonly mailKey?: Bytes
}

type EffectDraft = {
  readonly id: string
  readonly stream: string
  readonly lane: string
  readonly capability: string
  readonly kind: string
  readonly state: 'pending'
  readonly sealed: Bytes
}

export type Sealers = {
  readonly master: MasterKeys
  readonly streamKeys: StreamKeys
  readonly reporterKeys: ReporterKeys
  readonly mailKeys: MailKeys
}

/**
 * @throws RangeError when the versions of the events do not follow the expected version, which is a bug of the caller
 */
export async function draft(commit: Commit, sealers: Sealers, after: readonly string[]): Promise<Draft> {
  const appends = await sealAppends(commit, sealers)
  return {
    commit,
    answer: sealAnswer(sealers.master.answers, commit, { moved: movedBy(appends), after }),
    after,
    appends,
    effects: await Promise.all(
      commit.effects.map(async (effect): Promise<EffectDraft> => {
        const { id, stream, lane, capability, kind } = effect
        return {
          id,
          stream,
          lane,
          capability,
          kind,
          state: 'pending',
          sealed: sealEffect(await sealers.streamKeys.ensure(stream), effect),
        }
      }),
    ),
    rows: await Promise.all(
      commit.rows
        .toSorted(byStream)
        .map(async (row) => ({ row, sealed: sealRow(await sealers.streamKeys.ensure(row.stream), row) })),
    ),
    ...(await settled(commit, sealers)),
    ...(commit.mail ? { mailKey: await sealers.mailKeys.underCase(commit.mail) } : {}),
  }
}

async function sealAppends(commit: Commit, { streamKeys, reporterKeys }: Sealers): Promise<readonly SealedAppend[]> {
  const sealed: SealedAppend[] = []
  for (const { stream, expectedVersion, events } of commit.appends) {
    if (events.length === 0) continue
    const keys = {
      stream: await streamKeys.ensure(stream),
      reporters: await reporterKeys.ensure(reportersIn(events), stream),
    }
    for (const [index, event] of events.entries()) {
      if (event.version !== expectedVersion + index + 1 || event.stream !== stream) {
        throw new RangeError(
          `event ${event.version} does not follow on version ${expectedVersion + index} of ${stream}`,
        )
      }
    }
    sealed.push({ stream, expectedVersion, events: events.map((event) => ({ event, sealed: sealEvent(event, keys) })) })
  }
  return sealed.sort(byStream)
}

/** Streams are always written in the same order, so two commits to the same streams cannot wait for each other. */
const byStream = (a: { readonly stream: string }, b: { readonly stream: string }): number =>
  a.stream < b.stream ? -1 : 1

async function settled({ settles }: Commit, { streamKeys }: Sealers): Promise<{ readonly evidence?: Bytes }> {
  if (!settles) return {}
  const stream = await streamKeys.ofEffect(settles.effect)
  if (stream === undefined)
    throw new StoreError('unknown-row', 'The outbox has no such effect, so its outcome cannot be recorded.')
  return { evidence: sealEvidence(await streamKeys.get(stream), settles.effect, settles.evidence, settles.as) }
}
