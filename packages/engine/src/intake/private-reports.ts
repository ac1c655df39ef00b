import { Instant, instant, MINUTE, personOfAddress } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { Outages } from '../health/outages.ts'
import type { AdvisoryHost, HostedAdvisory, RepositoryRef } from '../ports/advisory-host.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { Settings } from '../ports/settings.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { addressIn, privateReportMail } from './private-report-mail.ts'

/** The host's times are whole seconds. */
const SECOND_MS = 1000

/**
 * How often each repository is read. Webhooks alone are not enough, because one may get lost, and GitHub does not
 * repeat it.
 */
export const PRIVATE_REPORTS_MS = 5 * MINUTE

/** A project with its repository. */
export type ConnectedRepository = { readonly project: string; readonly repository: RepositoryRef }

export type PrivateReports = {
  /** Stores a report that came by webhook. False if it could not be stored; the next poll then stores it. */
  take(repository: RepositoryRef, advisory: HostedAdvisory): Promise<boolean>
  /** Reads every repository once. */
  poll(): Promise<void>
  run(signal: AbortSignal): Promise<void>
}

/**
 * Fetches private reports from a repository's host and puts them into the spool, from which they are handled like
 * mails. The spool stores each report only once. Reports that are older than the connection to the repository are held
 * for a person.
 */
export function createPrivateReports({
  engine,
  host,
  settings,
  repositories,
  outages,
  sleep = realSleep,
}: {
  readonly engine: RunningEngine
  readonly host: Pick<AdvisoryHost, 'list'>
  readonly settings: Settings
  readonly repositories: readonly ConnectedRepository[]
  /** Used to tell people when a repository cannot be read. */
  readonly outages: Pick<Outages, 'report' | 'resolve'>
  readonly sleep?: Sleep
}): PrivateReports {
  const { spool, clock, log, policy } = engine.deps

  async function connectedAt(repository: RepositoryRef): Promise<Instant> {
    const name = `private reports of ${fullName(repository)}`
    const known = Instant.safeParse(await settings.read(name))
    if (known.success) return known.data
    const now = instant(Math.floor(clock.now() / SECOND_MS) * SECOND_MS)
    // The time is written before any report is read. Otherwise, after a crash, new reports could be taken for old ones.
    await settings.write(name, now)
    return now
  }

  async function store({ project }: ConnectedRepository, advisory: HostedAdvisory, isOld: boolean): Promise<boolean> {
    const own = policy.policy.projects.find(({ id }) => id === project)
    if (own === undefined) return false
    const { link, description, revision } = advisory
    const written = addressIn(description)
    // A team member's address in the text is not taken for the author's. Otherwise the member's answers would count as
    // the author's.
    const address = written === undefined || personOfAddress(policy.policy, written) !== undefined ? undefined : written
    const known = { link, revision, ...(address !== undefined && { address }) }
    const stored = await spool.store({
      raw: privateReportMail(advisory, known),
      envelopeTo: [own.address],
      receivedAt: clock.now(),
      delivery: link,
      privateReport: { ...known, ...(isOld && { held: true }) },
    })
    return stored.is !== 'full'
  }

  async function pollOne(one: ConnectedRepository): Promise<void> {
    const since = await connectedAt(one.repository)
    for (const advisory of await host.list(one.repository, ['triage', 'draft'])) {
      const isOld = advisory.createdAt < since
      // A new draft that is not a report is skipped, because the team or Embargo wrote it.
      if (isOld || advisory.isReport) await store(one, advisory, isOld)
    }
  }

  async function poll(): Promise<void> {
    const failed: Failure[] = []
    for (const one of repositories) {
      const name = fullName(one.repository)
      try {
        await pollOne(one)
      } catch (error) {
        log.warn('the private reports of a repository could not be read', { repository: name, ...safeError(error) })
        failed.push({ name, error })
      }
    }
    const news = { outside: 'private-reports', what: 'all', by: 'connection' } as const
    if (failed.length === 0) return outages.resolve(news)
    const why = failed.map(({ name, error }) => `${name}: ${reasonOf(error)}`).join(' ')
    const passing = failed.every(({ error }) => !(error instanceof OutsideError) || !error.forAPerson)
    outages.report({ ...news, why, passing })
  }

  return {
    async take(repository, advisory) {
      const one = repositories.find((known) => fullName(known.repository) === fullName(repository))
      if (one === undefined) {
        log.warn('a private report came for a repository that no project has', { repository: fullName(repository) })
        return true
      }
      if (!advisory.isReport) return true
      return store(one, advisory, advisory.createdAt < (await connectedAt(repository)))
    },
    poll,
    async run(signal) {
      while (!signal.aborted) {
        await poll()
        await sleep(PRIVATE_REPORTS_MS, signal)
      }
    },
  }
}

type Failure = { readonly name: string; readonly error: unknown }

const reasonOf = (error: unknown): string =>
  error instanceof OutsideError ? error.message : 'They could not be stored. The log says why.'

const fullName = ({ owner, name }: RepositoryRef): string => `${owner}/${name}`.toLowerCase()
