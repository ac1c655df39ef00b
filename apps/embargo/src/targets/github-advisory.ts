import { HOUR, later } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { AdvisoryChange, AdvisoryDifference, AdvisoryHost, AdvisoryRef, HostedAdvisory } from '@embargo/engine'
import type { Delivery, DeliveryResult, PublicationTarget, RepositoryRef } from '@embargo/engine'

type Host = Pick<AdvisoryHost, 'read' | 'open' | 'accept' | 'update' | 'publish' | 'requestCve'>

/**
 * Publishes a case as an advisory of its repository. If the case already has an advisory, such as a private report,
 * that one is published. Otherwise a new one is opened and published at once.
 */
export function createGitHubAdvisories(
  host: Host,
  repositoryOf: (address: string) => RepositoryRef | undefined,
): PublicationTarget {
  return {
    target: 'github',
    async deliver(delivery: Delivery): Promise<DeliveryResult> {
      const [document] = delivery.documents
      const repository =
        delivery.project.repository === undefined ? undefined : repositoryOf(delivery.project.repository)
      if (document === undefined || repository === undefined)
        throw new OutsideError('refused', 'The policy names no repository at GitHub for this project.')
      const ghsa = ghsaIn(delivery.opened)
      // With `lookUp`, `open` first searches for the advisory. The search costs one call, but prevents a second draft
      // after an attempt that failed halfway.
      const advisory =
        ghsa === undefined
          ? // The description contains the number of the case, so no other case has the same description.
            await host.open({
              repository,
              document: document.text,
              known: [],
              lookUp: true,
              publishedSince: later(delivery.startedAt, -CLOCKS_DIFFER_MS),
            })
          : await usable(host, { repository, ghsa }, { document: document.text, seen: delivery.seen })
      if ('is' in advisory) return advisory
      if (advisory.state === 'published')
        return delivery.correction === undefined
          ? done(advisory)
          : corrected(host, { repository, ghsa: advisory.ghsa, document: document.text, ...formerOf(delivery) })
      const approved = { document: document.text, seen: advisory.revision }
      return changeOf(await host.publish({ repository, ghsa: advisory.ghsa, ...approved }))
    },
    async cveOf({ project, opened, asks }) {
      const repository = project.repository === undefined ? undefined : repositoryOf(project.repository)
      const ghsa = ghsaIn(opened)
      if (repository === undefined || ghsa === undefined)
        throw new OutsideError('refused', 'The case has no advisory in a repository at GitHub.')
      const ref = { repository, ghsa }
      const { cve } = asks ? await host.accept(ref) : await there(host, ref)
      if (cve !== undefined || !asks) return cve
      const answer = await host.requestCve(ref)
      return answer.is === 'assigned' ? answer.cve : undefined
    },
  }
}

/** The most that GitHub’s clock may be behind ours. */
const CLOCKS_DIFFER_MS = HOUR

/** The id of an advisory, which is in its address. */
const ghsaIn = (link: string | undefined): string | undefined =>
  /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/u.exec(link ?? '')?.[0]

/** @throws OutsideError if GitHub does not show the advisory */
async function there(host: Host, ref: AdvisoryRef): Promise<HostedAdvisory> {
  const found = await host.read(ref)
  if (found === undefined)
    throw new OutsideError('refused', `GitHub has no advisory ${ref.ghsa} in this repository, or does not show it.`)
  return found
}

/**
 * Writes the approved texts into the advisory of the case, unless the advisory is already published. Returns the
 * advisory, or what other people have changed in it. A private report is accepted first. `seen` identifies the content
 * of the report that the case has taken in, so that later changes by other people are noticed.
 */
async function usable(
  host: Host,
  ref: AdvisoryRef,
  { document, seen }: { readonly document: string; readonly seen: string | undefined },
): Promise<HostedAdvisory | DeliveryResult> {
  const found = await there(host, ref)
  if (found.state === 'published') return found
  if (found.state !== 'triage' && found.state !== 'draft')
    throw new OutsideError('refused', `The advisory ${ref.ghsa} is ${found.state} at GitHub.`)
  const draft = found.state === 'triage' ? await host.accept(ref) : found
  // Earlier versions of this program did not store `seen`. For a report from that time, the revision that was just read
  // is used instead.
  const known = seen ?? (found.isReport ? draft.revision : undefined)
  const change = await host.update({ ...ref, document, ...(known === undefined ? {} : { seen: known }) })
  return change.is === 'done' ? change.advisory : changeOf(change)
}

const formerOf = ({ former }: Delivery) => (former === undefined ? {} : { former })

/** Corrects a published advisory, unless somebody else has changed it since we published it. */
async function corrected(
  host: Host,
  { former, ...change }: AdvisoryRef & { readonly document: string; readonly former?: string },
): Promise<DeliveryResult> {
  const written = await host.update({ ...change, ...(former === undefined ? {} : { seen: former }) })
  if (written.is === 'done' || former !== undefined) return changeOf(written)
  return {
    is: 'changed',
    because: `Embargo did not publish this advisory, so it does not overwrite what is there. Correct the advisory at ${written.advisory.link} and record the link. The text to use is the document “ghsa” of this case.`,
  }
}

const done = ({ link, ghsa, revision }: HostedAdvisory): DeliveryResult => ({
  is: 'done',
  link,
  evidence: ghsa,
  mark: revision,
})

function changeOf(change: AdvisoryChange): DeliveryResult {
  if (change.is === 'done') return done(change.advisory)
  const fields = change.differences.map(({ field }) => field).join(', ')
  return {
    is: 'changed',
    because: `The advisory at GitHub differs from what was approved (${fields}), because somebody else changed it. Embargo overwrote nothing. Open ${change.advisory.link} and enter what was approved. Then try again, or publish it there and record the link. ${change.differences.map(inWords).join(' ')}`,
  }
}

/** The longest part of a line that is shown; a CVSS vector fits in. */
const SHOWN_MAX = 60

/** The first line in which a field differs, with both versions of it. */
function inWords({ field, ours, now }: AdvisoryDifference): string {
  const approved = ours.split('\n')
  const there = now.split('\n')
  const index = (approved.length > there.length ? approved : there).findIndex((_line, at) => approved[at] !== there[at])
  const shown = (line = ''): string => (line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}…` : line || 'nothing')
  return ours === now
    ? `${field}: “${shown(now)}”.`
    : `${field}: “${shown(there[index])}”, approved “${shown(approved[index])}”.`
}
