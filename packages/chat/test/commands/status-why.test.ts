import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

describe('/status why', () => {
  it('lists first what holds a command up, each with its way out, and then what is met, with its fact', async () => {
    const house = new SmallHouse().opens()
    expect(cardOf(await house.asks(ana, 'status', 'why disclose')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · disclose: 5 rules refuse
      ✗ The case is received, not accepted, and no affected branch is named.
         Any team member acknowledges it; then any team member names the affected branches: /cvd ack, then /cvd triage affects <branch>
      ✗ No affected supported branch is named yet.
         Any team member acknowledges it; then any team member names the affected branches: /cvd ack, then /cvd triage affects <branch>
      ✗ The advisory has no component and impact yet.
         Any team member decides with a disposition; then any team member writes them: /cvd triage <disposition>, then /cvd advisory <component> <impact>
      ✗ Nobody has asked the reporter of SEC-2026-0042/r1 how to be credited.
         Any team member asks them by mail, and logs what they answer: /cvd log-answer <last|number|elsewhere> <answer>
         Any team member records what they want: /cvd log-answer elsewhere <answer>
         Any team member waives it, with a reason and a second person: /cvd waive credit <reason>
      ✗ An embargo is in force and no release date is set.
         Any team member acknowledges it; then any team member names the affected branches; then any team member pre-notifies, which sets the date: /cvd ack, then /cvd triage affects <branch>, then /cvd prenotify
      → Nobody has asked for it yet. It takes a second person’s approval.
         Ben approves or refuses: /cvd approve
      ✓ Ana is admin and team; this command requires admin or team or releaser.
      ✓ SEC-2026-0042/r1 did not come from Ana.
      ✓ No conflict of interest is declared for Ana.
      ✓ Ana is on it as admin.
      ✓ Our publication has not begun.
      ✓ The case is received. It is in no release.
      ✓ No mail is still leaving, and no signal waits for a second person.
      ✓ It is not rated.
      ✓ The texts show no attack, and name no channel, recipient, other case or person.
      ✓ The project announces on two lists."
    `)
  })

  it('explains the next action if no command is named', async () => {
    const house = await untilReady()
    expect(cardOf(await house.asks(ana, 'status', 'why')).title).toBe(
      `${CASE} · prenotify: a second person’s approval comes next`,
    )
  })

  it('reads the command as it is typed', async () => {
    const house = await untilReady()
    expect(cardOf(await house.asks(ana, 'status.why', 'prenotify 2026-05-26')).fallback).toContain(
      '✗ The list is promised 7 days of notice, and Tue 26 May 2026, 14:00 UTC is 1 day away.',
    )
  })

  it.each([
    ['why disclos', 'There is no command “disclos”. Did you mean disclose?'],
    ['why prenotify soon', 'A date looks like 2026-07-14'],
    ['why help', 'No rule of a case restricts “help”.'],
  ])('says what it cannot understand: %s', async (typed, expected) => {
    const house = new SmallHouse().opens()
    expect(cardOf(await house.asks(ana, 'status', typed)).fallback).toContain(expected)
  })

  it('never shows the name of a rule', async () => {
    const house = await untilReady()
    const { fallback } = cardOf(await house.asks(ana, 'status', 'why disclose'))
    expect(fallback).not.toMatch(/fits-the-stage|release-date|second-person|texts-complete|on-the-case/u)
  })
})
