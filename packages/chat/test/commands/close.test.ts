import { describe, expect, it } from 'vitest'
import { MessageId } from '@embargo/core'
import { ana, ben } from '../fixtures/policy.ts'
import { cardOf, CASE, press } from '../fixtures/small-house.ts'
import type { SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

async function approves(house: SmallHouse): Promise<void> {
  const look = cardOf(await house.asks(ben, 'approve'))
  await house.asks(ben, 'approve', press(look, 'Approve').input)
}

/** A case whose publication has begun. */
async function published(from?: SmallHouse): Promise<SmallHouse> {
  const house = from ?? (await untilReady())
  await house.asks(ana, 'signal', 'public https://forum.example/1')
  await approves(house)
  const preview = cardOf(await house.asks(ana, 'disclose'))
  await house.asks(ana, 'disclose', press(preview, 'Ask the second person').input)
  await approves(house)
  return house
}

describe('what was published', () => {
  it('cannot be opened again: the refusal offers a follow-up case, which reports that it was opened', async () => {
    const house = await published()
    const refused = await house.asks(ana, 'reopen', 'it is incomplete')
    if (!('refusal' in refused)) throw new Error('it was not refused')
    expect(refused.refusal.fallback).toContain(
      `Any team member opens a follow-up case: /cvd open quillmark --follows ${CASE}`,
    )
    const opened = cardOf(await house.asks(ana, 'open', `quillmark --follows ${CASE}`))
    expect(opened.fallback).toContain(
      'It has an embargo of its own. If the vulnerability is public, type this in that channel, with the link: /cvd signal public.',
    )
    expect(opened.fallback).not.toContain('waits for an answer')
    const texts = (await house.cards()).map(({ fallback }) => fallback)
    expect(texts).toContain('Ana opened the case.')
  })

  it('says that a reporter whose mail is followed up has no answer yet', async () => {
    const house = await published()
    const report = house.state().reports[0]?.id ?? expect.fail('no report')
    const taken = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
    house.comes({ verb: 'take-in-message', case: CASE, message: MessageId.parse('mail-4'), ...taken })
    const opened = cardOf(await house.asks(ana, 'open', `quillmark --follows ${CASE}`))
    expect(opened.fallback).toContain(
      `The reporter in ${CASE} is still waiting for an answer: write to them from that case with /cvd reply.`,
    )
    expect(cardOf(await house.asks(ana, 'reply', 'It goes on.')).fallback).toContain('[ Send ]')
  })
})

describe('a mail that says that the fix is incomplete', () => {
  const taken = { trust: 'domain-vouches', automatic: false } as const

  it('becomes the report of the follow-up case, and recipients can be informed at once', async () => {
    const ready = await untilReady()
    const preview = cardOf(await ready.asks(ana, 'prenotify', '2026-06-09'))
    await ready.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    await approves(ready)
    const house = await published(ready)
    const report = house.state().reports[0]?.id ?? expect.fail('no report')
    const message = MessageId.parse('mail-4')
    house.comes({ verb: 'take-in-message', case: CASE, message, from: 'reporter', report, ...taken })
    const opened = cardOf(await house.asks(ana, 'open', `quillmark --follows ${CASE} --mail last`))
    expect(opened.fallback).toContain('The finder is told the number of the new case.')
    expect(opened.fallback).toContain(`To tell the recipients of ${CASE} at once, write to them from that case:`)
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'open', follows: CASE, mail: message })
  })

  it('is named together with its case', async () => {
    const house = await published()
    const alone = cardOf(await house.asks(ana, 'open', 'quillmark --mail last'))
    expect(alone.fallback).toContain('Also name the case that has the mail: --follows.')
    const missing = cardOf(await house.asks(ana, 'open', `quillmark --follows ${CASE} --mail 99`))
    expect(missing.fallback).toContain(`${CASE} has no such mail.`)
  })
})

describe('closing a case with mail that nobody answered', () => {
  it('names that mail, and asks for the reason why nobody answers', async () => {
    const house = await untilReady()
    const report = house.state().reports[0]?.id
    if (report === undefined) throw new Error('no report')
    const message = MessageId.parse('mail-3')
    const taken = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
    house.comes({ verb: 'take-in-message', case: CASE, message, ...taken })
    const preview = cardOf(await house.asks(ana, 'close', 'nobody uses it'))
    expect(preview.fallback).toContain(
      'Closing sets these unanswered mails aside, with your reason: 1 mail from the reporter. To answer first: /cvd reply',
    )
    await house.asks(ana, 'close', press(preview, 'Close the case').input)
    expect((await house.cards()).map(({ fallback }) => fallback)).toContain(
      'Ana set aside the mail that nobody answered: nobody uses it',
    )
  })
})
