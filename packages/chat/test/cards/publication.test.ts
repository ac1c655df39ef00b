import { describe, expect, it } from 'vitest'
import { documentsPublished } from '../fixtures/gallery-publication.ts'
import { ana } from '../fixtures/policy.ts'
import { cardOf, CASE, SmallHouse } from '../fixtures/small-house.ts'

describe('the card of a publication with documents', () => {
  it('has a line with a link for each step and, for a step that a person does, the text and a form', () => {
    const [, , card] = documentsPublished(new SmallHouse().opens().state())
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · publishing, 1 of 4 steps
      ? advisory at GitHub · waits for a person
      ✓ advisory in the file tree · done · https://quillmark.example/security/advisories/SEC-2026-0042.md (Ana)
        announcement · waits for the previous step
        oss-security · waits for the previous step
      The next step begins no later than Tue 9 Jun 2026, 14:15 UTC.
      [ Text: GitHub ] [ Done: GitHub ]"
    `)
  })
})

describe('a step that a person does', () => {
  it.each([
    ['github-advisory', 'Put it into the advisory at GitHub', `${CASE} as markdown`],
    ['file-tree', 'Put it on your website.', `${CASE} as markdown`],
    ['oss-security-mail', 'Send it to oss-security.', `${CASE} as oss-security`],
    ['cve-record', 'Give it to the CNA of the id.', 'Nobody has entered the impact, a severity.'],
  ])('%s comes with its text, and with the command to type afterwards', async (step, where, text) => {
    const card = cardOf(await new SmallHouse().opens().asks(ana, 'done', step))
    expect(card.fallback).toContain(where)
    expect(card.fallback).toContain(`/cvd done ${step} <link>`)
    expect(JSON.stringify(card)).toContain(text)
  })
})
