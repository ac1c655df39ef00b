import { describe, expect, it } from 'vitest'
import type { Card } from '@embargo/engine'
import { renderTerminal } from '../../src/index.ts'
import { reminderCard } from '../../src/cards/reminder.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'
import { untilReady } from '../fixtures/until-ready.ts'

describe('the terminal', () => {
  it('shows the same at 80 columns, with what a button does as it is typed', async () => {
    const card = await new SmallHouse().opens().lastCard('report')
    const drawn = renderTerminal(card, { colour: false })
    expect(drawn).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a report arrived
      From           Rafi <rafi@reporter.example>
      Came           by mail, Mon 25 May 2026, 09:00 UTC
      Checks         ✓ The sender’s domain confirms that it sent this. Not signed.
      Subject        Path traversal in template names
      The report:
      > Hello,
      >
      > naming a template ../../etc/passwd reads it.
      >
      > Rafi
      Attached: poc.txt · 812 bytes · text/plain · sha256
        cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
        → Acknowledge: embargo SEC-2026-0042 ack
        → Spam: embargo SEC-2026-0042 triage spam
        → Get the files: embargo SEC-2026-0042 read files --message SEC-2026-0042-mail-1"
    `)
    expect(drawn).not.toContain('\u001B')
  })

  it('prints a text that people paste elsewhere as it is', async () => {
    const card = await new SmallHouse().opens().lastCard('report')
    const text = `See <https://quillmark.example/1>, ${'long '.repeat(30)}or ask ana@quillmark.example.`
    const drawn = (quote: NonNullable<Card['quote']>) =>
      renderTerminal({ ...card, quote }, { colour: false }).split('\n')
    expect(drawn({ label: 'Text', text, verbatim: true })).toContain(text)
    expect(drawn({ label: 'Text', text })).not.toContain(text)
  })

  it('paints a sentence as a whole, also when it has a time in it', async () => {
    const house = new SmallHouse().opens()
    house.wait(3 * 24 * 3_600_000)
    const at = house.now
    const card = reminderCard({
      where: { platform: 'terminal' },
      state: house.state(),
      clock: 'acknowledge',
      due: at,
      fraction: 1,
      breached: true,
      hears: 'admins',
      policy: house.engine.policy.policy,
      at,
    })
    expect(renderTerminal(card, { colour: true })).toContain('\u001B[1mSecurity team: acknowledge the report.')
  })

  it('keeps within its columns, except for commands to copy', async () => {
    const cards = await (await untilPublishing()).cards()
    for (const card of cards) {
      const lines = renderTerminal(card, { colour: false })
        .split('\n')
        .filter((each) => !each.startsWith('  →'))
      for (const each of lines) expect(each.length, each).toBeLessThanOrEqual(80)
    }
  })

  it('offers only what can be pasted: a whole command, or a template with named gaps', async () => {
    const hints = [...(await (await untilPublishing()).cards()), cardOf(await (await untilReady()).asks(ana, 'status'))]
      .flatMap((card) => renderTerminal(card, { colour: false }).split('\n'))
      .filter((each) => each.startsWith('  →'))
    expect(hints.length).toBeGreaterThan(10)
    for (const hint of hints) expect(hint).toMatch(/^ {2}→ [^:]+: embargo( [\w./:@=,+-]+| '[^']*'| <[^<>]+>)+$/)
  })

  it('uses colour only if asked to', async () => {
    const card = await new SmallHouse().opens().lastCard('report')
    expect(renderTerminal(card, { colour: true })).toContain('\u001B[1mSEC-2026-0042 · a report arrived')
  })

  it('quotes what a shell would interpret', async () => {
    const card = {
      ...(await new SmallHouse().opens().lastCard('report')),
      actions: [{ label: 'Close', verb: 'close', input: { case: CASE, reason: "it's $(rm) `x`" } }],
    }
    expect(renderTerminal(card, { colour: false })).toContain(
      String.raw`embargo SEC-2026-0042 close --reason 'it'\''s $(rm) ` + "`x`'",
    )
  })
})
