import { HOUR, later } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { AdvisoryChange, AdvisoryHost, AdvisoryRef, DeliveryResult, HostedAdvisory } from '@embargo/engine'
import type { Delivery, PublicationTarget, RepositoryRef } from '@embargo/engine'

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
      // Searching first costs one call, but prevents a second draft after an attempt that failed halfway.
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
          : await usable(host, { repository, ghsa }, document.text)
      if ('is' in advisory) return advisory
      if (advisory.state === 'published')
        return delivery.correction === undefined
          ? done(advisory)
          : corrected(host, { repository, ghsa: advisory.ghsa, document: document.text, ...formerOf(delivery) })
      return changeOf(await host.publish({ repository, ghsa: advisory.ghsa, seen: advisory.revision }))
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

/** The advisory of the case with the approved texts. A private report is accepted first, and gets these texts. */
async function usable(host: Host, ref: AdvisoryRef, document: string): Promise<HostedAdvisory | DeliveryResult> {
  const found = await there(host, ref)
  if (found.state === 'published') return found
  if (found.state !== 'triage' && found.state !== 'draft')
    throw new OutsideError('refused', `The advisory ${ref.ghsa} is ${found.state} at GitHub.`)
  if (!found.isReport && !hasWords(found, document))
    return {
      is: 'changed',
      because: `The draft at GitHub differs from the approved text, and was not overwritten: ${found.link}. Make them the same there and try again, or publish it there and record the link.`,
    }
  const draft = found.state === 'triage' ? await host.accept(ref) : found
  const change = await host.update({ ...ref, document, seen: draft.revision })
  return change.is === 'done' ? change.advisory : changeOf(change)
}

function hasWords({ summary, description }: HostedAdvisory, document: string): boolean {
  const ours: unknown = JSON.parse(document)
  return (
    typeof ours === 'object' &&
    ours !== null &&
    'summary' in ours &&
    'description' in ours &&
    ours.summary === summary &&
    ours.description === description
  )
}

const formerOf = ({ former }: Delivery) => (former === undefined ? {} : { former })

/** Corrects a published advisory, unless somebody else has changed it since we published it. */
async function corrected(
  host: Host,
  { former, ...change }: AdvisoryRef & { readonly document: string; readonly former?: string },
): Promise<DeliveryResult> {
  const written = await host.update({ ...change, seen: former ?? '' })
  if (written.is === 'done' || former !== undefined) return changeOf(written)
  return {
    is: 'changed',
    because: `Embargo did not publish this advisory itself, so it does not overwrite it: ${written.advisory.link}. Correct it there and record the link; the text is the document ghsa of this case.`,
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
    because: `Somebody else changed the advisory at GitHub (${fields}), and nothing was overwritten: ${change.advisory.link}. Look at it, then try again or publish it there and record the link.`,
  }
}
