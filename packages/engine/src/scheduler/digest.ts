import { DAY, digestDay, digestItems, later, mergeIdentities, MINUTE } from '@embargo/core'
import type { DigestDay, DigestItem, Instant, Person } from '@embargo/core'
import { digest } from '@embargo/letters'
import { composeMail, domainOf } from '@embargo/mail'
import { z } from 'zod'
import type { RunningEngine } from '../engine.ts'
import type { CaseQuery } from '../ports/case-query.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Settings } from '../ports/settings.ts'
import { arrange } from '../projections/world.ts'
import { skipDamaged } from '../shared/damage.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

export type DigestOptions = {
  readonly engine: RunningEngine
  readonly mailOut: MailOut
  readonly settings: Settings
  readonly sleep?: Sleep
}

/**
 * How often the program checks for whom a digest is due. So a digest may come a few minutes after the working day
 * begins.
 */
const LOOK_AGAIN_MS = 5 * MINUTE

/** How many rows of the list of cases are read at once. */
const ROWS_AT_ONCE = 200

/** Longer than any time that a policy allows for duties after closing. */
const OWED_WITHIN = 366 * DAY

/** The setting that holds the last day for which each person was mailed, so a restart mails nobody twice. */
const SETTING = 'digest'
const DigestMarks = z.record(z.string(), z.number())

type Reader = { readonly person: Person; readonly day: DigestDay }

/**
 * Mails each person what is due for them, once at the beginning of each of their working days, if there is news. The
 * mail bypasses the outbox, because it concerns many cases.
 */
export function createDigest({ engine, mailOut, settings, sleep = realSleep }: DigestOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { deps } = engine
  const { log, clock } = deps

  async function look(): Promise<void> {
    // Another process may have locked out a person, who then gets no digest.
    await deps.people.refresh()
    const at = clock.now()
    const { policy } = deps.policy
    const read = DigestMarks.safeParse(await settings.read(SETTING))
    const mailed = read.success ? read.data : {}
    const readers = policy.people.flatMap((person): readonly Reader[] => {
      const day = person.mail === undefined ? undefined : digestDay(policy, person, at)
      return day === undefined || mailed[person.id] === day.begins ? [] : [{ person, day }]
    })
    if (readers.length === 0) return
    const items = await itemsOf(readers, at)
    const done = await Promise.all(
      readers.map(async ({ person, day }) => {
        const own = items.get(person) ?? []
        const isMailed = !own.some(({ isNews }) => isNews) || (await send(person, { day, items: own, at }))
        return isMailed ? [[person.id, day.begins] as const] : []
      }),
    )
    await settings.write(SETTING, { ...mailed, ...Object.fromEntries(done.flat()) })
  }

  async function itemsOf(readers: readonly Reader[], at: Instant): Promise<ReadonlyMap<Person, readonly DigestItem[]>> {
    const { policy } = deps.policy
    const items = new Map<Person, DigestItem[]>(readers.map(({ person }) => [person, []]))
    // A closed case may still have a duty, such as the retrospective.
    const queries: readonly CaseQuery[] = [{ open: true }, { open: false, overdueAt: later(at, OWED_WITHIN) }]
    for (const query of queries)
      for (let offset = 0, more = true; more; offset += ROWS_AT_ONCE) {
        const page = await deps.readModels.cases({ ...query, limit: ROWS_AT_ONCE, offset })
        for (const { stream } of page.rows) {
          const loaded = await skipDamaged(() => deps.loadWorld(stream))
          if (loaded === undefined) continue
          const world = mergeIdentities(policy, arrange(loaded, stream))
          for (const { person, day } of readers)
            items.get(person)?.push(...digestItems(policy, world, { person, day, at }))
        }
        more = page.more
      }
    return items
  }

  /** Sends a digest. Returns false if sending must be tried again. */
  async function send(
    { id, mail: to, zone }: Person,
    { day, items, at }: { readonly day: DigestDay; readonly items: readonly DigestItem[]; readonly at: Instant },
  ): Promise<boolean> {
    const [project] = deps.policy.policy.projects
    if (project === undefined || to === undefined) return true
    const { address, name } = project
    const messageId = `<digest.${day.begins}.${id}@${domainOf(address)}>`
    try {
      const letter = digest({ project: name, from: { kind: 'team', address }, zone, items })
      const from = { name: `${name} security team`, address }
      const raw = await composeMail(letter, { from, replyTo: address, to, messageId, date: at })
      await mailOut.send({ raw, envelopeFrom: address, envelopeTo: to, messageId })
      return true
    } catch (error) {
      log.warn('a digest could not be mailed yet', safeError(error))
      return false
    }
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        await look().catch((error: unknown) => log.error('the digests could not be written', safeError(error)))
        await sleep(LOOK_AGAIN_MS, signal)
      }
    },
  }
}
