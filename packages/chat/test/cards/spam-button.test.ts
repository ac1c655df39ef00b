import { describe, expect, it } from 'vitest'
import { CaseId, HOUR } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'

const LATER = CaseId.parse('SEC-2026-0043')
const labels = ({ actions }: Card): readonly string[] => actions.map(({ label }) => label)

describe('the button that calls a report spam', () => {
  it('is on the card of a new report, and closes the case', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage', press(await house.lastCard('report'), 'Spam').input)
    expect(house.state().rm).toBe('closed')
  })

  it('is removed from the card once the report is valid, and is refused on an old card', async () => {
    const house = new SmallHouse().opens()
    const old = press(await house.lastCard('report'), 'Spam').input
    await house.asks(ana, 'triage', 'valid high')
    expect(labels(await house.lastCard('report'))).toEqual(['Get the files'])
    expect(cardOf(await house.asks(ana, 'triage', old)).fallback).toContain('more than spam')
    expect(house.state().rm).toBe('valid')
  })

  it('does not close a case with a second report', async () => {
    const house = new SmallHouse().opens().wait(HOUR).opens(LATER)
    const old = press(await house.lastCard('report'), 'Spam').input
    const preview = cardOf(await house.asks(ana, 'duplicate', CASE, { case: LATER }))
    await house.asks(ana, 'duplicate', press(preview, 'Merge').input, { case: LATER })
    const reports = (await house.cards()).filter(({ kind, title }) => kind === 'report' && title.startsWith(CASE))
    expect(reports.slice(-2).map(labels)).toEqual([
      ['Acknowledge', 'Get the files'],
      ['Acknowledge', 'Get the files'],
    ])
    await house.asks(ana, 'triage', { ...old, case: CASE })
    expect(house.state().rm).toBe('received')
  })
})
