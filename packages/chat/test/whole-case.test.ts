import { describe, expect, it } from 'vitest'
import { HOUR, instant } from '@embargo/core'
import { ana, ben } from './fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from './fixtures/small-house.ts'
import { untilReady } from './fixtures/until-ready.ts'

describe('a whole case, typed', () => {
  it('reaches “ready” with commands alone', async () => {
    const house = await untilReady()
    expect(house.asked.map((command) => command.request)).toMatchObject([
      { verb: 'ack', case: CASE },
      {
        verb: 'triage',
        disposition: 'valid',
        severity: 'high',
        cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
        cwe: 'CWE-22',
      },
      { verb: 'triage.affects', branch: 'main', affected: true, range: '< 4.3' },
      { verb: 'assign-patch', to: 'ben', branches: ['main'] },
      { verb: 'patch', fileName: 'fix.patch' },
      { verb: 'log-answer', message: 'mail-2', answer: { about: 'verification', fixed: true } },
      { verb: 'advisory', component: 'the template loader' },
    ])
    expect(cardOf(await house.asks(ana, 'status')).title).toBe('SEC-2026-0042 · ready · high')
  })

  it('says which rule refuses before anything is rendered', async () => {
    const house = await untilReady()
    const before = house.asked.length
    const tooSoon = await house.asks(ana, 'prenotify', '2026-05-26')
    expect(tooSoon).toMatchObject({
      refusal: {
        fallback: expect.stringContaining(
          'Recipients must get as much notice as their list was promised, and no more than the list allows.',
        ),
      },
    })
    const unplanned = await house.asks(ana, 'disclose')
    expect(unplanned).toMatchObject({
      refusal: { fallback: expect.stringContaining('Nothing is published before the date that was promised.') },
    })
    expect(house.asked).toHaveLength(before)
  })

  it('shows a preview before it asks, and shows the second person the same preview', async () => {
    const house = await untilReady()
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · pre-notification
      Release        Tue 9 Jun 2026, 14:00 UTC (in 15 days)
      Shown          dddddddddddddddd names exactly what is shown here
      Mail cannot be called back: the recipients will know.
      Nothing has been sent yet.
      Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION
      Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"
      What will happen:
      > Mail to North Linux <security@north.example>
      > ────────────────────────────────────────────
      > TLP:AMBER
      > What prenotify would send.
      [ Ask the second person ]"
    `)
    const before = house.asked.length
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    expect(house.asked.slice(before).map((command) => command.request)).toMatchObject([
      { verb: 'prenotify', at: Date.UTC(2026, 5, 9, 14, 0), shown: { digest: 'd'.repeat(64) } },
    ])
    const card = await house.lastCard('approval')
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · Ana asks: pre-notify the lists?
      Mail cannot be called back: the recipients will know.
      Release Tue 9 Jun 2026, 14:00 UTC (in 15 days).
      Any team member on this case but Ana can answer. If anything changes first, we ask again.
      ⚠ Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION
      ⚠ Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"
      shown dddddddddddddddd
      What will happen, in short:
      > Mail to North Linux <security@north.example>
      > To: security@north.example
      > Subject: TLP:AMBER
      > What prenotify would send.
      [ Look and approve ] [ Refuse ] [ Show all ]"
    `)
    const shown = cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · approve: pre-notify the lists
      Shown          dddddddddddddddd names exactly what is shown here
      Mail cannot be called back: the recipients will know.
      Ana asked Mon 25 May 2026, 10:00 UTC.
      The text below is exactly what was shown then.
      Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION
      Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"
      What will happen:
      > Mail to North Linux <security@north.example>
      > ────────────────────────────────────────────
      > TLP:AMBER
      > What approve would send.
      [ Approve ]"
    `)
    const approved = cardOf(await house.asks(ben, 'approve', press(shown, 'Approve').input))
    expect(approved.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · Done
      Approved."
    `)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · prenotified · high
      Embargo ends   Sun 23 Aug 2026, 09:00 UTC · in 89 days
      Next           Ana: disclose on Tue 9 Jun 2026, 14:00 UTC · due Tue 9 Jun
      Branches       main ✓ verified (the reporter), patch by Ben
      Release        prenotified · Tue 9 Jun, 14:00 UTC · 1 case · recipients notified 0 of 2
      Still missing  to disclose: The release date, Tue 9 Jun 2026, 14:00 UTC, is not reached. Time allows the approval from Mon 8 Jun 2026, 14:00 UTC on; the publication then begins automatically on its date. · Any team member moves the release to another date: /cvd release move <date>
      Clocks         tell the reporter how far the case is · due Mon 8 Jun, 09:00 UTC · disclose · due Tue 9 Jun, 14:00 UTC
      More in /cvd help
      [ Write to reporter ] [ Assign the patch ] [ Another embargo date ] [ Invite ] [ Ids for the release notes ] [ north: they have it ] [ south: they have it ]"
    `)
    // From this time on, the publication may be approved, so the status card also offers `Disclose`.
    house.now = instant(Date.parse('2026-06-08T14:00:00.000Z'))
    const labels = cardOf(await house.asks(ana, 'status')).actions.map(({ label }) => label)
    expect(labels.slice(0, 2)).toEqual(['Disclose', 'Write to reporter'])
  })

  it('shows all of a long preview, in parts, and in one piece in a terminal', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index} of a long mail`)
    const house = await untilReady(new SmallHouse({ previewText: lines.join('\n') }))
    const read: string[] = []
    let card = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    expect(card.quote?.label).toBe('What will happen, part 1 of 2')
    for (;;) {
      read.push(card.quote?.text ?? '')
      expect(press(card, 'Ask the second person').input['digest']).toBe('d'.repeat(64))
      const more = card.actions.find((action) => action.label === 'Show more')
      if (more === undefined) break
      expect(more.input).not.toHaveProperty('digest')
      card = cardOf(await house.asks(ana, more.verb, more.input))
    }
    expect(read).toHaveLength(2)
    expect(read.join('')).toContain(lines.join('\n'))
    const terminal = cardOf(await house.asks(ana, 'prenotify', '2026-06-09', { platform: 'terminal', case: CASE }))
    expect(terminal.quote?.text).toBe(read.join(''))
  })

  it('proposes a date if none is named, and carries it to the confirmation', async () => {
    const house = await untilReady()
    const preview = cardOf(await house.asks(ana, 'prenotify'))
    expect(press(preview, 'Ask the second person').input['at']).toBe('2026-06-02T14:00:00.000Z')
    expect(preview.fallback).toContain(
      'Release        Tue 2 Jun 2026, 14:00 UTC (in 8 days) · proposed, because you named no date',
    )
    const named = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    expect(named.fallback).toContain('Release        Tue 9 Jun 2026, 14:00 UTC (in 15 days)\n')
  })

  it('answers a repeated delivery as before, without doing it twice', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack', '', { delivery: 'same' })
    // The typed text is passed on. The engine needs it to tell a repeated delivery from another command with the same
    // id.
    expect(house.asked.at(-1)).toMatchObject({ typed: '' })
    const events = house.recorded.length
    expect(cardOf(await house.asks(ana, 'ack', '', { delivery: 'same' })).fallback).toContain('nothing happened twice')
    expect(house.recorded.length).toBe(events)
  })

  it('answers a second acknowledgement with who did it first and when, not with success', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    house.wait(HOUR)
    const again = await house.asks(ben, 'ack')
    expect(cardOf(again).fallback).toBe(
      'SEC-2026-0042 · Nothing was done\nAna acknowledged this on Mon 25 May 2026, 09:00 UTC.',
    )
    expect('facts' in again && again.facts).toMatchObject({ is: 'done', note: expect.stringContaining('Ana') })
  })

  it('is reported in the channel in cards', async () => {
    const house = await untilReady()
    const cards = (await house.cards()).filter((card) => card.kind !== 'status')
    expect(cards.map((card) => card.fallback).join('\n\n')).toMatchInlineSnapshot(`
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
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Acknowledge ] [ Spam ] [ Get the files ]

      Ana acknowledged the report.

      Ana rated it high: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N

      Ana: valid.

      SEC-2026-0042 · a report arrived
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
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Get the files ]

      Ana: main is affected, < 4.3.

      Ana: Ben writes the patch for main.

      Ben submitted the patch for main: fix.patch, by Ben, sha256 4b02281e401dce5f.

      The reporter is to verify the patch for main, by Thu 28 May, 10:00 UTC.

      SEC-2026-0042 · the reporter writes · mail 2
      From           Rafi <rafi@reporter.example>
      Subject        Path traversal in template names
      ✓ The sender’s domain confirms that it sent this. Not signed.
      The mail:
      > Hello,
      >
      > naming a template ../../etc/passwd reads it.
      >
      > Rafi
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Reply ] [ Log the answer ] [ Get the files ]

      Ana logged the answer of the reporter: the patch for main fixes it.

      Ana: the reporter verified the patch for main.

      Every affected branch is done: the fix is ready.

      Ana wrote the advisory text for the template loader."
    `)
  })
})
