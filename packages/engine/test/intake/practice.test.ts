import { CaseId, CommandId, actorOf } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { practiceAddress } from '../../src/index.ts'
import { createHouse, OWN, policyOf } from '../house.ts'
import type { House } from '../house.ts'

const PRACTICE = CaseId.parse('PRACTICE-2026-0001')

async function practised(options: Parameters<typeof createHouse>[0] = {}): Promise<House> {
  const house = createHouse(options)
  await house.receive({ to: practiceAddress(house.engine.deps) ?? OWN })
  return house
}

let calls = 0
async function ask(house: House, request: PersonRequest) {
  const actor = actorOf(house.engine.policy.policy, 'slack', 'UANA')
  const commandId = CommandId.parse(`practice:${(calls += 1)}`)
  const answer = await house.engine.commands.handle({ commandId, actor, at: house.clock.now(), request })
  if (!answer.ok) throw new Error(answer.refusal.because)
  return answer
}

/** Plays the case until the reporter is asked to check the patch. */
async function patched(house: House): Promise<void> {
  await ask(house, { verb: 'ack', case: PRACTICE })
  await ask(house, { verb: 'triage', case: PRACTICE, disposition: 'valid', severity: 'high' })
  const { blob, sha256 } = await house.engine.commands.putBlob(PRACTICE, new TextEncoder().encode('--- a\n+++ b\n'))
  await ask(house, { verb: 'patch', case: PRACTICE, branch: 'main', sha256, blob, fileName: 'practice.patch' })
}

describe('a practice case', () => {
  it('is opened by the address that the program gives to its command line, with a number of its own', async () => {
    const house = await practised()
    const state = await house.engine.queries.state(PRACTICE)
    expect(state).toMatchObject({ id: PRACTICE, practice: true })
    // The first real case still gets the first number.
    await house.receive()
    expect((await house.caseState()).practice).toBeUndefined()
  })

  it('cannot be opened by guessing the address', async () => {
    const house = createHouse()
    await house.receive({ to: OWN.replace('@', '+practice.aaaaaaaaaaaaaaaa@') })
    expect((await house.caseState()).practice).toBeUndefined()
  })

  it('sends nothing through the relay, posts only in the terminal, and gets answers from its invented reporter', async () => {
    const house = await practised({ policy: policyOf({ platforms: ['slack', 'terminal'] }) })
    await patched(house)
    const effects = await house.engine.queries.effects(PRACTICE)
    expect(new Set(effects.map(({ effect }) => effect.capability))).toEqual(new Set(['terminal', 'practice']))
    await house.drain(['slack', 'mail'])
    expect([house.relay.mails, house.chat.posts, [...house.chat.channels]]).toEqual([[], [], []])
    await house.drain(['practice'])
    expect(house.relay.mails).toEqual([])
    // The answer was stored in the spool, and is filed like any other mail.
    await house.receive({ subject: 'A report of somebody else' })
    const state = await house.engine.queries.state(PRACTICE)
    expect(state?.kind === 'case' && state.messages.map(({ from }) => from)).toEqual(['reporter', 'reporter'])
  })

  it('can be published without a relay', async () => {
    const house = await practised({ relayMissing: 'EMBARGO_SMTP_RELAY' })
    await patched(house)
    await ask(house, { verb: 'advisory', case: PRACTICE, component: 'loader', impact: 'Reads files.' })
    const preview = await house.engine.commands.preview({ verb: 'disclose', case: PRACTICE }, house.clock.now())
    expect('mails' in preview && preview.mails?.map(({ letter }) => letter)).toEqual([
      'announcement',
      'oss-security',
      'thanks',
    ])
  })
})
