import { CveId, instant } from '@embargo/core'
import { OutsideError } from '../../src/index.ts'
import type { AdvisoryChange, AdvisoryHost, AdvisoryRef, HostedAdvisory } from '../../src/index.ts'

type AdvisoryEntry = Omit<HostedAdvisory, 'revision' | 'link' | 'createdAt'> & { readonly document: string }

/** The fields that a revision covers. A new CVE id does not change the revision. */
const revisionOf = ({ summary, document, state }: AdvisoryEntry): string =>
  JSON.stringify([summary, document, state === 'triage' ? 'draft' : state])

const hosted = (kept: AdvisoryEntry): HostedAdvisory => {
  const { document: _document, ...rest } = kept
  const link = `https://github.com/quillmark/quillmark/security/advisories/${kept.ghsa}`
  return { ...rest, link, createdAt: instant(0), revision: revisionOf(kept) }
}

const PUBLISHED = instant(1_000_000)

const refused = (because: string): OutsideError => new OutsideError('refused', because)

function contentOf(document: string): Pick<AdvisoryEntry, 'summary' | 'description' | 'document'> {
  const { summary, description }: { summary?: unknown; description?: unknown } = JSON.parse(document)
  if (typeof summary !== 'string' || typeof description !== 'string' || summary === '') throw refused('it lacks a text')
  return { summary, description, document }
}

/** A host of advisories in memory, with the actions that people take there. */
export function createMemoryAdvisories(): AdvisoryHost & {
  readonly advisories: ReadonlyMap<string, HostedAdvisory>
  readonly cveRequests: string[]
  reports(): string
  edits(ghsa: string, summary: string): void
  assigns(ghsa: string, cve: string): void
  /** Makes the next write call take effect, but end as `unknown`. */
  losesNextAnswer(): void
  /** Makes every call fail from now on. */
  leaves(): void
} {
  const kept = new Map<string, AdvisoryEntry>()
  const cveRequests: string[] = []
  let isLost = false
  let isAway = false

  const add = (more: Omit<AdvisoryEntry, 'ghsa' | 'isReport'> & { readonly isReport: boolean }): AdvisoryEntry => {
    const letters = [...String(kept.size)]
      .map((digit) => 'cfghjmpqrv'.charAt(Number(digit)))
      .join('')
      .padStart(4, 'x')
    const one: AdvisoryEntry = { ...more, ghsa: `GHSA-2222-3333-${letters}` }
    kept.set(one.ghsa, one)
    return one
  }
  const reach = (): void => {
    if (isAway) throw new OutsideError('unreachable', 'nobody is there', { away: true })
  }
  const need = ({ ghsa }: AdvisoryRef): AdvisoryEntry => {
    reach()
    const one = kept.get(ghsa)
    if (one === undefined) throw refused('there is no such advisory')
    return one
  }
  const answer = <T>(value: T): T => {
    if (!isLost) return value
    isLost = false
    throw new OutsideError('unknown', 'it broke')
  }
  const write = (ghsa: string, one: AdvisoryEntry): HostedAdvisory => {
    kept.set(ghsa, one)
    return answer(hosted(one))
  }
  const changed = (now: AdvisoryEntry, document: string): AdvisoryChange => ({
    is: 'changed',
    advisory: hosted(now),
    differences: [{ field: 'summary', now: now.summary, ours: contentOf(document).summary }],
  })

  return {
    get advisories() {
      return new Map([...kept].map(([ghsa, one]) => [ghsa, hosted(one)]))
    },
    cveRequests,
    reports: () =>
      add({ state: 'triage', summary: 'Reads files', description: 'An include does.', document: '', isReport: true })
        .ghsa,
    edits(ghsa, summary) {
      const one = kept.get(ghsa)
      if (one !== undefined) kept.set(ghsa, { ...one, summary })
    },
    assigns(ghsa, cve) {
      const one = kept.get(ghsa)
      if (one !== undefined) kept.set(ghsa, { ...one, cve: CveId.parse(cve) })
    },
    losesNextAnswer: () => void (isLost = true),
    leaves: () => void (isAway = true),

    async read({ ghsa }) {
      reach()
      const one = kept.get(ghsa)
      return one && hosted(one)
    },
    async list(_repository, states) {
      reach()
      return [...kept.values()].filter(({ state }) => states.includes(state)).map(hosted)
    },
    async open({ document, known, lookUp, publishedSince }) {
      reach()
      const content = contentOf(document)
      const counts = ({ publishedAt }: AdvisoryEntry): boolean =>
        publishedAt === undefined || (publishedSince !== undefined && publishedAt >= publishedSince)
      const earlier = [...kept.values()].find(
        (one) => one.document === document && !known.includes(one.ghsa) && counts(one),
      )
      if (lookUp && earlier !== undefined) return hosted(earlier)
      return answer(hosted(add({ ...content, state: 'draft', isReport: false })))
    },
    async update({ document, seen, ...ref }) {
      const now = need(ref)
      const content = contentOf(document)
      if (now.document === document && now.summary === content.summary) return { is: 'done', advisory: hosted(now) }
      if (seen !== revisionOf(now)) return changed(now, document)
      return { is: 'done', advisory: write(ref.ghsa, { ...now, ...content }) }
    },
    async accept(ref) {
      const now = need(ref)
      return now.state === 'triage' ? write(ref.ghsa, { ...now, state: 'draft' }) : hosted(now)
    },
    async requestCve(ref) {
      const { cve } = need(ref)
      if (cve !== undefined) return { is: 'assigned', cve }
      if (!cveRequests.includes(ref.ghsa)) cveRequests.push(ref.ghsa)
      return answer({ is: 'requested' })
    },
    async publish({ document, seen, ...ref }) {
      const now = need(ref)
      if (now.state === 'published') return { is: 'done', advisory: hosted(now) }
      if (seen !== revisionOf(now)) return changed(now, document)
      if (now.state !== 'draft') throw refused(`it is ${now.state}`)
      return { is: 'done', advisory: write(ref.ghsa, { ...now, state: 'published', publishedAt: PUBLISHED }) }
    },
  }
}
