import { PersonId, ReportId } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { parse } from '@embargo/mail'
import { expect, it } from 'vitest'
import { createHouse, mailBytes } from '../house.ts'
import type { House } from '../house.ts'
import { submit, PATCH, replyTo } from '../story.ts'
import { FIRST, ONE, policy, REA, SAM, submitPatchOf, TWO } from '../two-cases.ts'

const ben = PersonId.parse('ben')

async function reports(house: House, id: CaseId, reporter: string): Promise<void> {
  const from = `Somebody <${reporter}>`
  await house.receive({ envelopeFrom: reporter }, mailBytes({ from, subject: `About ${reporter}` }))
  await submit(house, 'ana', { verb: 'ack', case: id })
  await house.drain()
}

async function accepts(house: House, id: CaseId): Promise<void> {
  await submit(house, 'ana', { verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  await submit(house, 'ana', { verb: 'triage.affects', case: id, branch: 'main', affected: true })
}

const caseOf = async (house: House, id: CaseId) => {
  const state = await house.engine.queries.state(id)
  if (state?.kind !== 'case') throw new Error('no case')
  return state
}

async function merges(house: House): Promise<void> {
  const ends = await Promise.all([ONE, TWO].map(async (id) => (await caseOf(house, id)).em))
  const end = Math.min(...ends.map((em) => (em.is === 'active' ? em.end : Infinity)))
  const found = ends.flatMap((em) => (em.is === 'active' && em.end === end ? [em.end] : []))[0]
  await submit(house, 'ana', { verb: 'triage.duplicate', case: TWO, of: ONE, end: found ?? 'none' })
  await house.drain()
}

const to = async (house: House, reporter: string) =>
  Promise.all(
    house.relay.mails
      .filter(({ envelopeTo }) => envelopeTo === reporter)
      .map(async ({ raw }) => {
        const { subject, text } = await parse(raw)
        return { subject, text: text.replaceAll(/\s+/gu, ' ') }
      }),
  )

it('tells the other reporters that one of them writes the patch, and sends them the patch when it is ready', async () => {
  const house = createHouse({ policy })
  await reports(house, ONE, REA)
  const mine = replyTo(house)
  await reports(house, TWO, SAM)
  await merges(house)
  const report = ReportId.parse(`${ONE}/r1`)
  await accepts(house, ONE)
  await house.receive({ to: mine }, mailBytes({ to: mine, body: 'I write it.' }))
  const message = (await caseOf(house, ONE)).messages.at(-1)?.message
  if (message === undefined) throw new Error('no answer')
  await submit(house, 'ana', {
    verb: 'log-answer',
    case: ONE,
    message,
    answer: { about: 'patch-offer', willing: true },
  })
  await submit(house, 'ana', { verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] })
  const { blob, sha256 } = await house.engine.commands.putBlob(ONE, new TextEncoder().encode(PATCH))
  const author = { kind: 'reporter', report } as const
  await submit(house, 'ben', { verb: 'patch', case: ONE, blob, sha256, fileName: 'fix.patch', author })
  await house.drain()
  const [who, patch] = (await to(house, SAM)).slice(-2)
  expect(who).toMatchObject({
    subject: `[${ONE}] Who writes the patch`,
    text: expect.stringContaining('Another person who reported the problem writes the patch, for the branch main.'),
  })
  expect(patch?.subject).toBe(`[${ONE}] Please check the fix`)
  expect((await to(house, REA)).at(-1)?.subject).toBe(`[${ONE}] You write the patch`)
})

it('sends the ready patch to a reporter who comes with another case', async () => {
  const house = createHouse({ policy })
  await reports(house, ONE, REA)
  await reports(house, TWO, SAM)
  for (const id of [ONE, TWO]) {
    await accepts(house, id)
    await submit(house, 'ana', { verb: 'assign-patch', case: id, to: ben, branches: [] })
  }
  await submitPatchOf(house, FIRST, PATCH)
  await house.drain()
  const before = (await to(house, REA)).length
  await merges(house)
  expect((await to(house, SAM)).map(({ subject }) => subject).slice(-2)).toEqual([
    `[${ONE}] Another person reported the same problem`,
    `[${ONE}] Please check the fix`,
  ])
  expect((await to(house, REA)).slice(before).map(({ subject }) => subject)).toEqual([
    `[${ONE}] Another person reported the same problem`,
  ])
})
