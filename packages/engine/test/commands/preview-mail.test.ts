import type { CaseId, CaseState, Project, ReportId } from '@embargo/core'
import { createKey, protectMail } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { confirmProjectKey, createProjectKey } from '../../src/keys/project-keys.ts'
import { createHouse, mailBytes, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { does, previewReply } from '../story.ts'
import { ONE, SAM, TWO } from '../two-cases.ts'

const YEAR = 365 * 24 * 60 * 60 * 1_000

const rea = await createKey({ name: 'Rea', address: REPORTER, at: START - YEAR, expiresAt: START + YEAR })

const projectOf = ({ engine }: House): Project => {
  const [project] = engine.policy.policy.projects
  if (project === undefined) throw new Error('the policy has no project')
  return project
}

async function caseOf(house: House, id: CaseId): Promise<CaseState> {
  const state = await house.engine.queries.state(id)
  if (state?.kind !== 'case') throw new Error('there is no case')
  return state
}

/** A case with the encrypted report of one reporter and the readable report of another. */
async function mixed(): Promise<{ readonly house: House; readonly encrypted: ReportId; readonly plain: ReportId }> {
  const house = createHouse()
  await createProjectKey(house.engine.deps, projectOf(house), 'correct horse')
  await confirmProjectKey(house.engine.deps, projectOf(house))
  const [own] = await house.engine.deps.ownKeys.list()
  if (own === undefined) throw new Error('no key')
  const carried = `Autocrypt: addr=${REPORTER}; keydata=${Buffer.from(rea.public).toString('base64')}`
  const sealed = { is: 'encrypted', to: [own.public], signer: rea.secret } as const
  await house.receive({}, await protectMail(mailBytes({ headers: [carried] }), sealed, house.clock.now()))
  await house.receive({ envelopeFrom: SAM }, mailBytes({ from: `Sam <${SAM}>`, subject: 'The same hole' }))
  await house.drain()
  const { em } = await caseOf(house, ONE)
  await does(house, 'ana', {
    verb: 'triage.duplicate',
    case: TWO,
    of: ONE,
    end: em.is === 'active' && em.end !== undefined ? em.end : 'none',
  })
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
