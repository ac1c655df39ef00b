import { actorOf, CommandId, PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse } from '../house.ts'
import { submit, previewReply } from '../story.ts'
import { DATE, plannedRelease, TWO } from '../two-cases.ts'
import type { House } from '../house.ts'

const MEGA = 1_000_000

const prenotify = (house: House) =>
  house.engine.commands.preview({ verb: 'prenotify', case: TWO, at: DATE }, house.clock.now())

describe('a mail that is too large for the relay', () => {
  it('is refused at the preview of a pre-notification, with what to do', async () => {
    let limit = MEGA
    const house = await plannedRelease({ mailSizeLimit: async () => limit })
    const shown = await prenotify(house)
    if ('gate' in shown) throw new Error(shown.because)
    limit = 15_000
    const refused = await prenotify(house)
    if (!('gate' in refused)) throw new Error('it was not refused')
    expect(refused.because).toMatch(
      /^A mail would be too large for the relay: “.+” has about \d\d kB, and the relay accepts 15 kB\./u,
    )
    expect(refused.liftedBy.map(({ who, verb }) => [who, verb])).toEqual([
      ['the operator', undefined],
      ['the author of the patch', 'patch'],
    ])
    // A command whose preview was shown before the limit became smaller is not carried out either.
    const asked = await house.ask('ana', { verb: 'prenotify', case: TWO, at: DATE, shown })
    expect(asked).toMatchObject({ ok: false, refusal: { liftedBy: [{ how: 'look at the preview first' }] } })
  })

  it('is not refused while the relay does not say what size it accepts', async () => {
    const house = await plannedRelease({ mailSizeLimit: async () => undefined })
    expect(await prenotify(house)).toHaveProperty('digest')
  })

  it('is refused before a patch is submitted whose check the reporter would be asked for', async () => {
    const house = createHouse({ mailSizeLimit: async () => 50_000 })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
    await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] })
    const submitted = async (lines: number) => {
      const text = `--- a/loader.c\n+++ b/loader.c\n${'+check(name);\n'.repeat(lines)}`
      const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(text))
      return house.engine.commands.previewMail({
        commandId: CommandId.parse(`test:${lines}`),
        actor: actorOf(house.engine.policy.policy, 'slack', 'UBEN'),
        at: house.clock.now(),
        request: { verb: 'patch', case: CASE, blob, sha256, fileName: 'fix.patch' },
      })
    }
    expect(await submitted(10)).toEqual({ isReadable: false })
    const refused = await submitted(5_000)
    expect('gate' in refused && refused.because).toMatch(/^A mail would be too large for the relay: .* accepts 50 kB/u)
  })

  it('is refused at the preview of a reply', async () => {
    const house = createHouse({ mailSizeLimit: async () => 50_000 })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    expect(await previewReply(house, 'Thank you.')).toEqual({ isReadable: false })
    const refused = await previewReply(house, 'x'.repeat(60_000))
    expect('gate' in refused && refused.because).toContain('“the mail” has about 80 kB, and the relay accepts 50 kB')
    expect(house.events().at(-1)).not.toBe('MessageSentOut')
  })
})
