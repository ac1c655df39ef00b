import { instant, later } from '@embargo/core'
import type { AdvisoryHost, HostedAdvisory } from '@embargo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endingOf } from './ending.ts'

/** An adapter, and the actions of people at its host. The repository at the host, `quillmark/quillmark`, is public. */
export type AdvisoryHouse = AsyncDisposable & {
  readonly host: AdvisoryHost
  /** Somebody reports in private. Returns the id of the advisory. */
  reports(): string
  /** Another person changes the summary. */
  edits(ghsa: string, summary: string): void
  /** The host answers the request for a CVE id. */
  assigns(ghsa: string, cve: string): void
  /** How many advisories the repository has, and how often a CVE id was requested. */
  counts(): { readonly advisories: number; readonly cveRequests: number }
  /** Makes the host carry out the next write call, but lose its answer. */
  losesNextAnswer(): void
  /** Makes the host unreachable from now on. */
  leaves(): Promise<void>
}

const REPOSITORY = { owner: 'quillmark', name: 'quillmark' }
const NOBODYS = { repository: REPOSITORY, ghsa: 'GHSA-2222-2222-2222' }

const documentOf = (more: object = {}): string =>
  JSON.stringify({
    summary: 'Quillmark reads files outside the template folder',
    description: 'A crafted include reads files.',
    cve_id: null,
    vulnerabilities: [
      {
        package: { ecosystem: 'pip', name: 'quillmark' },
        vulnerable_version_range: '>= 2.0, < 2.4.1',
        patched_versions: '2.4.1',
      },
    ],
    cwe_ids: ['CWE-22'],
    severity: 'high',
    ...more,
  })

