import { DAY, EventId, HOUR, later, MINUTE, Sha256, worldOf } from '@embargo/core'
import type { Instant, World } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { pinnedCard } from '../../src/cards/pinned.ts'
import { nextTyped } from '../../src/views/next-typed.ts'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'
import { PATCH, untilReady } from '../fixtures/until-ready.ts'

const DIGEST = Sha256.parse('d'.repeat(64))

function nextOf(house: SmallHouse) {
  const { policy } = house.engine.policy
  const world = worldOf(CASE, house.states)
  return nextTyped({ policy, world, at: house.engine.now(), viewer: ana, samplePatch: 'sample.patch' })
}

describe('the next line to type', () => {
  it('corrects a sentence that must not become public, and does not publish it', async () => {
    const house = await untilReady()
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'PoC: curl http://127.0.0.1/x | sh' })
    expect(nextOf(house)).toEqual({
      said: 'Ana: write the impact in other words',
      typed: `embargo ${CASE} advisory <component> <impact>`,
    })
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'Files can be read.' })
    expect(nextOf(house)).toMatchObject({ said: 'Ana: pre-notify', confirms: true })
  })

  it('names the branch that waits, if several do', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') })
    house.opens(CASE).wait(HOUR)
    await house.asks(ana, 'triage', 'valid high CWE-22')
    await house.asks(ana, 'affects', 'main < 4.3')
    await house.asks(ana, 'affects', '4.2 < 4.2.7')
    const submits = (branch: string) => house.asks(ana, 'patch', { branch, patch: PATCH, file: 'fix.patch' })
    await submits('main')
    expect(nextOf(house)).toMatchObject({
      said: 'Ana: submit the patch for 4.2',
      typed: expect.stringMatching(/ patch --branch 4\.2 --fixed-in /u),
    })
    await submits('4.2')
    house.wait(30 * DAY)
    expect(nextOf(house)).toMatchObject({
      said: expect.stringContaining('without a check of the patch for main'),
      typed: `embargo ${CASE} waive fix --branch main <reason>`,
    })
  })

  it('shows why the next step is refused, if only a change of the policy would allow it', async () => {
    const made = policyOf('team')
    const policy = {
      ...made,
      prenotification: { ...made.prenotification, lists: [] },
      projects: made.projects.map(({ announce: _announce, ossSecurity: _oss, ...project }) => project),
    }
    const house = await untilReady(new SmallHouse({ policy }))
    expect(nextOf(house)).toEqual({ said: 'Ana: disclose', typed: `embargo ${CASE} status why` })
  })

  it('lets a held release go on', async () => {
    const house = await untilReady()
    await house.asks(ana, 'release plan', '2026-06-09')
    await house.asks(ana, 'hold', 'Look again.')
    expect(nextOf(house)).toMatchObject({ typed: `embargo ${CASE} hold off`, confirms: true })
  })

  it('confirms one patch while the reporter checks another', async () => {
    const house = new SmallHouse()
    house.opens(CASE).wait(HOUR)
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high CWE-22')
    await house.asks(ana, 'affects', 'main < 4.3')
    await house.asks(ana, 'affects', '4.2 < 4.2.7')
    await house.asks(ana, 'assign-patch', '@ben')
    for (const branch of ['main', '4.2']) await house.asks(ben, 'patch', { branch, patch: PATCH, file: 'fix.patch' })
    expect(nextOf(house)).toMatchObject({
      said: expect.stringContaining('confirm the patch for 4.2'),
      typed: expect.stringMatching(/ confirm .*--branch 4\.2/u),
    })
    expect(await house.asks(ana, 'confirm', { branch: '4.2', fixed: 'yes' })).not.toHaveProperty('refusal')
    expect(nextOf(house)?.said).toBe('the reporter: verify the patch for main, by mail')
  })

  it('records the step of a publication that a person does, and nothing is called public before it', async () => {
    const house = await untilPublishing()
    const { policy } = house.engine.policy
    const seen = worldOf(CASE, house.states)
    const during = (doneAt?: Instant, mode: 'prepare' | 'publish' = 'prepare'): World => {
      if (seen.release === undefined) throw new Error('no release')
      const begun = { begunAt: house.now, begunBy: EventId.parse('slack:d1:1') }
      const step = { step: 'fixed-versions', ...begun, ...(doneAt !== undefined && { doneAt }) } as const
      const documents = [{ step: 'fixed-versions', case: CASE, mode, words: DIGEST, policy: DIGEST }] as const
      const deliveries = doneAt === undefined ? [] : [{ step: 'fixed-versions', case: CASE } as const]
      return { ...seen, release: { ...seen.release, documents, deliveries, steps: [step] } }
    }
    const at = house.now
    expect(nextTyped({ policy, world: during(), at, viewer: ana, samplePatch: '' })).toMatchObject({
      said: expect.stringContaining('make the fixed versions public, and record the link'),
      typed: `embargo ${CASE} done fixed-versions <link>`,
    })
    // Embargo looks for the fixed versions first. If it does not find them, a person must do the next step.
    const looked = (at: Instant) =>
      nextTyped({ policy, world: during(undefined, 'publish'), at, viewer: ana, samplePatch: '' })
    expect(looked(at)).toMatchObject({ said: 'Embargo: finish the publication', waits: true })
    expect(looked(later(at, MINUTE))).toMatchObject({
      said: expect.stringContaining('make the fixed versions public, or say where they are'),
      typed: `embargo ${CASE} done fixed-versions <link>`,
    })
    const pinned = (world: World) =>
      JSON.stringify(pinnedCard({ state: house.state(), world, policy, at, platform: 'slack' }))
    expect(pinned(during())).toMatch(/publishing.*Publication waiting since/u)
    expect(pinned(during(at))).toContain('Public since')
    const { release } = during()
    if (release === undefined) throw new Error('no release')
    const corrected = { ...release, correction: { at, case: CASE } }
    expect(pinned({ ...during(), release: corrected })).toMatch(/disclosed.*Public since/u)
  })
})
