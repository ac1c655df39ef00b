import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { cardOf, SmallHouse } from '../fixtures/small-house.ts'

/** A case with a CVE id, in a planned release. */
async function planned(): Promise<SmallHouse> {
  const house = new SmallHouse()
  await house.opens().asks(ana, 'ack', '')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'assign-patch', '@ana')
  await house.asks(ana, 'cve', 'set CVE-1900-0042')
  await house.asks(ana, 'release.plan', '2026-07-14')
  return house
}

describe('release notes', () => {
  it('fix the ids, and say so in the channel and in the list of the release', async () => {
    const house = await planned()
    expect(cardOf(await house.asks(ana, 'release.notes', '')).fallback).toContain('The ids are fixed.')
    expect((await house.lastCard('change')).fallback).toContain(
      'Ana has the CVE ids for the release notes. For this case: CVE-1900-0042.',
    )
    expect(cardOf(await house.asks(ana, 'release', '')).fallback).toContain('in the release notes: CVE-1900-0042')
  })

  it('come as a text in a file that only the releaser gets', async () => {
    const reply = await (await planned()).asks(ana, 'release.notes', '')
    const files = 'card' in reply ? (reply.files ?? []) : []
    expect(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['SEC-2026-0042-release-notes.md', 'SEC-2026-0042 as release-notes\n'],
    ])
  })
})
