import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { mailsLeave, untilPublishing } from '../fixtures/until-publishing.ts'

const WORDS = '--component loader --impact "May read files." --links '
const FIX = { kind: 'fix', url: 'https://example.org/commit/1' }

async function triaged(): Promise<SmallHouse> {
  const house = new SmallHouse()
  await house.opens().asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  return house
}

describe('the links of the public texts', () => {
  it.each([
    [
      'fix https://example.org/commit/1; article https://example.org/a',
      [FIX, { kind: 'article', url: 'https://example.org/a' }],
    ],
    [
      'Fix https://example.org/commit/1,\n https://example.org/page',
      [FIX, { kind: 'web', url: 'https://example.org/page' }],
    ],
    ['fix https://example.org/commit/1 report https://example.org/commit/1', [{ ...FIX, kind: 'report' }]],
  ])('are read from “%s”', async (typed, references) => {
    const house = await triaged()
    await house.asks(ana, 'advisory', WORDS + typed)
    expect(house.state().advisory).toMatchObject({ references })
  })

  it.each([
    ['blog https://example.org/a', '“blog” is no link and no kind of link'],
    ['article', 'After “article” comes a link'],
    ['article https://user:key@example.org/a', 'is no link and no kind of link'],
    ['article javascript:alert(1)', 'is no link and no kind of link'],
    ['no https://example.org/a', 'Name all links that the texts should have, or type “none”.'],
    [
      Array.from({ length: 21 }, (_, at) => `https://example.org/${at}`).join(' '),
      'There are 21 links; the limit is 20.',
    ],
  ])('are not read from “%s”', async (typed, because) => {
    const house = await triaged()
    expect(JSON.stringify(await house.asks(ana, 'advisory', WORDS + typed))).toContain(because)
    expect(house.state().advisory).toBeUndefined()
  })

  it('are shown in the form, stay when another fact changes, and go with “none”', async () => {
    const house = await triaged()
    await house.asks(ana, 'advisory', `${WORDS}fix https://example.org/commit/1`)
    expect(await house.asks(ana, 'advisory', '')).toMatchObject({
      form: { fields: expect.arrayContaining([expect.objectContaining({ name: 'links', value: `fix ${FIX.url}` })]) },
    })
    await house.asks(ana, 'advisory', '--workaround "Turn it off."')
    expect(house.state().advisory?.references).toEqual([FIX])
    await house.asks(ana, 'advisory', '--links none')
    expect(house.state().advisory).toEqual({
      component: 'loader',
      impact: 'May read files.',
      workaround: 'Turn it off.',
    })
  })

  it('change with a correction, one by one, and mail nobody', async () => {
    const house = await untilPublishing()
    mailsLeave(house)
    const shown = cardOf(await house.asks(ana, 'correct', 'A write-up is out --links article https://example.org/a'))
    await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
    expect(JSON.parse(house.state().approvals.at(-1)?.asked ?? '')).toMatchObject({
      changes: { references: [{ kind: 'article', url: 'https://example.org/a' }] },
      tell: 'nobody',
    })
  })
})
