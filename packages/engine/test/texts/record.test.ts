import { describe, expect, it } from 'vitest'
import { CveId } from '@embargo/core'
import type { PersonRequest, Policy, TwoPersonVerb } from '@embargo/core'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { RECORD_FORMATS, RELEASE_TEXTS } from '../../src/index.ts'
import type { RecordFormat } from '../../src/index.ts'
import { submit, previewOf, untilReady } from '../story.ts'

const LINK = 'https://github.com/quillmark/quillmark/security/advisories/GHSA-2222-3333-4444'

type Project = Policy['projects'][number]

function house(targets: Project['targets'] = { versions: 'off' }): House {
  const policy = policyOf()
  const product = {
    packages: [{ ecosystem: 'npm', name: 'quillmark' }],
    vendor: 'Quillmark maintainers',
    publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
    cve: 'form' as const,
    targets,
  }
  return createHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) } })
}

type TwoPersonRequest = Extract<PersonRequest, { verb: TwoPersonVerb }>

async function bothSay(of: House, request: TwoPersonRequest): Promise<void> {
  const preview = async (asked: TwoPersonRequest | { readonly verb: 'approve'; readonly case: typeof CASE }) => {
    const { digest, blob } = previewOf(await of.engine.commands.preview(asked, of.clock.now()))
    return { digest, blob }
  }
  await submit(of, 'ana', { ...request, shown: await preview(request) })
  const approval = { verb: 'approve', case: CASE } as const
  await submit(of, 'ben', { ...approval, shown: await preview(approval) })
}

async function documentOf({ engine }: House, format: RecordFormat) {
  const world = await engine.queries.world(CASE)
  const written = world === undefined ? undefined : engine.texts.record(world, format)
  if (written === undefined) throw new Error('the case is open')
  return written
}

const lacking = async (of: House): Promise<readonly (readonly [RecordFormat, readonly string[]])[]> =>
  Promise.all(
    RECORD_FORMATS.map(async (format) => {
      const written = await documentOf(of, format)
      return [format, written.ok ? [] : written.missing.map(({ name }) => name)] as const
    }),
  )

