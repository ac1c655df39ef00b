import { scoreOf } from '../check/vectors.ts'
import { WITHOUT_CVSS } from '../limits.ts'
import type { Platform } from '../platform.ts'
import type { Advisory, Repository } from '../state.ts'
import { account, API, forkOf, iso, simpleRepository, SITE } from './repository.ts'

/** An advisory in the form of the schema `repository-advisory` in GitHub's API description. */
export function presentAdvisory(
  platform: Platform,
  {
    repository,
    advisory,
    version,
  }: { readonly repository: Repository; readonly advisory: Advisory; readonly version: string },
): object {
  const { ghsa, cve, publishedAt, closedAt } = advisory
  const path = `${repository.owner}/${repository.name}`
  const user = (login: string): object => account(platform.account(login))
  const v3 = scored(advisory.vectors.v3)
  return {
    ghsa_id: ghsa,
    cve_id: cve ?? null,
    url: `${API}/repos/${path}/security-advisories/${ghsa}`,
    html_url: `${SITE}/${path}/security/advisories/${ghsa}`,
    summary: advisory.summary,
    description: advisory.description,
    severity: advisory.severity ?? null,
    author: user(advisory.author),
    publisher: advisory.publisher === undefined ? null : user(advisory.publisher),
    identifiers: [{ type: 'GHSA', value: ghsa }, ...(cve === undefined ? [] : [{ type: 'CVE', value: cve }])],
    state: advisory.state,
    created_at: iso(advisory.createdAt),
    updated_at: iso(advisory.updatedAt),
    published_at: publishedAt === undefined ? null : iso(publishedAt),
    closed_at: closedAt === undefined ? null : iso(closedAt),
    withdrawn_at: advisory.state === 'withdrawn' ? iso(advisory.updatedAt) : null,
    submission: advisory.accepted === undefined ? null : { accepted: advisory.accepted },
    vulnerabilities: advisory.vulnerabilities.map((one) => ({
      package: { ecosystem: one.ecosystem, name: one.name },
      vulnerable_version_range: one.range,
      patched_versions: one.patched,
      vulnerable_functions: one.functions,
    })),
    ...(version < WITHOUT_CVSS && { cvss: v3 ?? { vector_string: null, score: null } }),
    cvss_severities: { cvss_v3: v3 ?? null, cvss_v4: scored(advisory.vectors.v4) ?? null },
    cwes: advisory.cwes.map((id) => ({ cwe_id: id, name: `Weakness ${id}` })),
    cwe_ids: advisory.cwes,
    credits: advisory.credits,
    credits_detailed: advisory.credits.map(({ login, type }) => ({ user: user(login), type, state: 'pending' })),
    collaborating_users: advisory.collaborators.map(user),
    collaborating_teams: [],
    private_fork: advisory.fork === undefined ? null : simpleRepository(platform, forkOf(repository, advisory.fork)),
  }
}

const scored = (vector: string | undefined) =>
  vector === undefined ? undefined : { vector_string: vector, score: scoreOf(vector) ?? null }
