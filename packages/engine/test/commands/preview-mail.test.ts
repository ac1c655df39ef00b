import type { CaseId, CaseState, ReportId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createHouse, mailBytes } from '../house.ts'
import type { House } from '../house.ts'
import { keyedHouse, rea, sendProtectedMail } from '../keys/keyed-house.ts'
import { submit, previewReply, RELEASE, previewOf, untilReady } from '../story.ts'
import { ONE, SAM, TWO } from '../two-cases.ts'

async function caseOf(house: House, id: CaseId): Promise<CaseState> {
  const state = await house.engine.queries.state(id)
  if (state?.kind !== 'case') throw new Error('there is no case')
  return state
}

/** A case with the encrypted report of one reporter and the readable report of another. */
async function mixed(): Promise<{ readonly house: House; readonly encrypted: ReportId; readonly plain: ReportId }> {
  const at = await keyedHouse()
  const { house } = at
  await sendProtectedMail(at, { carries: rea })
  await house.receive({ envelopeFrom: SAM }, mailBytes({ from: `Sam <${SAM}>`, subject: 'The same hole' }))
  await house.drain()
  const { em } = await caseOf(house, ONE)
  const end = em.is === 'active' ? em.end : 'none'
  await submit(house, 'ana', { verb: 'triage.duplicate', case: TWO, of: ONE, end })
  const [encrypted, plain] = (await caseOf(house, ONE)).reports.map(({ id }) => id)
  if (encrypted === undefined || plain === undefined) throw new Error('the reports are not in one case')
  return { house, encrypted, plain }
}

describe('the preview of a reply', () => {
  it('warns if it would be readable on its way although another report came encrypted', async () => {
    const { house, encrypted, plain } = await mixed()
    expect(await previewReply(house, 'Which version?', { case: ONE, report: plain })).toEqual({ isReadable: true })
    expect(await previewReply(house, 'Which version?', { case: ONE, report: encrypted })).toEqual({ isReadable: false })
    expect((await caseOf(house, ONE)).lastReply).toBeUndefined()
  })
})

describe('the preview of mails that two people approve', () => {
  const of = async (house: House) =>
    previewOf(
      await house.engine.commands.preview({ verb: 'prenotify', case: ONE, at: RELEASE }, house.clock.now()),
    ).sections.flatMap(({ mail, text }) =>
      mail === undefined
        ? []
        : [{ to: mail.to, readable: mail.readable, warns: text.startsWith('⚠ This mail is not encrypted') }],
    )

  it('warns of each that would be readable although the report came encrypted', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await untilReady(at.house)
    expect(await of(at.house)).toEqual([
      { to: 'security@north.example', readable: true, warns: true },
      { to: 'security@south.example', readable: true, warns: true },
      { to: 'announce@quillmark.example', readable: undefined, warns: false },
    ])
  })

  it('does not warn if no report came encrypted', async () => {
    const house = createHouse()
    await untilReady(house)
    expect((await of(house)).some(({ readable, warns }) => readable === true || warns)).toBe(false)
  })
})
