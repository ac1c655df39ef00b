import { describe, expect, it } from 'vitest'
import { MessageId, ReporterId } from '@embargo/core'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse, START } from '../fixtures/small-house.ts'

const LINK = 'https://github.com/quillmark/quillmark/security/advisories/GHSA-2222-3333-4444'

/**
 * A case that somebody reported in a private advisory. If `answerable`, the text of the advisory contains an address.
 */
const reported = (answerable = false): SmallHouse =>
  new SmallHouse().comes({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('mail-1'),
    receivedAt: START,
    reporter: ReporterId.parse('rep-1'),
    identity: { name: 'robin', address: answerable ? 'robin@sample.example' : 'robin@users.noreply.github.com' },
    trust: 'nothing-proven',
    checks: { signature: { is: 'none' }, encryption: 'none', domain: { is: 'account', at: 'github.com' } },
    automatic: !answerable,
    advisory: LINK,
  })

/** The letters that the last event sends. */
const lettersOf = (house: SmallHouse): readonly string[] =>
  house.effectsOf(house.recorded.length - 1).flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))

describe('a private report', () => {
  it('links to its advisory, and says that its author is logged in there', async () => {
    const { fallback } = await reported().lastCard('report')
    expect(fallback).toContain('✓ Its author is logged in at github.com.')
    expect(fallback).toContain(`Reported in private: ${LINK}`)
    expect(fallback).toContain('as a private report, Mon 25 May 2026')
    expect(fallback).toContain('Embargo shows you each letter: paste it into the advisory as a comment')
  })

  it('is not called a draft that somebody opened', async () => {
    expect((await reported().cards()).map(({ fallback }) => fallback).join('\n')).not.toContain('opened a draft')
    expect((await reported().lastCard('change')).fallback).toContain(
      'The private report serves as the draft of the advisory',
    )
  })

  it('that names an address says that letters go there', async () => {
    expect((await reported(true).lastCard('report')).fallback).toContain(
      'Letters go to the address that the report names.',
    )
  })
})

describe('the acknowledgment of a private report', () => {
  it('does not say that the reporter is told, if they gave no address', async () => {
    const answer = cardOf(await reported().asks(ana, 'ack'))
    expect(answer.fallback).toContain('The reporter gave no address, so nothing is mailed: /cvd reply')
    expect(cardOf(await reported(true).asks(ana, 'ack')).fallback).toContain('The reporter is told that')
  })
})

describe('a reply to a private report', () => {
  it('is handed out as a text to paste, with the link, and mails nothing', async () => {
    const house = reported()
    const preview = cardOf(await house.asks(ana, 'reply', { text: 'Does it read /etc too?' }))
    const answer = cardOf(await house.asks(ana, 'reply', press(preview, 'Send').input))
    expect(preview.fallback).toContain(`paste the text as a comment at ${LINK}`)
    expect(answer.fallback).toContain('Nothing is mailed: paste the text as a comment into the advisory.')
    const { fallback } = await house.lastCard('change')
    expect(fallback).toContain(`who gave no address. Paste the text as a comment there: ${LINK}`)
    expect(fallback).toContain('Does it read /etc too?')
    expect(lettersOf(house)).toEqual([])
  })

  it('goes out by mail if the report names an address', async () => {
    const house = reported(true)
    const preview = cardOf(await house.asks(ana, 'reply', { text: 'Does it read /etc too?' }))
    const answer = cardOf(await house.asks(ana, 'reply', press(preview, 'Send').input))
    expect(answer.fallback).toContain('It goes out by mail now.')
    expect(lettersOf(house)).toEqual(['reply'])
  })

  it('cannot be a question, because the answer would not be read here', async () => {
    const answer = cardOf(await reported().asks(ana, 'reply', { kind: 'question', text: 'Does it read /etc too?' }))
    expect(answer.fallback).toContain('No reporter can be reached.')
  })
})
