import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse } from '../house.ts'

describe('a preview', () => {
  it('shows dates in a form that people can read', async () => {
    const house = createHouse()
    await house.receive()
    const end = instant(Date.UTC(2026, 11, 1, 14, 0))
    const request = { verb: 'embargo.extend', case: CASE, end, reason: 'the vendor needs it' } as const
    const shown = await house.engine.commands.preview(request, house.clock.now())
    const text = 'sections' in shown ? shown.sections.map((section) => section.text).join('\n') : shown.because
    expect(text).toContain('The embargo is to end Tue 1 Dec 2026, 14:00 UTC, because: the vendor needs it')
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}T/)
  })
})
