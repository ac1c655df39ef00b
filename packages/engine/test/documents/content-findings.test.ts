import { outlook } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { bothSayYes, does, RELEASE, shown, untilReady } from '../story.ts'

/** The policy with another name of the project, which every text repeats. */
function named(name: string): Policy {
  const policy = policyOf()
  return {
    ...policy,
    projects: policy.projects.map((one) => ({ ...one, name, targets: { files: 'publish' as const } })),
  }
}

const WRONG = 'Quillmark (see SEC-2025-0007)'

async function asksToPrenotify(house: House) {
  const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
  const { digest, blob } = shown(await house.engine.commands.preview(request, house.clock.now()))
  return house.ask('ana', { ...request, shown: { digest, blob } })
}

describe('the check of all texts and documents', () => {
  it('stops a pre-notification by a line that nobody typed into the case, shows the line, and says so as the next step', async () => {
    const house = createHouse({ policy: named(WRONG) })
    await untilReady(house)
    const answer = await asksToPrenotify(house)
    expect(answer).toMatchObject({
      ok: false,
      refusal: {
        gate: 'wording',
        because: expect.stringMatching(
          /^In the advisory in Markdown of SEC-2026-0001: It says "# Path traversal in Quillmark \(see SEC-2025-0007\)", which names another case\. There are \d+ more findings\.$/u,
        ),
      },
    })
    const world = await house.engine.queries.world(CASE)
    expect(world && outlook(house.engine.policy.policy, world, house.clock.now())?.next).toEqual({
      action: `correct the advisory in Markdown of ${CASE}, or publish it as it is with a waiver`,
      owner: 'Ana',
      verb: 'waive',
      waives: 'wording',
    })
  })

  it('lets two people pass it with a reason', async () => {
    const house = createHouse({ policy: named(WRONG) })
    await untilReady(house)
    await bothSayYes(house, { verb: 'waive', case: CASE, rule: 'wording', reason: 'The case is public.' })
    expect((await asksToPrenotify(house)).ok).toBe(true)
  })

  it('finds nothing in what is made from the case alone', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilReady(house)
    expect((await house.engine.queries.world(CASE))?.findings).toEqual([])
  })

  it('looks again when the case has changed', async () => {
    const house = createHouse({ policy: named('Quillmark') })
    await untilReady(house)
    await house.engine.queries.world(CASE)
    await does(house, 'ana', {
      verb: 'advisory',
      case: CASE,
      component: 'the template loader',
      impact: 'Rea@reporter.example found that files are read.'.toLowerCase(),
    })
    expect((await house.engine.queries.world(CASE))?.findings?.map(({ because }) => because)).toContain(
      'It names rea@reporter.example, who did not agree to that.',
    )
  })

  it('does not take a recipient for a secret who is called like the project', async () => {
    const policy = named('north Linux')
    const house = createHouse({ policy })
    await untilReady(house)
    expect((await house.engine.queries.world(CASE))?.findings).toEqual([])
  })
})
