import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CaseId, CveId, DAY, later } from '@embargo/core'
import type { PolicySource } from '@embargo/core'
import { expect, it } from 'vitest'
import { startHouse } from './publication-house.ts'
import { ANNOUNCE, CASE, CVE, RELEASE, VERSION } from './publication-policy.ts'
import { untilDisclosed, untilFixed, untilPrenotified, WAIT } from './publication-steps.ts'

const CNA = 'cve@root.example'
const INK = CaseId.parse('INK-2026-0001')
const INK_CVE = CveId.parse('CVE-1900-2001')
const INK_ANNOUNCE = 'announce@inkwell.example'
const INKWELL: PolicySource['projects'][number] = {
  id: 'inkwell',
  prefix: 'INK',
  name: 'Inkwell',
  address: 'security@inkwell.example',
  announce: INK_ANNOUNCE,
  cve: 'other',
  cna: { address: CNA },
  packages: [{ ecosystem: 'npm', name: 'inkwell' }],
  vendor: 'Inkwell maintainers',
  publisher: { name: 'Inkwell Security', namespace: 'https://inkwell.example' },
  targets: { versions: 'publish', files: 'publish' },
}

it('a foundation publishes two projects on one day, and each record comes from the CNA of its project', async () => {
  await using house = await startHouse({ others: [INKWELL] })
  const { cve, files, program, registry, relay, requestAndApprove, submit } = house
  const inkRelease = async () => (await program.engine.queries.world(INK))?.release
  await untilPrenotified(house, {
    meanwhile: async () => {
      await submit('ana', { verb: 'open', case: INK, project: 'inkwell' })
      await untilFixed(house, { case: INK, fixedVersion: '1.2.0', component: 'the ink loader' })
      await submit('ana', { verb: 'confirm', case: INK, fixed: true })
      await submit('ana', { verb: 'cve.request', case: INK })
      await submit('ana', { verb: 'cve.set', case: INK, cve: INK_CVE })
      await requestAndApprove({ verb: 'prenotify', case: INK, at: RELEASE })
      await expect.poll(async () => (await inkRelease())?.headsUpAt, WAIT).toBeDefined()
    },
  })
  registry.versions.add(VERSION)
  registry.versions.add('/inkwell/1.2.0')
  for (const id of [CASE, INK]) await requestAndApprove({ verb: 'disclose', case: id })
  await untilDisclosed(house, RELEASE)
  await expect.poll(async () => (await inkRelease())?.disclosedAt, WAIT).toBe(RELEASE)

  // Only the project that is its own CNA publishes a record at CVE Services.
  expect([...cve.service.records.keys()]).toEqual([CVE])
  expect([...cve.service.ids.keys()]).toEqual([CVE])
  const osv = (name: string): unknown => JSON.parse(readFileSync(join(files, `osv/${name}.json`), 'utf8'))
  expect(osv(`x_quillmark-${CASE}`)).toMatchObject({ aliases: expect.arrayContaining([CVE]) })
  expect(osv(`x_inkwell-${INK}`)).toMatchObject({ aliases: [INK_CVE] })
  const lists = readFileSync(join(files, 'csaf/index.txt'), 'utf8')
  for (const id of [CASE, INK]) expect(lists).toContain(`2026/${id.toLowerCase()}.json`)
  const announced = relay.mails.filter((mail) => mail.header('subject').includes(' fixes '))
  expect(announced.map((mail) => mail.envelopeTo.join()).toSorted()).toEqual([INK_ANNOUNCE, ANNOUNCE])
  const [ofInkwell] = announced.filter((mail) => mail.envelopeTo.includes(INK_ANNOUNCE))
  expect(ofInkwell?.text).toContain(INK_CVE)
  expect(ofInkwell?.text).not.toContain(CVE)

  // The other CNA publishes its record eight days later. Until then, people are reminded each week.
  const publishedAt = async (id: CaseId) => {
    const state = await program.engine.queries.state(id)
    return state?.kind === 'case' ? state.cve?.publishedAt : undefined
  }
  expect([await publishedAt(CASE), await publishedAt(INK)]).toEqual([RELEASE, undefined])
  house.clock.moveTo(later(RELEASE, 8 * DAY))
  await expect
    .poll(async () => {
      const events = await program.engine.queries.history(INK)
      return events.some(({ event }) => event.type === 'ReminderDue' && event.clock === 'publish-cve')
    }, WAIT)
    .toBe(true)
  await submit('ana', { verb: 'cve.published', case: INK, link: `https://www.cve.org/CVERecord?id=${INK_CVE}` })
  expect(await publishedAt(INK)).toBe(later(RELEASE, 8 * DAY))
}, 240_000)
