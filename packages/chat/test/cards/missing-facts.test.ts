import { describe, expect, it } from 'vitest'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const RANGE = 'Nobody has named the affected versions of main: /cvd triage affects main yes VERSIONS'
const VERSION = 'Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION'
const WORKAROUND = 'Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"'

/** The facts that a card asks for. */
const asksFor = ({ fallback }: { readonly fallback: string }): readonly string[] =>
  fallback
    .split('\n')
    .map((line) => line.replace(/^⚠ /u, ''))
    .filter((line) => line.startsWith('Nobody has named') || line.startsWith('Nobody has written'))

/** A case that is ready to be published, without any optional fact. */
const bare = () => untilReady(new SmallHouse(), { affects: 'main' })

/** Records that the vulnerability is public, because then every way to publish is allowed. */
async function isPublic(house: SmallHouse): Promise<SmallHouse> {
  await house.asks(ana, 'signal', 'public https://forum.example/1')
  await approved(house)
  return house
}

async function look(house: SmallHouse) {
  return cardOf(await house.asks(ben, 'approve', press(await house.lastCard('approval'), 'Look and approve').input))
}

const approved = async (house: SmallHouse) => house.asks(ben, 'approve', press(await look(house), 'Approve').input)

describe('facts that the texts could state and nobody has entered', () => {
  it.each([
    ['prenotify', 'pre-notification', '2026-06-09', [RANGE, VERSION, WORKAROUND], bare],
    ['disclose', 'publication', '', [RANGE, VERSION, WORKAROUND], async () => isPublic(await bare())],
    ['disclose', 'interim advisory', 'interim', [RANGE, WORKAROUND], async () => isPublic(await bare())],
  ])(
    'are asked for before “%s” (%s) is asked, in the question itself, and before the second approval',
    async (verb, title, input, missing, given) => {
      const house = await given()
      const preview = cardOf(await house.asks(ana, verb, input))
      expect(preview.title).toContain(title)
      expect(asksFor(preview)).toEqual(missing)
      await house.asks(ana, verb, press(preview, 'Ask the second person').input)
      expect(asksFor(await house.lastCard('approval'))).toEqual(missing)
      expect(asksFor(await look(house))).toEqual(missing)
    },
  )

  it('can be entered with the command as it is printed, and earlier entries stay', async () => {
    const house = await bare()
    await house.asks(ana, 'triage.affects', 'main yes < 4.3')
    await house.asks(ana, 'triage.affects', 'main yes --fixed-version 4.3')
    await house.asks(ana, 'advisory', '--workaround "Set include to no."')
    expect(house.state().branches[0]).toMatchObject({ range: '< 4.3', fixedVersion: '4.3' })
    expect(house.state().advisory).toEqual({
      component: 'the template loader',
      impact: 'By naming a template, an attacker may read files.',
      workaround: 'Set include to no.',
    })
    expect(asksFor(cardOf(await house.asks(ana, 'prenotify', '2026-06-09')))).toEqual([])
    expect(house.now).toBeLessThan(RELEASE)
  })

  it('include a CVE id if there is to be one', async () => {
    const [project] = policyOf().projects
    if (project === undefined) throw new Error('no project')
    const house = await untilReady(
      new SmallHouse({ policy: { ...policyOf(), projects: [{ ...project, cve: 'form' }] } }),
    )
    await isPublic(house)
    const asked = 'Nobody has requested a CVE id: /cvd cve request'
    expect(cardOf(await house.asks(ana, 'disclose')).fallback).toContain(asked)
    await house.asks(ana, 'cve', 'request')
    expect(cardOf(await house.asks(ana, 'disclose')).fallback).not.toContain(asked)
    await house.asks(ana, 'cve', 'request https://cna.example/7')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/asked for, .*: hxxps:\/\/cna\.example\/7/)
  })

  it('are not asked for before a question that has nothing to do with a text', async () => {
    const house = await bare()
    await house.asks(ana, 'signal', 'public https://forum.example/1')
    expect(asksFor(await look(house))).toEqual([])
  })
})
