import { CaseId, CveId, EffectId, instant } from '@embargo/core'
import type { AdvisoryDifference, AdvisoryHost, Delivery, HostedAdvisory } from '@embargo/engine'
import { repositoryAt } from '@embargo/github'
import { quillmark } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { createGitHubAdvisories } from './github-advisory.ts'

const GHSA = 'GHSA-2222-3333-4444'
const LINK = `https://github.com/quillmark/quillmark/security/advisories/${GHSA}`
const OURS = { summary: 'Path traversal', description: 'By naming a template an attacker may read files.' }

type Change = Partial<Pick<HostedAdvisory, 'state' | 'isReport' | 'summary' | 'cve'>>

/** A stand-in for GitHub that has at most one advisory. `calls` lists what was done to the advisory. */
function host(there?: Change, differences: readonly AdvisoryDifference[] = []) {
  const calls: string[] = []
  let advisory: HostedAdvisory | undefined =
    there === undefined
      ? undefined
      : {
          ghsa: GHSA,
          state: 'draft',
          link: LINK,
          ...OURS,
          isReport: false,
          createdAt: instant(0),
          revision: 'r1',
          ...there,
        }
  const changed = (call: string, change: Partial<HostedAdvisory>): HostedAdvisory => {
    calls.push(call)
    if (advisory === undefined) throw new Error('nothing is there')
    advisory = { ...advisory, ...change }
    return advisory
  }
  const port: Pick<AdvisoryHost, 'read' | 'open' | 'accept' | 'update' | 'publish' | 'requestCve'> = {
    read: async () => advisory,
    async open({ lookUp }) {
      calls.push(`open, ${lookUp ? 'after a search' : 'blindly'}`)
      advisory ??= {
        ghsa: GHSA,
        state: 'draft',
        link: LINK,
        ...OURS,
        isReport: false,
        createdAt: instant(0),
        revision: 'r1',
      }
      return advisory
    },
    accept: async () => changed('accept', { state: 'draft' }),
    async requestCve() {
      calls.push('request')
      return { is: 'requested' }
    },
    async update({ seen = 'nothing' }) {
      if (advisory === undefined || differences.length === 0)
        return { is: 'done', advisory: changed(`update ${seen}`, { ...OURS, revision: 'r2' }) }
      calls.push(`compare with ${seen}`)
      return { is: 'changed', advisory, differences }
    },
    publish: async ({ seen }) => ({ is: 'done', advisory: changed(`publish ${seen}`, { state: 'published' }) }),
  }
  return { port, calls }
}

function delivery(opened?: string): Delivery & { readonly lookUp: boolean } {
  const [project] = quillmark('team', {}).projects
  if (project === undefined) throw new Error('there is no project')
  return {
    effect: EffectId.parse('effect'),
    step: 'github-advisory',
    case: CaseId.parse('SEC-2026-0001'),
    project: { ...project, repository: 'https://github.com/quillmark/quillmark' },
    documents: [{ name: 'ghsa', text: JSON.stringify(OURS) }],
    versions: [],
    startedAt: instant(0),
    lookUp: false,
    ...(opened === undefined ? {} : { opened }),
  }
}

const target = ({ port }: ReturnType<typeof host>) =>
  createGitHubAdvisories(port, (address) => repositoryAt(address, 'https://api.github.com'))

describe('the advisory at GitHub', () => {
  it('is searched for, opened and published where the case has none', async () => {
    const at = host()
    expect(await target(at).deliver(delivery())).toEqual({ is: 'done', link: LINK, evidence: GHSA, mark: 'r1' })
    expect(at.calls).toEqual(['open, after a search', 'publish r1'])
  })

  it('is corrected after its publication if nobody else has changed it', async () => {
    const at = host({ state: 'published' })
    const correction = { ...delivery(LINK), former: 'r1', correction: {} }
    expect(await target(at).deliver(correction)).toMatchObject({ is: 'done', mark: 'r2' })
    expect(at.calls).toEqual(['update r1'])
  })

  it('that an earlier attempt published is not published again', async () => {
    const at = host({ state: 'published' })
    expect(await target(at).deliver({ ...delivery(), lookUp: true })).toMatchObject({ is: 'done', link: LINK })
    expect(at.calls).toEqual(['open, after a search'])
  })

  it('is the private report that the case came from, accepted and with the approved words', async () => {
    const at = host({ state: 'triage', isReport: true, summary: 'I found a hole' })
    expect(await target(at).deliver({ ...delivery(LINK), seen: 'r0' })).toMatchObject({ is: 'done' })
    expect(at.calls).toEqual(['accept', 'update r0', 'publish r2'])
  })

  it('is a private report of which an earlier version did not store what it saw', async () => {
    const at = host({ state: 'triage', isReport: true, summary: 'I found a hole' })
    expect(await target(at).deliver(delivery(LINK))).toMatchObject({ is: 'done' })
    expect(at.calls).toEqual(['accept', 'update r1', 'publish r2'])
  })

  it('that somebody else changed is not overwritten, and each field is shown with what was approved', async () => {
    const at = host({}, [
      { field: 'severity', now: 'critical', ours: 'high' },
      { field: 'weaknesses', now: '', ours: 'CWE-22' },
      { field: 'description', now: 'One line.\nAnother line.', ours: 'One line.' },
      { field: 'state', now: 'published', ours: 'published' },
    ])
    const result = await target(at).deliver(delivery(LINK))
    expect(at.calls).toEqual(['compare with nothing'])
    expect(result).toEqual({
      is: 'changed',
      because: `The advisory at GitHub differs from what was approved (severity, weaknesses, description, state), because somebody else changed it. Embargo overwrote nothing. Open ${LINK} and enter what was approved. Then try again, or publish it there and record the link. severity: “critical”, approved “high”. weaknesses: “nothing”, approved “CWE-22”. description: “Another line.”, approved “nothing”. state: “published”.`,
    })
  })

  it.each(['closed', 'withdrawn'] as const)('that is %s needs a person', async (state) => {
    await expect(target(host({ state })).deliver(delivery(LINK))).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a CVE id of GitHub', () => {
  const of = (at: ReturnType<typeof host>, asks: boolean, opened = LINK) =>
    target(at).cveOf?.({ project: delivery().project, opened, asks })

  it('is asked for once the report is accepted', async () => {
    const at = host({ state: 'triage', isReport: true })
    expect(await of(at, true)).toBeUndefined()
    expect(at.calls).toEqual(['accept', 'request'])
  })

  it('is read and not asked for again', async () => {
    const at = host({ state: 'draft' })
    expect(await of(at, false)).toBeUndefined()
    expect(at.calls).toEqual([])
    const cve = CveId.parse('CVE-1900-0042')
    expect(await of(host({ state: 'published', cve }), false)).toBe(cve)
  })

  it('that the advisory has already is taken, and none is asked for', async () => {
    const cve = CveId.parse('CVE-1900-0042')
    const at = host({ state: 'draft', cve })
    expect(await of(at, true)).toBe(cve)
    expect(at.calls).toEqual(['accept'])
  })

  it('is refused if GitHub does not show the advisory, or the link is of none', async () => {
    await expect(of(host(), false)).rejects.toMatchObject({ code: 'refused' })
    await expect(of(host({}), true, 'https://quillmark.example/draft')).rejects.toMatchObject({ code: 'refused' })
  })
})
