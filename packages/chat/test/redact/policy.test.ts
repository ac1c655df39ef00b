import { beforeEach, describe, expect, it } from 'vitest'
import { CaseId, HOUR, MessageId, ReportId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { ana, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, press, SmallHouse } from '../fixtures/small-house.ts'

/** Every text from outside contains this word, so the tests can see where such a text is shown. */
const PLANTED = 'xyzzyplanted'
const LATER = CaseId.parse('SEC-2026-0043')
const LAST = CaseId.parse('SEC-2026-0044')
const TERMINAL = { platform: 'terminal', private: true } as const

const PLANTED_MAIL = { ...MAIL, from: `${PLANTED} <${PLANTED}@reporter.example>`, subject: PLANTED, text: PLANTED }
const IDENTITY = { name: PLANTED, address: `${PLANTED}@reporter.example` }

/**
 * Whether this message is the report with which the first case opened. Its text may be shown in every place where that
 * case may be shown.
 */
const isOwn = (message: string): boolean => message === `${CASE}-mail-1`

const chat = { ...policyOf().chat, archiveAfter: '30 days', content: 'metadata-from-high' } as const
const POLICY = policyOf('team', { chat })

type Rating = 'low' | 'critical' | 'unrated'

let house: SmallHouse
/** How many cards of the house `newCards` has already returned. */
let drawn = 0

async function newCards(): Promise<readonly Card[]> {
  const cards = await house.cards()
  const since = cards.slice(drawn)
  drawn = cards.length
  return since
}

async function opens(id: CaseId, rated: Rating, project = 'quillmark'): Promise<void> {
  house.wait(HOUR).opens(id, id === CASE ? undefined : IDENTITY, project)
  await house.asks(ana, 'ack', '', { ...TERMINAL, case: id })
  if (rated !== 'unrated') await house.asks(ana, 'triage', `valid ${rated} CWE-22`, { ...TERMINAL, case: id })
}

const preview = async (from: CaseId, into: CaseId): Promise<Card> =>
  cardOf(await house.asks(ana, 'duplicate', into, { ...TERMINAL, case: from }))

async function merges(from: CaseId, into: CaseId): Promise<void> {
  const shown = press(await preview(from, into), 'Merge')
  await house.asks(ana, 'duplicate', shown.input, { ...TERMINAL, case: from })
  expect(house.state(from)).toMatchObject({ mergedInto: into })
}

async function mailOf(report: ReportId, into = CASE): Promise<void> {
  house.comes({
    verb: 'take-in-message',
    case: into,
    message: MessageId.parse(`mail-of-${report.replace('/', '-')}`),
    from: 'reporter',
    report,
    trust: 'domain-vouches',
    automatic: false,
  })
}

beforeEach(() => {
  house = new SmallHouse({ policy: POLICY, mail: (message) => (isOwn(message) ? MAIL : PLANTED_MAIL) })
  drawn = 0
})

describe('a report that comes from a case that keeps its content out of chat', () => {
  it.each(['critical', 'unrated'] as const)('%s stays out when that case is merged into a low one', async (rated) => {
    await opens(CASE, 'low')
    await opens(LATER, rated)
    await newCards()
    await merges(LATER, CASE)
    const cards = await newCards()
    const [report] = cards.filter(({ kind }) => kind === 'report')
    expect(report?.fallback).toContain(`Read it in the terminal: embargo ${CASE} read`)
    for (const card of cards) expect(JSON.stringify(card)).not.toContain(PLANTED)
  })

  it('is shown if that case was rated as low before', async () => {
    await opens(CASE, 'low')
    await opens(LATER, 'low')
    await newCards()
    await merges(LATER, CASE)
    expect(JSON.stringify(await newCards())).toContain(PLANTED)
  })

  it('stays out if the case that it was merged into is merged again', async () => {
    await opens(CASE, 'low')
    await opens(LATER, 'low')
    await opens(LAST, 'critical')
    await merges(LAST, LATER)
    await newCards()
    await merges(LATER, CASE)
    expect(JSON.stringify(await newCards())).not.toContain(PLANTED)
  })

  it('stays out if it returns to a low case', async () => {
    await opens(CASE, 'critical')
    await opens(LATER, 'low')
    await merges(LATER, CASE)
    await newCards()
    const split = cardOf(await house.asks(ana, 'open.report', 'r2 it is another bug', { ...TERMINAL, case: CASE }))
    await house.asks(ana, 'split', press(split, 'Split it off').input, { ...TERMINAL, case: CASE })
    expect(house.state(LATER).reports).toHaveLength(1)
    const cards = await newCards()
    expect(cards.map(({ kind }) => kind)).toContain('report')
    expect(JSON.stringify(cards)).not.toContain(PLANTED)
  })

  it('stays out with all that its reporter writes and answers later; the reporter of the low case is read as before', async () => {
    await opens(CASE, 'low')
    await opens(LATER, 'critical')
    await merges(LATER, CASE)
    await newCards()
    await mailOf(ReportId.parse(`${CASE}/r2`))
    await house.asks(ana, 'log-answer', `last credit-named ${PLANTED}`, { ...TERMINAL, case: CASE })
    const theirs = await newCards()
    expect(theirs.map(({ kind }) => kind)).toContain('mail')
    expect(JSON.stringify(theirs)).not.toContain(PLANTED)
    await mailOf(ReportId.parse(`${CASE}/r1`))
    expect(JSON.stringify(await newCards())).toContain(PLANTED)
  })

  it('stays out of every answer about the low case', async () => {
    await opens(CASE, 'low')
    await opens(LATER, 'critical')
    await merges(LATER, CASE)
    await house.asks(ana, 'wait', PLANTED, { ...TERMINAL, case: CASE })
    expect(JSON.stringify(await house.asks(ana, 'status'))).not.toContain(PLANTED)
    expect(JSON.stringify(await house.asks(ana, 'status', '', { ...TERMINAL, case: CASE }))).toContain(PLANTED)
  })

  it('is named in the preview of a merge, with how it is read', async () => {
    await opens(CASE, 'low')
    await opens(LATER, 'critical')
    await opens(LAST, 'unrated')
    const said = `stays out in ${CASE}: read it in the terminal, with embargo ${CASE} read.`
    expect((await preview(LATER, CASE)).fallback).toContain(said)
    expect((await preview(LATER, CASE)).fallback).not.toContain('Nobody has rated')
    expect((await preview(LAST, CASE)).fallback).toContain(`${said}\nNobody has rated ${LAST}`)
    expect((await preview(LAST, LATER)).fallback).not.toContain('stays out')
  })

  it('shows as little of the sender as the policy of that case says', async () => {
    const open = { ...chat, content: 'full' } as const
    const quillmark = { id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }
    const quiet = {
      id: 'inkwell',
      name: 'Inkwell',
      prefix: 'INK',
      address: 'security@inkwell.example',
      policy: { chat: { content: 'without-senders' } },
    } as const
    house = new SmallHouse({
      policy: policyOf('team', { chat: open, projects: [quillmark, quiet] }),
      mail: PLANTED_MAIL,
    })
    await opens(CASE, 'low')
    await opens(LATER, 'critical', 'inkwell')
    await newCards()
    await merges(LATER, CASE)
    const [report] = (await newCards()).filter(({ kind }) => kind === 'report')
    expect(report?.fallback).toMatch(/From +not shown here/u)
    await mailOf(ReportId.parse(`${CASE}/r2`))
    const [theirs] = (await newCards()).filter(({ kind }) => kind === 'mail')
    expect(theirs?.fallback).toMatch(/From +not shown here/u)
  })
})

describe('a list of what belongs to no case', () => {
  it('is not shown in the channel of a low case either', async () => {
    await opens(CASE, 'low')
    house.held = [{ id: MessageId.parse('m-0123456789abcdef'), receivedAt: house.now, mail: PLANTED_MAIL }]
    const listed = cardOf(await house.asks(ana, 'open.waiting'))
    expect(listed.fallback).toContain('012345')
    expect(JSON.stringify(listed)).not.toContain(PLANTED)
    expect(JSON.stringify(await house.asks(ana, 'open.waiting', '', { ...TERMINAL, case: CASE }))).toContain(PLANTED)
  })

  it('leaves what is asked of the low case itself as it is', async () => {
    await opens(CASE, 'low')
    await house.asks(ana, 'wait', PLANTED)
    expect(JSON.stringify(await house.asks(ana, 'status'))).toContain(PLANTED)
  })
})