/** The promises of `AdvisoryHost`, as tests for any adapter. */
export function advisoryHostContract(name: string, open: () => Promise<AdvisoryHouse>): void {
  describe(`the host of advisories by ${name}`, () => {
    let house: AdvisoryHouse
    beforeEach(async () => {
      house = await open()
    })
    afterEach(() => house[Symbol.asyncDispose]())

    const opened = (lookUp = false, known: readonly string[] = []): Promise<HostedAdvisory> =>
      house.host.open({ repository: REPOSITORY, document: documentOf(), known, lookUp })
    const refOf = ({ ghsa }: { readonly ghsa: string }) => ({ repository: REPOSITORY, ghsa })
    const low = documentOf({ severity: 'low' })

    it('opens a draft, changes it, publishes it once, and keeps it', async () => {
      const draft = await opened()
      expect(draft).toMatchObject({ state: 'draft', isReport: false })
      const changed = await house.host.update({ ...refOf(draft), document: low, seen: draft.revision })
      expect(changed).toMatchObject({ is: 'done' })
      const { revision: seen } = changed.advisory
      expect(seen).not.toBe(draft.revision)
      expect(await house.host.publish({ ...refOf(draft), document: low, seen })).toMatchObject({ is: 'done' })
      expect(await house.host.publish({ ...refOf(draft), document: low, seen })).toMatchObject({
        advisory: { state: 'published' },
      })
      expect(await house.host.read(refOf(draft))).toMatchObject({ state: 'published', link: draft.link })
    })

    it('finds what an earlier attempt published, and nothing that was public before the attempt', async () => {
      const draft = await opened()
      await house.host.publish({ ...refOf(draft), document: documentOf(), seen: draft.revision })
      const { publishedAt = instant(0) } = (await house.host.read(refOf(draft))) ?? {}
      const again = { repository: REPOSITORY, document: documentOf(), known: [], lookUp: true }
      expect(await house.host.open({ ...again, publishedSince: publishedAt })).toMatchObject({ ghsa: draft.ghsa })
      expect(house.counts().advisories).toBe(1)
      await house.host.open({ ...again, publishedSince: later(publishedAt, 1000) })
      expect(house.counts().advisories).toBe(2)
    })

    it('does not find an advisory that was never opened', async () => {
      expect(await house.host.read(NOBODYS)).toBeUndefined()
      expect((await endingOf(house.host.accept(NOBODYS))).code).toBe('refused')
    })

    it('does not overwrite somebody else’s change until a person has seen it', async () => {
      const draft = await opened()
      house.edits(draft.ghsa, 'Quillmark reads any file')
      const request = { ...refOf(draft), document: low }
      const refused = await house.host.update({ ...request, seen: draft.revision })
      expect(refused).toMatchObject({
        is: 'changed',
        differences: [
          {
            field: 'summary',
            now: 'Quillmark reads any file',
            ours: 'Quillmark reads files outside the template folder',
          },
        ],
      })
      expect((await house.host.publish({ ...refOf(draft), document: documentOf(), seen: draft.revision })).is).toBe(
        'changed',
      )
      expect((await house.host.update({ ...request, seen: refused.advisory.revision })).is).toBe('done')
    })

    it('accepts a private report, which then is the draft', async () => {
      const ghsa = house.reports()
      const [report] = await house.host.list(REPOSITORY, ['triage'])
      expect(report).toMatchObject({ ghsa, state: 'triage', isReport: true })
      const publication = { ...refOf({ ghsa }), document: documentOf(), seen: report?.revision ?? '' }
      expect((await endingOf(house.host.publish(publication))).code).toBe('refused')
      expect(await house.host.accept(refOf({ ghsa }))).toMatchObject({ ghsa, state: 'draft' })
      expect(await house.host.accept(refOf({ ghsa }))).toMatchObject({ ghsa, state: 'draft' })
      expect(house.counts().advisories).toBe(1)
    })

    it('requests a CVE id once, and does not count its arrival as a change', async () => {
      const draft = await opened()
      expect(await house.host.requestCve(refOf(draft))).toEqual({ is: 'requested' })
      expect(await house.host.requestCve(refOf(draft))).toEqual({ is: 'requested' })
      house.assigns(draft.ghsa, 'CVE-1900-0042')
      expect(await house.host.requestCve(refOf(draft))).toEqual({ is: 'assigned', cve: 'CVE-1900-0042' })
      expect(house.counts().cveRequests).toBe(1)
      const changed = await house.host.update({ ...refOf(draft), document: low, seen: draft.revision })
      expect(changed).toMatchObject({ is: 'done', advisory: { cve: 'CVE-1900-0042' } })
    })

    it('finds a draft again if the answer to opening it was lost, but not a draft that is already in our log', async () => {
      house.losesNextAnswer()
      expect((await endingOf(opened())).code).toBe('unknown')
      const { ghsa } = await opened(true)
      expect(house.counts().advisories).toBe(1)
      expect((await opened(true, [ghsa])).ghsa).not.toBe(ghsa)
    })

    it('recognises after a lost answer that the change and the publication happened', async () => {
      const draft = await opened()
      const change = { ...refOf(draft), document: low, seen: draft.revision }
      house.losesNextAnswer()
      expect((await endingOf(house.host.update(change))).code).toBe('unknown')
      const { is, advisory } = await house.host.update(change)
      expect(is).toBe('done')
      house.losesNextAnswer()
      const publication = { ...refOf(draft), document: low, seen: advisory.revision }
      expect((await endingOf(house.host.publish(publication))).code).toBe('unknown')
      expect((await house.host.publish(publication)).is).toBe('done')
    })

    it('refuses a document that it cannot publish', async () => {
      const request = { repository: REPOSITORY, document: '{"summary":""}', known: [], lookUp: false }
      expect((await endingOf(house.host.open(request))).code).toBe('refused')
      expect(house.counts().advisories).toBe(0)
    })

    it('says when it cannot be reached', async () => {
      await house.leaves()
      expect((await endingOf(opened())).code).toBe('unreachable')
      expect((await endingOf(house.host.list(REPOSITORY, ['draft']))).code).toBe('unreachable')
    })
  })
}
