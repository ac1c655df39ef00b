import { describe, expect, it } from 'vitest'
import { lookBack, MessageId } from '../src/index.ts'
import type { PersonRequest } from '../src/index.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario } from './scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const retro: PersonRequest = { verb: 'retro', case: CASE, rootCause: 'names were joined before they were checked' }
const disclosed = () => {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  scenario.now = RELEASE
  scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
  return scenario
}

describe('looking back', () => {
  it('collects what happened, in its order, and how the promises were kept', () => {
    const scenario = disclosed()
    const seen = lookBack(scenario.policy, scenario.world, scenario.log)
    expect(seen?.timeline.map(({ what }) => what)).toEqual([
      'came in',
      'acknowledged',
      'severity rated',
      'decided what it is',
      'accepted',
      'patch submitted',
      'patch verified',
      'fix ready',
      'pre-notification approved',
      'embargo over',
      'published',
    ])
    expect(seen?.promises.map(({ said, due, at }) => [said, at !== undefined && at <= due])).toEqual([
      ['acknowledged', true],
      ['valid or not', true],
      ['fix ready', true],
      ['disclosed', true],
    ])
    expect(seen).toMatchObject({ cwe: 'CWE-22', waivers: [], nearMisses: [] })
  })

  it('names the mails that came back, and not those that were late', () => {
    const scenario = new Scenario().untilPatch()
    const mail = scenario.effects.find((effect) => effect.kind === 'send-mail' && effect.letter === 'acknowledgment')
    if (mail?.kind !== 'send-mail') throw new Error('nobody is mailed')
    const { letter, to, id: effect } = mail
    for (const [kind, status] of [
      ['delayed', '4.4.1'],
      ['hard', '5.1.1'],
    ] as const)
      scenario.does({
        verb: 'record-bounce',
        case: CASE,
        of: CASE,
        effect,
        letter,
        to,
        kind,
        status,
        message: MessageId.parse(`bounce-${kind}`),
      })
    expect(lookBack(scenario.policy, scenario.world, scenario.log)?.nearMisses.map(({ what }) => what)).toEqual([
      'a mail came back (acknowledgment): no such mailbox is there (5.1.1)',
    ])
  })

  it('names the near misses', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    scenario.does(
      { verb: 'patch-submit', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' },
      person(ben),
    )
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(lookBack(scenario.policy, scenario.world, scenario.log)?.nearMisses.map(({ what }) => what)).toEqual([
      'a ready fix was taken back: main',
      'an approval became void: The patch for main has no verification.',
    ])
  })
})

describe('a retrospective', () => {
  it('is recorded once for the same words, and a better one takes its place', () => {
    const scenario = disclosed()
    expect(scenario.does(retro, person(ana))).toEqual(['RetrospectiveRecorded'])
    expect(scenario.does(retro, person(ben))).toEqual([])
    expect(scenario.does({ ...retro, change: 'names are checked by a type' }, person(ben))).toEqual([
      'RetrospectiveRecorded',
    ])
    expect(scenario.world.case?.retrospective).toMatchObject({ change: 'names are checked by a type' })
  })

  it('is refused while nothing is over', () => {
    expect(new Scenario().untilReady().refused(retro, person(ana))).toMatchObject({
      gate: 'fits-the-stage',
      because: 'The case is neither public nor closed, so there is nothing to look back on yet.',
    })
  })
})
