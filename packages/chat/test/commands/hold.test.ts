import { worldOf } from '@embargo/core'
import type { ReleaseState } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { releaseWithDocuments } from '../fixtures/gallery-publication.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'

const FILE = 'https://quillmark.example/security/advisories/SEC-2026-0042.md'

/** Puts a publication on hold, and returns the answer and the card in the channel. */
async function held(progress: Partial<ReleaseState>): Promise<readonly string[]> {
  const begun = await untilPublishing()
  const { release } = worldOf(CASE, begun.states)
  if (release === undefined) throw new Error('no release')
  const running = { ...releaseWithDocuments(begun.state()), id: release.id, ...progress }
  const states = new Map(begun.states).set(release.id, running)
  const house = new SmallHouse({ policy: begun.policy.policy, from: { states, now: begun.now } })
  const answer = cardOf(await house.asks(ana, 'hold', 'the patch breaks login'))
  return [answer.fallback, (await house.lastCard('change')).fallback]
}

describe('/hold during a publication', () => {
  it('names what is public already, with its link, even if no mail was sent', async () => {
    const texts = await held({
      steps: [
        { step: 'fixed-versions', begunAt: RELEASE, doneAt: RELEASE },
        { step: 'file-tree', begunAt: RELEASE, doneAt: RELEASE },
        { step: 'announce-mail' },
      ],
    })
    for (const text of texts) {
      expect(text).toContain('Public already: fixed versions and advisory in the file tree. Besides, a mail')
      expect(text).toContain(`advisory in the file tree: ${FILE}`)
      expect(text).not.toContain('Nothing of it is out yet')
    }
  })

  it('names the mails that were sent as well', async () => {
    const [answer] = await held({ delivered: ['announcement>announce', 'heads-up>public'] })
    expect(answer).toMatch(/Public already: advisory in the file tree\. Sent already, .*1 heads-up and 1 announcement/u)
  })

  it('says that nothing has left while that is true', async () => {
    const texts = await held({ deliveries: [], steps: [{ step: 'file-tree', begunAt: RELEASE }] })
    for (const text of texts) expect(text).toContain('Nothing of it is out yet')
  })
})
