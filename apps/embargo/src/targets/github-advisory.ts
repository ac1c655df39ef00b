import { OutsideError } from '@embargo/engine'
import type { AdvisoryChange, AdvisoryHost, AdvisoryRef, DeliveryResult, HostedAdvisory } from '@embargo/engine'
import type { Delivery, PublicationTarget, RepositoryRef } from '@embargo/engine'

type Host = Pick<AdvisoryHost, 'read' | 'open' | 'accept' | 'update' | 'publish'>

/**
 * The advisories of a repository. An advisory that exists, such as a private report, is used; otherwise one is opened
 * and published at once.
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
      // Searching first costs one call, and keeps an earlier attempt from leaving a second draft.
      const advisory =
        ghsa === undefined
          ? await host.open({ repository, document: document.text, known: [], lookUp: true })
          : await usable(host, { repository, ghsa }, document.text)
      if ('is' in advisory) return advisory
      if (advisory.state === 'published') return done(advisory)
      return changeOf(await host.publish({ repository, ghsa: advisory.ghsa, seen: advisory.revision }))
    },
  }
}

/** The id of an advisory, which is in its address. */
const ghsaIn = (link: string | undefined): string | undefined =>
  /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/u.exec(link ?? '')?.[0]

/** The advisory of the case with the approved words; a private report is accepted and gets them. */
async function usable(host: Host, ref: AdvisoryRef, document: string): Promise<HostedAdvisory | DeliveryResult> {
  const there = await host.read(ref)
  if (there === undefined)
    throw new OutsideError('refused', `GitHub has no advisory ${ref.ghsa} in this repository, or does not show it.`)
  if (there.state === 'published') return there
  if (there.state !== 'triage' && there.state !== 'draft')
    throw new OutsideError('refused', `The advisory ${ref.ghsa} is ${there.state} at GitHub.`)
  if (!there.isReport && !hasWords(there, document))
    return {
      is: 'changed',
      because: `The draft at GitHub has other words than those that were approved, and was not overwritten: ${there.link}. Make them the same there and try again, or publish it there and record the link.`,
    }
  const draft = there.state === 'triage' ? await host.accept(ref) : there
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

const done = ({ link, ghsa }: HostedAdvisory): DeliveryResult => ({ is: 'done', link, evidence: ghsa })

function changeOf(change: AdvisoryChange): DeliveryResult {
  if (change.is === 'done') return done(change.advisory)
  const fields = change.differences.map(({ field }) => field).join(', ')
  return {
    is: 'changed',
    because: `Somebody else changed the advisory at GitHub (${fields}), and nothing was overwritten: ${change.advisory.link}. Look at it, then try again or publish it there and record the link.`,
  }
}
