import { ReportId } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, mailBytes } from '../house.ts'
import type { House } from '../house.ts'
import { submit, PATCH, submitPatch, passTime } from '../story.ts'
import { ONE, SAM, TWO } from '../two-cases.ts'
import { autocrypt, keyedHouse, keyOf, openLastMail, rea, waitingMail, sendProtectedMail } from './keyed-house.ts'

const FIRST = ReportId.parse(`${CASE}/r1`)
const WEEKS = 21 * 24 * 60 * 60 * 1_000
const sams = await keyOf('Sam', SAM)

/**
 * A case with two reports: the first came unencrypted, the second encrypted. The first reporter is to check a patch.
 */
async function patched(): Promise<House> {
  const at = await keyedHouse()
  const { house } = at
  await house.receive({ envelopeFrom: SAM }, mailBytes({ from: `Sam <${SAM}>`, subject: 'A hole' }))
  await sendProtectedMail(at, { carries: rea })
  await house.drain()
  const { em } = await house.caseState()
  const end = em.is === 'active' ? em.end : 'none'
  await submit(house, 'ana', { verb: 'triage.duplicate', case: TWO, of: ONE, end })
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
  await submitPatch(house, PATCH)
  await house.drain()
  return house
}

const verification = ({ branches: [main] }: CaseState) =>
  main?.fix?.is === 'submitted' ? main.fix.verification : undefined
const patchesTo = (house: House, address: string): number =>
  house.relay.mails.filter(
    ({ envelopeTo, raw }) => envelopeTo === address && Buffer.from(raw).toString().includes('main.patch'),
  ).length

/** The Reply-To address of our first mail to Sam, whose report came unencrypted. */
const replyAddress = (house: House): string =>
  house.relay.mails
    .filter(({ envelopeTo }) => envelopeTo === SAM)
    .map(({ raw }) => /^Reply-To:\s+<?([^>\s]+)>?/mu.exec(Buffer.from(raw).toString())?.[1] ?? '')[0] ?? ''

async function again(house: House): Promise<void> {
  const { effect } = waitingMail(await house.caseState())
  await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
  await house.drain()
}

describe('the patch of a vulnerability that somebody reported encrypted', () => {
  it('is not sent readable to another reporter, and no reminder says that it was', async () => {
    const house = await patched()
    expect(verification(await house.caseState())).toMatchObject({ of: 'reporter', report: FIRST })
    expect(patchesTo(house, SAM)).toBe(0)
    expect(waitingMail(await house.caseState()).because).toBe(
      'Another report of this vulnerability came encrypted, and no key of the reporter who gets this mail is known, so this mail could be read on its way. Ask the reporter for a key in another way, or use "key plain" to allow unencrypted mail. Then send this mail again.',
    )
    const before = house.relay.mails.length
    await passTime(house, WEEKS)
    await house.drain()
    const later = house.relay.mails.slice(before).map(({ raw }) => Buffer.from(raw).toString())
    expect(later.join('')).not.toContain('Did you have time')
  })

  it('is sent once a person has allowed that it can be read', async () => {
    const house = await patched()
    await submit(house, 'ana', { verb: 'key.plain', case: CASE, report: FIRST })
    await again(house)
    expect(patchesTo(house, SAM)).toBe(1)
  })

  it('is sent encrypted once the reporter’s key is known', async () => {
    const house = await patched()
    const to = replyAddress(house)
    const headers = [autocrypt(sams, SAM)]
    await house.receive({ to, envelopeFrom: SAM }, mailBytes({ from: `Sam <${SAM}>`, to, headers, subject: 'My key' }))
    await again(house)
    expect(patchesTo(house, SAM)).toBe(0)
    expect((await openLastMail(house, sams)).attachments.map(({ name }) => name)).toContain('SEC-2026-0001-main.patch')
  })
})
