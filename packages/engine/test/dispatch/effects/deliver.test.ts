import { CveId, HOUR, isoInstant, MINUTE, TARGET_NAMES } from '@embargo/core'
import type { DocumentStepId, Policy, Project, ReleaseState, TargetName } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { DispatchContext } from '../../../src/dispatch/context.ts'
import { createFakeTarget } from '../../fakes/fake-target.ts'
import { CASE, createHouse, policyOf } from '../../house.ts'
import type { House } from '../../house.ts'
import { keyedHouse } from '../../keys/keyed-house.ts'
import { requestAndApprove, submit, RELEASE, previewOf, passTime, untilReady } from '../../story.ts'

const PUBLISH = { versions: 'publish', github: 'publish', files: 'publish', cve: 'publish' } as const
const LINK = 'https://quillmark.example/by-hand'

function describing(targets: NonNullable<Policy['projects'][number]['targets']> = PUBLISH): Policy {
  const policy = policyOf()
  const product = {
    packages: [{ ecosystem: 'npm', name: 'quillmark' }],
    repository: 'https://github.com/quillmark/quillmark',
    vendor: 'Quillmark maintainers',
    publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
    cve: 'own' as const,
    targets,
  }
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) }
}

type Targets = ReturnType<typeof targetsOf>

function targetsOf() {
  const of = (target: TargetName) => createFakeTarget(target)
  return { versions: of('versions'), github: of('github'), files: of('files'), cve: of('cve') }
}

const performing = (targets: Targets): Partial<DispatchContext> => ({
  targets: new Map(TARGET_NAMES.map((name) => [name, targets[name]])),
})

/** Performs everything, including what waits for a later try. */
async function drains(house: House, targets: Targets): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    house.machine.ms += 20 * MINUTE
    await house.drain(['slack', 'mail', ...TARGET_NAMES], performing(targets))
  }
}

async function prenotified(house: House, cve?: CveId): Promise<void> {
  await untilReady(house)
  await submit(house, 'ana', { verb: 'cve.request', case: CASE })
  if (cve !== undefined) await submit(house, 'ana', { verb: 'cve.set', case: CASE, cve })
  await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
}

/** Plays a case until its publication is approved. The first step of the publication has not begun. */
async function approved(targets = PUBLISH as Parameters<typeof describing>[0], cve?: CveId) {
  const house = createHouse({ policy: describing(targets) })
  const outside = targetsOf()
  await prenotified(house, cve)
  await submit(house, 'ana', { verb: 'done.advisory-opened', case: CASE, link: `${LINK}/draft` })
  await drains(house, outside)
  house.clock.moveTo(RELEASE)
  await requestAndApprove(house, { verb: 'disclose', case: CASE })
  house.relay.mails.splice(0)
  return { house, outside }
}

const release = async (house: House): Promise<ReleaseState> => {
  const found = (await house.engine.queries.world(CASE))?.release
  if (found === undefined) throw new Error('there is no release')
  return found
}

/** The bytes of an armored signature, in hexadecimal digits. They contain the fingerprint of the key that signed. */
const packetOf = (armored: string): string =>
  Buffer.from(/\n\n([^=-]+)/u.exec(armored)?.[1] ?? '', 'base64')
    .toString('hex')
    .toUpperCase()

const readers = (house: House): readonly string[] => house.relay.mails.map(({ envelopeTo }) => envelopeTo)
const NOBODY = { others: new Map() }
const OSS_SECURITY = 'oss-security@lists.example'
const ANNOUNCE = 'announce@quillmark.example'

