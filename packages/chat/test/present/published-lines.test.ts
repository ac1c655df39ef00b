import { CaseId, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { plainLine } from '../../src/index.ts'
import { publishedLines } from '../../src/present/published-lines.ts'
import { releaseWithDocuments } from '../fixtures/gallery-publication.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { cardOf, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { mailsLeave, untilPublishing } from '../fixtures/until-publishing.ts'

const ADVISORY = 'https://github.com/quillmark/quillmark/security/advisories/GHSA-h8gw-ph58-xrx3'
const RECORD = 'https://www.cve.org/CVERecord?id=CVE-1900-0042'
const FILE = 'https://quillmark.example/security/advisories/SEC-2026-0042.md'

describe('the end of a publication', () => {
  it('names each place of the case once, as a working link', () => {
    const state = new SmallHouse().opens().state()
    const release = releaseWithDocuments(state)
    const shown = publishedLines(
      {
        ...state,
        advisoryLink: { published: { at: RELEASE, link: ADVISORY } },
        cve: { requestedAt: RELEASE, recordLink: RECORD },
      },
      {
        ...release,
        deliveries: [
          ...(release.deliveries ?? []),
          { step: 'github-advisory', case: state.id, link: ADVISORY },
          { step: 'file-tree', case: CaseId.parse('SEC-2026-0043'), link: 'https://quillmark.example/43.md' },
          { step: 'records', case: state.id },
        ],
      },
    )
    expect(shown.map(plainLine)).toEqual([
      `advisory in the file tree: ${FILE}`,
      `advisory at GitHub: ${ADVISORY}`,
      `CVE record: ${RECORD}`,
    ])
  })

  it('is still called so after a correction', async () => {
    const house = await untilPublishing()
    mailsLeave(house)
    house.wait(HOUR)
    const preview = cardOf(await house.asks(ana, 'correct', '4.1 is affected too --affects main >= 4.1, < 4.3.0'))
    await house.asks(ana, 'correct', press(preview, 'Ask the second person').input)
    await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
    mailsLeave(house)
    const ends = (await house.cards('now')).map(({ fallback }) => /^(?:Disclosed|Corrected)\./u.exec(fallback)?.[0])
    expect(ends.filter((end) => end !== undefined)).toEqual(['Disclosed.', 'Corrected.'])
  })

  it('lets nobody click on a link in which text could be hidden', () => {
    const state = new SmallHouse().opens().state()
    const link = 'https://quillmark.example/<!channel>'
    const [line = []] = publishedLines({ ...state, advisoryLink: { published: { at: RELEASE, link } } }, undefined)
    expect(plainLine(line)).toContain('hxxps://quillmark')
  })
})
