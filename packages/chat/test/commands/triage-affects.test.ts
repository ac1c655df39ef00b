import { describe, expect, it } from 'vitest'
import { ana, policyOf } from '../fixtures/policy.ts'
import { cardOf, SmallHouse } from '../fixtures/small-house.ts'

const NOTE = 'The versions are kept as a note: machine-readable records need a range, such as >= 4.0, < 4.2.7.'

function packaged(): SmallHouse {
  const policy = policyOf()
  const packages = [
    { ecosystem: 'npm', name: 'quillmark' },
    { ecosystem: 'npm', name: '@quillmark/cli' },
  ]
  return new SmallHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, packages })) } })
}

async function triaged(house = packaged()): Promise<SmallHouse> {
  await house.opens().asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  return house
}

describe('/triage affects', () => {
  it.each([
    ['main >= 4.0, < 4.2.7', 'main is affected.'],
    ['main introduced 4.0, fixed 4.2.7', 'main is affected.'],
    ['main no', 'main is not affected.'],
    ['main all of 4.x', `main is affected. ${NOTE}`],
    ['main >= 4.0, < 4.2.7 --package @quillmark/cli', '@quillmark/cli in main is affected.'],
    ['main --package quillmark --fixed-version 4.2.7 >= 4.0, < 4.2.7', 'quillmark in main is affected.'],
  ])('with “%s” answers “%s”', async (input, answer) => {
    const house = await triaged()
    expect(cardOf(await house.asks(ana, 'triage.affects', input)).fallback).toContain(answer)
  })

  it('takes back a branch or a package that was named by mistake', async () => {
    const house = await triaged()
    await house.asks(ana, 'triage.affects', 'main < 4.2.7')
    await house.asks(ana, 'triage.affects', 'main < 1.9 --package quillmark')
    const answer = async (typed: string) => cardOf(await house.asks(ana, 'triage.affects', typed)).fallback
    expect(await answer('main remove --package quillmark')).toContain(
      'What was recorded about quillmark in main is removed.',
    )
    expect(house.state().branches).toMatchObject([{ name: 'main', range: '< 4.2.7' }])
    expect(await answer('main remove')).toContain('What was recorded about main is removed.')
    expect(house.state().branches).toEqual([])
  })

  it('takes nothing back in a list of branches', async () => {
    const house = packaged()
    await house.opens().asks(ana, 'ack')
    const answer = await house.asks(ana, 'triage', 'valid high --affects "main remove"')
    expect(JSON.stringify(answer)).toContain('In a list of branches, “remove” does not work.')
  })

  it('says in the channel which package is affected', async () => {
    const house = await triaged()
    await house.asks(ana, 'triage.affects', 'main >= 4.0, < 4.2.7 --package @quillmark/cli')
    expect(house.state().branches).toMatchObject([
      { name: 'main', packages: [{ package: 'npm/@quillmark/cli', affected: true, range: '>= 4.0, < 4.2.7' }] },
    ])
  })

  it('takes packages of several branches in /triage, between quotes', async () => {
    const house = packaged()
    await house.opens().asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high --affects "main >= 4.0, < 4.2.7; 4.2 --package quillmark < 4.2.6"')
    expect(house.state().branches).toMatchObject([
      { name: 'main', range: '>= 4.0, < 4.2.7' },
      { name: '4.2', packages: [{ package: 'npm/quillmark', affected: true, range: '< 4.2.6' }] },
    ])
  })
})