describe('a document of a publication', () => {
  it('is shown before the approval, with what is left out and why', async () => {
    const house = createHouse({ policy: describing({ ...PUBLISH, github: 'prepare' }) })
    await prenotified(house)
    await house.drain()
    house.clock.moveTo(RELEASE)
    const { sections, documents } = previewOf(
      await house.engine.commands.preview({ verb: 'disclose', case: CASE }, house.clock.now()),
    )
    expect(documents.map(({ step, mode }) => `${mode} ${step}`)).toEqual([
      'publish fixed-versions',
      'prepare github-advisory',
      'publish file-tree',
      'publish records',
    ])
    const text = (title: string) => sections.find((one) => one.title.startsWith(title))?.text
    expect(text('Fixed versions public')).toBe('Looks for npm quillmark 4.3.')
    expect(sections.map(({ title }) => title)).toContain('Advisory at GitHub, SEC-2026-0001: a person does it')
    expect(text('Advisory at GitHub')).toContain('"summary":')
    expect(text('Records')).toContain('osv/x_quillmark-SEC-2026-0001.json:')
    // The last step writes the page again, with the links.
    const page = sections.filter((one) => one.text.includes('advisories/2026/SEC-2026-0001.md:'))
    expect(page.map(({ title }) => title)).toEqual(['Advisory in the file tree, SEC-2026-0001'])
  })

  it('is left out by name in the preview if its data is missing, and the others are published', async () => {
    const policy = describing()
    const projects = policy.projects.map(({ publisher: _publisher, vendor: _vendor, ...one }) => one)
    const house = createHouse({ policy: { ...policy, projects } })
    await prenotified(house, CveId.parse('CVE-1900-0042'))
    await house.drain()
    house.clock.moveTo(RELEASE)
    const { sections } = previewOf(
      await house.engine.commands.preview({ verb: 'disclose', case: CASE }, house.clock.now()),
    )
    const text = (title: string) => sections.find((one) => one.title.startsWith(title))?.text
    const lacks = 'nobody entered the publisher of the project in the policy'
    for (const format of ['OpenVEX document', 'CSAF advisory', 'CSAF VEX document'])
      expect(text('Records')).toContain(`Left out. No ${format}: ${lacks}`)
    expect(sections.map((one) => one.text).join('\n')).toContain(
      'Leaves out the CVE record of SEC-2026-0001: the policy does not name the vendor of the project. Write `vendor` in the policy.',
    )
    const outside = targetsOf()
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await drains(house, outside)
    // The announcement does not wait for a record that cannot be written.
    expect(readers(house)).toContain(ANNOUNCE)
    expect([...outside.files.published.keys()]).toEqual([
      'advisories/2026/SEC-2026-0001.md',
      'osv/x_quillmark-SEC-2026-0001.json',
    ])
    expect(outside.cve.calls).toEqual([])
  })

  it('is not a CVE record before the file of the advisory is public, if there is no advisory at GitHub', async () => {
    const { house, outside } = await approved({ ...PUBLISH, github: 'off' }, CveId.parse('CVE-1900-0042'))
    outside.files.fates.push('refused')
    await drains(house, outside)
    await passTime(house, 15 * MINUTE)
    await drains(house, outside)
    expect([readers(house).includes(ANNOUNCE), outside.cve.calls]).toEqual([true, []])
    await submit(house, 'ana', { verb: 'settle.step', case: CASE, step: 'file-tree', outcome: 'again' })
    await drains(house, outside)
    expect(outside.cve.calls).toHaveLength(1)
  })

  it('goes to each target in order, and its link is the evidence', async () => {
    const { house, outside } = await approved()
    await drains(house, outside)
    const { steps, disclosedAt } = await release(house)
    expect(steps.map(({ step, evidence }) => `${step}: ${evidence}`).slice(0, 4)).toEqual([
      'fixed-versions: https://versions.example/SEC-2026-0001',
      'github-advisory: https://github.example/SEC-2026-0001',
      'file-tree: https://files.example/SEC-2026-0001',
      'records: https://files.example/SEC-2026-0001',
    ])
    expect(disclosedAt).toBe(house.clock.now())
    expect(outside.github.calls).toMatchObject([{ opened: `${LINK}/draft`, lookUp: false }])
    expect([...outside.files.published.keys()]).toEqual([
      'advisories/2026/SEC-2026-0001.md',
      'osv/x_quillmark-SEC-2026-0001.json',
      'vex/SEC-2026-0001.json',
      'csaf/2026/sec-2026-0001.json',
      'csaf/2026/sec-2026-0001-vex.json',
    ])
    // The page is written again, with the links that did not exist when it was first written.
    expect(outside.files.calls.at(-1)?.documents.at(-1)?.name).toBe('advisories/2026/SEC-2026-0001.md')
    expect(outside.files.published.get('osv/x_quillmark-SEC-2026-0001.json')).toContain(
      'https://github.example/SEC-2026-0001',
    )
  })

  it('is signed with the key of the project, if the policy says where readers fetch it, once for all attempts', async () => {
    const policy = describing()
    const projects = policy.projects.map((one) => ({
      ...one,
      publisher: {
        name: 'Quillmark Security',
        namespace: 'https://quillmark.example',
        key: 'https://quillmark.example/key.asc',
      },
    }))
    const { house, own } = await keyedHouse({ policy: { ...policy, projects } })
    const outside = targetsOf()
    await prenotified(house)
    await drains(house, outside)
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    outside.files.fates.push({ is: 'done', evidence: 'the first step' }, 'unreachable')
    await drains(house, outside)
    const [, first, second] = outside.files.calls
    expect(second?.documents).toEqual(first?.documents)
    expect(second?.signingKey).toEqual({ url: 'https://quillmark.example/key.asc', fingerprint: own.fingerprint })
    const text = (wanted: string) => second?.documents.find(({ name }) => name === wanted)?.text ?? ''
    for (const signed of ['csaf/2026/sec-2026-0001.json', 'csaf/2026/sec-2026-0001-vex.json']) {
      expect(text(signed)).not.toBe('')
      expect(packetOf(text(`${signed}.asc`))).toContain(own.fingerprint)
    }
  })

  it('is looked up after a lost answer, and not published twice', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('lost')
    await drains(house, outside)
    expect(outside.github.calls.map(({ lookUp }) => lookUp)).toEqual([false, true])
    expect(outside.github.published.size).toBe(1)
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
  })

  it('has the same bytes at a later try', async () => {
    const { house, outside } = await approved()
    outside.files.fates.push('unreachable')
    await house.drain(['versions', 'github', 'files'], performing(outside))
    await submit(house, 'ana', { verb: 'done.advisory-published', case: CASE, link: LINK })
    house.wait(MINUTE)
    await drains(house, outside)
    const [first, second] = outside.files.calls
    expect(second?.documents).toEqual(first?.documents)
  })

  it('waits for a person if it cannot be looked up, or somebody else changed what is there', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('lost', { is: 'unknown', because: 'Nobody can tell.' })
    await drains(house, outside)
    expect((await release(house)).parked).toMatchObject([
      { step: 'github-advisory', case: CASE, doubt: true, because: 'Nobody can tell.' },
    ])
    // Recipients do not wait for the step with the unknown outcome. The public announcement waits a while for that
    // step.
    expect(readers(house)).toEqual(['security@north.example', 'security@south.example'])
    await passTime(house, 15 * MINUTE)
    await drains(house, outside)
    expect(readers(house)).toContain(ANNOUNCE)
  })

  it('is tried again when a person names its step', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push({ is: 'changed', because: 'Somebody else wrote there.' })
    await drains(house, outside)
    expect((await release(house)).parked).toMatchObject([{ step: 'github-advisory', doubt: false }])
    await submit(house, 'ana', { verb: 'settle.step', case: CASE, step: 'github-advisory', outcome: 'again' })
    await drains(house, outside)
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
    expect(outside.github.published.size).toBe(1)
  })

  it('that a target refuses holds announcement and oss-security for at most 15 minutes, and recipients not at all', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('refused')
    await drains(house, outside)
    expect(readers(house)).toEqual(['security@north.example', 'security@south.example'])
    await passTime(house, 15 * MINUTE)
    await drains(house, outside)
    expect(readers(house)).toEqual(expect.arrayContaining([ANNOUNCE, OSS_SECURITY]))
    await submit(house, 'ana', { verb: 'done.step', case: CASE, step: 'github-advisory', link: LINK })
    await drains(house, outside)
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
    expect(readers(house).filter((to) => to === ANNOUNCE)).toHaveLength(1)
  })

  it('waits for the fixed versions, however long they take', async () => {
    const { house, outside } = await approved()
    outside.versions.fates.push(...Array.from({ length: 12 }, () => ({ is: 'later', because: 'Not there.' }) as const))
    await drains(house, outside)
    await passTime(house, HOUR)
    expect(outside.github.calls).toEqual([])
    expect(readers(house)).toEqual([])
    await drains(house, outside)
    expect(readers(house)).toContain(ANNOUNCE)
  })

  it('is dated with the time at which the fixed versions were seen to be public, in every format and mail', async () => {
    const { house, outside } = await approved()
    outside.versions.fates.push(...Array.from({ length: 3 }, () => ({ is: 'later', because: 'Not there.' }) as const))
    house.machine.ms += 20 * MINUTE
    await house.drain(['versions', 'github', 'files', 'mail'], performing(outside))
    const printed = async () => house.engine.texts.record((await house.engine.queries.world(CASE)) ?? NOBODY, 'osv')
    const row = async () => (await house.engine.queries.cases({ limit: 1 })).rows[0]
    expect(await row()).toMatchObject({ stage: 'publishing' })
    expect((await printed())?.isPublished).toBe(false)
    await passTime(house, 26 * HOUR)
    const seenAt = house.clock.now()
    await drains(house, outside)
    expect(await row()).toMatchObject({ stage: 'disclosed', summary: { disclosedAt: seenAt } })
    const text = (name: string) => outside.files.published.get(name) ?? ''
    const iso = isoInstant(seenAt)
    expect(JSON.parse(text('osv/x_quillmark-SEC-2026-0001.json'))).toMatchObject({ published: iso })
    expect(JSON.parse(text('csaf/2026/sec-2026-0001.json'))).toMatchObject({
      document: { tracking: { initial_release_date: iso } },
      vulnerabilities: [{ release_date: iso }],
    })
    expect(text('advisories/2026/SEC-2026-0001.md')).toContain('| Published | Wed 13 May 2026 |')
    expect((await printed())?.isPublished).toBe(true)
    const announced = house.relay.mails.find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    expect(new TextDecoder().decode(announced?.raw)).toContain('13 May published')
  })

  it('waits while the release is on hold, and goes on when two people say so', async () => {
    const { house, outside } = await approved()
    await submit(house, 'ana', { verb: 'hold', case: CASE, reason: 'the patch breaks login' })
    await drains(house, outside)
    await passTime(house, HOUR)
    expect(outside.versions.calls).toEqual([])
    await requestAndApprove(house, { verb: 'hold.off', case: CASE })
    await drains(house, outside)
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
  })

  it('is not published again if a person published it by hand meanwhile, or skipped the step', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('unreachable')
    await house.drain(['versions', 'github'], performing(outside))
    await submit(house, 'ana', { verb: 'done.step', case: CASE, step: 'github-advisory', link: LINK })
    await submit(house, 'ana', {
      verb: 'settle.step',
      case: CASE,
      step: 'file-tree',
      outcome: 'withdrawn',
      reason: 'the server is down',
    })
    await drains(house, outside)
    expect(outside.github.calls).toHaveLength(1)
    expect([...outside.files.published.keys()]).not.toContain('advisories/2026/SEC-2026-0001.md')
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
  })

  it('of a skipped step is not published by a later correction, which has its own documents', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('unreachable')
    await house.drain(['versions', 'github'], performing(outside))
    const left = {
      verb: 'settle.step',
      case: CASE,
      step: 'github-advisory',
      outcome: 'withdrawn',
      reason: 'down',
    } as const
    await submit(house, 'ana', left)
    await house.drain(['mail', 'files'], performing(outside))
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
    const changes = { impact: 'By naming a template an attacker may read some files.' }
    await requestAndApprove(house, { verb: 'correct', case: CASE, reason: 'Only some.', changes, tell: 'nobody' })
    await drains(house, outside)
    const [first, ...others] = outside.github.calls
    expect(first?.documents[0]?.text).not.toContain('some files')
    expect(others.map(({ documents }) => documents[0]?.text.includes('some files'))).toEqual([true])
    expect((await release(house)).steps.every(({ doneAt }) => doneAt !== undefined)).toBe(true)
  })

  it('waits in a process that has no such target, and parks nothing', async () => {
    const { house } = await approved()
    await house.drain()
    expect((await release(house)).parked).toEqual([])
  })

  it.each<readonly [DocumentStepId, TargetName, Partial<Project>]>([
    ['github-advisory', 'github', { name: 'Inkwell' }],
    ['file-tree', 'files', { contact: 'others@quillmark.example' }],
    ['cve-record', 'cve', { vendor: 'Others' }],
    ['records', 'files', { osvPrefix: 'PSF' }],
  ])('is not published under another policy than it was approved under (%s)', async (step, target, change) => {
    const { house, outside } = await approved(PUBLISH, CveId.parse('CVE-1900-0042'))
    const [project] = describing().projects
    if (project === undefined) throw new Error('there is no project')
    const changed = createHouse({
      policy: { ...describing(), projects: [{ ...project, ...change }] },
      hash: 'b',
      store: house.engine.deps,
    })
    changed.clock.moveTo(house.clock.now())
    await drains(changed, outside)
    expect((await release(changed)).parked.flatMap((one) => one.step ?? [])).toEqual([step])
    expect(outside.versions.calls).toHaveLength(1)
    expect(outside[target].calls.map((call) => call.step)).not.toContain(step)
  })

  it('does not name a CVE id that arrives while it is being published, and neither do the mails', async () => {
    const { house, outside } = await approved()
    outside.github.fates.push('unreachable')
    await house.drain(['versions', 'github'], performing(outside))
    await submit(house, 'ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') })
    await drains(house, outside)
    const texts = house.relay.mails
      .filter(({ envelopeTo }) => envelopeTo === ANNOUNCE || envelopeTo.startsWith('oss-security'))
      .map(({ raw }) => new TextDecoder().decode(raw))
    expect(texts).toHaveLength(2)
    expect([...texts, ...outside.files.published.values()].filter((text) => text.includes('CVE-1900'))).toEqual([])
    expect((await release(house)).parked).toEqual([])
    expect((await release(house)).disclosedAt).toBe(house.clock.now())
  })
})