describe('the record of a case', () => {
  it('can be asked for from the first mail on, and says what each format lacks', async () => {
    const of = house()
    await of.receive()
    expect(await lacking(of)).toEqual([
      ['csaf', ['an affected branch', 'the impact']],
      ['csaf-vex', ['an affected branch', 'the impact']],
      ['osv', ['an affected branch', 'the impact']],
      ['openvex', ['an affected branch']],
      ['cve', ['the CVE id', 'the impact', 'an affected branch', 'the public link of the advisory']],
      ['ghsa', ['an affected branch', 'the impact', 'a severity']],
      ['markdown', ['the impact', 'a severity']],
    ])
  })

  it('says long before the day what the documents at the targets lack, and which of them', async () => {
    const of = house()
    await of.receive()
    const gapsOf = async ({ engine }: House) => {
      const world = await engine.queries.world(CASE)
      return world === undefined ? [] : engine.texts.formatGaps(world)
    }
    expect(await gapsOf(of)).toEqual([])
    const policy = of.engine.policy.policy
    const targets = { files: 'publish', github: 'prepare' } as const
    const projects = policy.projects.map((one) => ({
      ...one,
      publisher: undefined,
      repository: 'https://github.com/quillmark/quillmark',
      targets,
    }))
    const withTargets = createHouse({ policy: { ...policy, projects } })
    await withTargets.receive()
    const ofFiles = ['OSV record', 'OpenVEX document', 'CSAF advisory', 'CSAF VEX document']
    const [osv, openvex, ...csaf] = ofFiles
    expect((await gapsOf(withTargets)).map(({ name, formats }) => [name, formats])).toEqual([
      ['an affected branch', ['advisory at GitHub', ...ofFiles]],
      ['the impact', ['advisory at GitHub', 'advisory in Markdown', osv, ...csaf]],
      ['a severity', ['advisory at GitHub', 'advisory in Markdown']],
      ['the publisher of the project in the policy', [openvex, ...csaf]],
    ])
    await untilReady(of)
    expect(await gapsOf(of)).toEqual([])
  })

  it('says after the triage already that a project which is its own CNA names no vendor', async () => {
    const { policy } = house({ cve: 'publish', versions: 'off' }).engine.policy
    const projects = policy.projects.map(({ vendor: _vendor, ...one }) => ({ ...one, cve: 'own' as const }))
    const of = createHouse({ policy: { ...policy, projects } })
    await of.receive()
    await submit(of, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    const world = await of.engine.queries.world(CASE)
    expect(world === undefined ? [] : of.engine.texts.formatGaps(world)).toContainEqual({
      name: 'the vendor of the project in the policy',
      source: 'policy',
      formats: ['CVE record'],
    })
  })

  it('names no id of a test instance, and neither does a text or a mail', async () => {
    const of = house()
    await untilReady(of)
    const world = async () => {
      const found = await of.engine.queries.world(CASE)
      if (found === undefined) throw new Error('the case is open')
      return found
    }
    const written = async (): Promise<string> => {
      const { texts } = of.engine
      const all = [
        ...(await Promise.all(RECORD_FORMATS.map((format) => documentOf(of, format)))),
        ...(await Promise.all(RELEASE_TEXTS.map(async (name) => texts.releaseText(await world(), name)))),
      ]
      return all.map((one) => (one?.ok === true ? one.document : '')).join('\n')
    }
    const set = { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') } as const
    await submit(of, 'ana', { ...set, reserved: { test: true } })
    await of.drain()
    const mails = of.relay.mails.map(({ raw }) => new TextDecoder().decode(raw)).join('\n')
    expect(`${await written()}${mails}`).not.toContain('CVE-1900-0042')
    await submit(of, 'ana', { verb: 'cve.reject', case: CASE, reason: 'It is from a test instance.' })
    await submit(of, 'ana', set)
    expect(await written()).toContain('CVE-1900-0042')
  })

  it('does not lack a fixed version that was named with a patch, although nobody has checked the patch', async () => {
    const of = house({ files: 'publish' })
    await of.receive()
    const branch = { case: CASE, branch: 'main', affected: true, range: '< 4.3' } as const
    await submit(of, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await submit(of, 'ana', { verb: 'advisory', case: CASE, component: 'the loader', impact: 'Files are read.' })
    const gaps = async () => {
      const world = await of.engine.queries.world(CASE)
      return world === undefined ? [] : of.engine.texts.formatGaps(world).map(({ name }) => name)
    }
    await submit(of, 'ana', { verb: 'triage.affects', ...branch })
    expect(await gaps()).toEqual(['a fixed version of npm/quillmark, or a workaround'])
    await submit(of, 'ana', { verb: 'triage.affects', ...branch, fixedVersion: '4.3' })
    expect(await gaps()).toEqual([])
  })

  it('is a draft with the versions of the branch and the id of the advisory at GitHub', async () => {
    const of = house()
    await untilReady(of)
    await submit(of, 'ana', { verb: 'done.advisory-opened', case: CASE, link: LINK })
    const written = await documentOf(of, 'osv')
    expect(written).toMatchObject({ ok: true, isPublished: false })
    const text = written.ok ? written.document : ''
    expect(JSON.parse(text)).toMatchObject({
      id: 'x_quillmark-SEC-2026-0001',
      aliases: ['GHSA-2222-3333-4444'],
      affected: [
        {
          package: { ecosystem: 'npm', name: 'quillmark' },
          ranges: [{ events: [{ introduced: '0' }, { fixed: '4.3' }] }],
        },
      ],
      database_specific: { draft: true },
    })
    // The advisory at GitHub is still a draft, so no record links to it.
    expect(text).not.toContain(LINK)
    expect(await lacking(of)).toContainEqual(['cve', ['the CVE id', 'the public link of the advisory']])
  })

  it('is no draft once it is published, and names a late CVE id and the public advisory', async () => {
    const of = house()
    await untilReady(of)
    await bothSay(of, { verb: 'signal.public', case: CASE, link: 'https://forum.example/1' })
    expect((await documentOf(of, 'markdown')).isPublished).toBe(false)
    await bothSay(of, { verb: 'disclose', case: CASE })
    await of.drain()
    await submit(of, 'ana', { verb: 'done.advisory-published', case: CASE, link: LINK })
    await submit(of, 'ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') })
    expect((await lacking(of)).filter(([, missing]) => missing.length > 0)).toEqual([])
    const written = await documentOf(of, 'cve')
    expect(written).toMatchObject({ ok: true, isPublished: true })
    expect(JSON.parse(written.ok ? written.document : '')).toMatchObject({
      cnaContainer: {
        datePublic: new Date(of.clock.now()).toISOString(),
        references: [{ url: LINK, tags: ['vendor-advisory'] }],
        source: { discovery: 'EXTERNAL' },
      },
    })
  })
})
