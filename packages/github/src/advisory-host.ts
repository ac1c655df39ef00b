import type { AdvisoryChange, AdvisoryHost, AdvisoryRef, AdvisoryState, HostedAdvisory } from '@embargo/engine'
import type { RepositoryRef } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import { z } from 'zod'
import { namingCredits } from './credited-accounts.ts'
import { Advisory, creditsFor, foreignChanges, hasContent, hasTexts, hasVector, hostedAdvisory } from './advisory.ts'
import type { Client, GitHubAccess } from './client.ts'
import { createClient } from './client.ts'
import type { Instant } from '@embargo/core'
import { bodyOf, readDocument } from './document.ts'
import type { Document } from './document.ts'

const ADVISORIES = '/repos/{owner}/{repo}/security-advisories'
const ONE = `${ADVISORIES}/{ghsa_id}`

/** The states that GitHub accepts as a filter for a list of advisories. */
const LISTED: readonly AdvisoryState[] = ['triage', 'draft', 'published', 'closed']

/**
 * GitHub's repository security advisories: https://docs.github.com/rest/security-advisories/repository-advisories. The
 * returned object opens a connection for each call, so the object need not be closed.
 */
export function createGitHub(access: GitHubAccess): AdvisoryHost {
  const client = createClient(access)

  const find = ({ repository, ghsa }: AdvisoryRef): Promise<Advisory | undefined> =>
    client.find(Advisory, { kind: 'read', repository, route: `GET ${ONE}`, parameters: { ghsa_id: ghsa } })

  async function need(ref: AdvisoryRef): Promise<Advisory> {
    const found = await find(ref)
    if (found === undefined)
      throw new OutsideError('refused', `GitHub has no advisory ${ref.ghsa}, or does not show it to us.`)
    return found
  }

  const patch = ({ repository, ghsa }: AdvisoryRef, body: object): Promise<Advisory> =>
    client.call(Advisory, {
      kind: 'write',
      repository,
      route: `PATCH ${ONE}`,
      parameters: { ghsa_id: ghsa, ...body },
    })

  return {
    async read(ref) {
      const found = await find(ref)
      return found === undefined ? undefined : hostedAdvisory(found)
    },

    async list(repository, states) {
      const found = await listIn(client, repository, states)
      return found.map(hostedAdvisory)
    },

    async open({ repository, document: text, lookUp, ...search }) {
      const document = readDocument(text)
      const earlier = lookUp ? await openedBefore(client, { repository, document, ...search }) : undefined
      if (earlier !== undefined) return unchanged(earlier, document)
      const parameters = { ...bodyOf(document, { removesVector: false }) }
      const route = `POST ${ADVISORIES}`
      const write = () => client.call(Advisory, { kind: 'write', repository, route, parameters })
      return hostedAdvisory(await namingCredits(client, { repository, credits: document.credits }, write))
    },

    async update({ document: text, seen, ...ref }) {
      const document = readDocument(text)
      const now = await need(ref)
      if (hasContent(now, document)) return done(now)
      const differences = foreignChanges(now, { document, seen })
      if (differences.length > 0) return { is: 'changed', advisory: hostedAdvisory(now), differences }
      const removesVector = document.cvss_vector_string === undefined && hasVector(now)
      const credits = creditsFor(now, document)
      const body = bodyOf({ ...document, credits }, { removesVector })
      const { repository } = ref
      return done(await namingCredits(client, { repository, credits }, () => patch(ref, body)))
    },

    async accept(ref) {
      const now = await need(ref)
      return hostedAdvisory(now.state === 'triage' ? await patch(ref, { state: 'draft' }) : now)
    },

    async requestCve(ref) {
      const { cve_id: cve } = await need(ref)
      if (cve !== null) return { is: 'assigned', cve }
      const { repository, ghsa } = ref
      const route = `POST ${ONE}/cve`
      // GitHub does not show whether an id was requested already, but it refuses a second request.
      await client.find(
        z.unknown(),
        { kind: 'write', repository, route, parameters: { ghsa_id: ghsa } },
        ({ status, message }) => status === 422 && /already/iu.test(message),
      )
      return { is: 'requested' }
    },

    async publish({ document, seen, ...ref }) {
      const now = await need(ref)
      if (now.state === 'published') return done(now)
      const differences = foreignChanges(now, { document: readDocument(document), seen })
      if (differences.length > 0) return { is: 'changed', advisory: hostedAdvisory(now), differences }
      if (now.state !== 'draft')
        throw new OutsideError(
          'refused',
          `The advisory ${ref.ghsa} is ${now.state} at GitHub, so it cannot be published.`,
        )
      return done(await patch(ref, { state: 'published' }))
    },
  }
}

const done = (advisory: Advisory): AdvisoryChange => ({ is: 'done', advisory: hostedAdvisory(advisory) })

/**
 * Returns the advisory that an earlier try opened, and that was found by its summary and description. A draft in which
 * somebody has changed other fields is not used.
 *
 * @throws OutsideError with the fields that differ, and what to do
 */
function unchanged(advisory: Advisory, document: Document): HostedAdvisory {
  const fields = foreignChanges(advisory, { document }).map(({ field }) => field)
  if (advisory.state === 'published' || fields.length === 0) return hostedAdvisory(advisory)
  throw new OutsideError(
    'refused',
    `A draft at GitHub has the summary and description of this advisory, but differs in: ${fields.join(', ')}. It was not overwritten: ${advisory.html_url}. Make these fields the same there and try again, or publish the draft there and record its link.`,
  )
}

async function listIn(
  client: Client,
  repository: RepositoryRef,
  states: readonly AdvisoryState[],
): Promise<readonly Advisory[]> {
  const found: Advisory[] = []
  for (const state of states.filter((one) => LISTED.includes(one))) {
    const parameters = { state, sort: 'created', direction: 'asc' }
    found.push(...(await client.all(Advisory, { kind: 'read', repository, route: `GET ${ADVISORIES}`, parameters })))
  }
  return found.toSorted((a, b) => a.created_at - b.created_at)
}

/** Two cases of one release may have the same texts, but not the same CVE id. */
const hasSameCve = ({ cve_id: there }: Advisory, { cve_id: cve }: Document): boolean =>
  typeof cve !== 'string' || cve === there

/**
 * Searches for the advisory that an earlier try opened. If GitHub's answer to that try got lost, the advisory has our
 * texts, but its id is not in `known`.
 */
async function openedBefore(
  client: Client,
  {
    repository,
    document,
    known,
    publishedSince: since,
  }: {
    readonly repository: RepositoryRef
    readonly document: Document
    readonly known: readonly string[]
    readonly publishedSince?: Instant
  },
): Promise<Advisory | undefined> {
  const listed = await listIn(client, repository, since === undefined ? ['draft'] : ['draft', 'published'])
  const isOld = ({ published_at: at }: Advisory): boolean => at !== null && (since === undefined || at < since)
  const unknown = listed.filter((one) => !known.includes(one.ghsa_id) && !isOld(one))
  const [found, other] = unknown.filter((one) => hasTexts(one, document) && hasSameCve(one, document))
  if (other !== undefined)
    throw new OutsideError(
      'refused',
      'Several advisories at GitHub have the text of this one. Look at them there, publish one, and record its link.',
    )
  return found
}
