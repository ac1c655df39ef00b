import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR, MessageId, ReporterId } from '@embargo/core'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, formOf, press, SmallHouse } from '../fixtures/small-house.ts'

const LATER = CaseId.parse('SEC-2026-0043')
const ELSEWHERE = { channel: 'C-elsewhere' }
const acked = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  return house
}
/** A second report of the same vulnerability, a day later. */
const two = async () => {
  const house = (await acked()).wait(DAY)
  return house.opens(LATER, { name: 'Sol', address: 'sol@other.example' })
}

const endOf = (house: SmallHouse) => {
  const { em } = house.state()
  return em.is === 'active' ? em.end : 'none'
}

describe('a triage', () => {
  const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'

  it('with a vector and no severity records nothing, and says what the vector says', async () => {
    const house = await acked()
    const refused = cardOf(await house.asks(ana, 'triage', `valid ${VECTOR} CWE-22 it reads files`)).fallback
    expect(refused).toContain('Nothing was recorded: no severity is given. The vector scores 7.5, which is high.')
    expect(refused).toContain(`/cvd triage valid high ${VECTOR} CWE-22 it reads files`)
    expect(house.state().disposition).toBeUndefined()
    await house.asks(ana, 'triage', `valid high ${VECTOR} CWE-22 it reads files`)
    expect(house.state()).toMatchObject({ disposition: 'valid', severity: 'high', cvss3: VECTOR })
  })

  it('with two vectors proposes the severity of the vector that the policy prefers', async () => {
    const asked = async (severityFrom?: 'v3.1') => {
      const policy = policyOf('team')
      const projects = policy.projects.map((one) => ({ ...one, ...(severityFrom && { severityFrom }) }))
      const house = new SmallHouse({ policy: { ...policy, projects } }).opens()
      await house.asks(ana, 'ack')
      const other = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'
      return cardOf(await house.asks(ana, 'triage', `valid ${VECTOR} ${other}`)).fallback
    }
    expect(await asked('v3.1')).toContain('The vector scores 7.5, which is high.')
    expect(await asked()).toContain('The vector scores 8.7, which is high.')
  })

  it.each(['valid CVSS:3.1/AV:N', 'valid high CVSS:3.1/AV:N'])(
    'with a vector that is not complete records nothing, and says what is missing: %s',
    async (typed) => {
      const house = await acked()
      const refused = cardOf(await house.asks(ana, 'triage', typed)).fallback
      expect(refused).toContain('The metric A is missing. Add A:H or A:L or A:N.')
      expect(house.state().disposition).toBeUndefined()
    },
  )
})

describe('a question to the reporter', () => {
  it('is shown before it is sent, and is sent as it was shown', async () => {
    const house = await acked()
    const shown = await house.asks(ana, 'reply', '--kind question Which version was it?')
    expect(cardOf(shown).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · ask the reporter this?
      To             the reporter of r1 · Rafi <rafi@reporter.example>
      Nothing has been sent yet.
      Your question:
      > Which version was it?
      [ Send ] [ Change ]"
    `)
    await house.asks(ana, 'ask', press(cardOf(shown), 'Send').input)
    expect(house.state().needsInfo?.report).toBe(`${CASE}/r1`)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('needs info')
  })

  it('is asked for if no text is given', async () => {
    const house = await acked()
    expect(formOf(await house.asks(ana, 'reply', '--kind question')).fields.map(({ name }) => name)).toContain('text')
  })
})

describe('a merge', () => {
  it('first shows the end date that will apply, whom it binds and what it does', async () => {
    const house = await two()
    const shown = await house.asks(ana, 'triage.duplicate', `${LATER} ${CASE}`, ELSEWHERE)
    expect(cardOf(shown).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0043 · merge it into SEC-2026-0042?
      Embargo ends   Sun 23 Aug, 09:00 UTC, the earlier end
      Binds          2 reports
      Reports, consents and credits go to SEC-2026-0042. SEC-2026-0043 closes, and its own embargo ends.
      Every reporter is told that another person reported the same, but not who.
      Mail cannot be called back; the reports can be split again. Nothing has happened yet.
      [ Merge ]"
    `)
    expect(house.state(LATER).rm).toBe('received')
    await house.asks(ana, 'duplicate', press(cardOf(shown), 'Merge').input, ELSEWHERE)
    expect(house.state(LATER)).toMatchObject({ rm: 'closed', mergedInto: CASE })
    expect(house.state().reports).toHaveLength(2)
    const texts = (await house.cards()).flatMap(({ kind, fallback }) => (kind === 'change' ? [fallback] : []))
    expect(texts).toContain(
      `Ana: this is the same vulnerability as ${CASE}. Reports, consents and credits are now in that case.`,
    )
    expect(texts.filter((line) => line.includes('deferred'))).toEqual([])
  })

  it('shows a date that only a reporter named as such, in the preview and afterwards', async () => {
    const house = await two()
    const [report] = house.state(LATER).reports
    const from = { from: 'reporter', report: report?.id ?? expect.fail('no report') } as const
    const message = MessageId.parse('mail-date')
    house.comes({ verb: 'take-in-message', case: LATER, message, ...from, trust: 'nothing-proven', automatic: false })
    await house.asks(ana, 'log-answer', 'last proposes 2026-07-01', { case: LATER })
    const shown = cardOf(await house.asks(ana, 'triage.duplicate', `${LATER} ${CASE}`, ELSEWHERE))
    expect(shown.fallback).toContain(
      'Embargo ends   Wed 1 Jul, 14:00 UTC, which a reporter asked for and nobody has agreed to. The agreed end is Sun 23 Aug, 09:00 UTC',
    )
    await house.asks(ana, 'duplicate', press(shown, 'Merge').input, ELSEWHERE)
    expect(cardOf(await house.asks(ana, 'embargo', 'show')).fallback).toMatch(
      /Ends +Wed 1 Jul 2026, 14:00 UTC · in \d+ days · Wed 1 Jul 2026, 14:00 UTC is proposed · Sun 23 Aug 2026, 09:00 UTC is agreed\n/u,
    )
  })

  it('binds nobody whose own embargo was over, in the preview and afterwards', async () => {
    const house = await two()
    const [report] = house.state(LATER).reports
    if (report === undefined) throw new Error('nobody reported it')
    house.wait(HOUR).comes({
      verb: 'take-in-message',
      case: LATER,
      message: MessageId.parse('mail-open'),
      from: 'reporter',
      report: report.id,
      trust: 'domain-vouches',
      automatic: false,
    })
    await house.asks(ana, 'log-answer', 'last open-yes', { case: LATER })
    const open = cardOf(await house.asks(ana, 'embargo', 'open', { case: LATER }))
    await house.asks(ana, 'embargo', press(open, 'Go on in public').input, { case: LATER })
    const shown = cardOf(await house.asks(ana, 'triage.duplicate', `${LATER} ${CASE}`, ELSEWHERE))
    expect(shown.fallback).toContain(
      `The embargo of ${LATER} is over: its reporters are asked to keep the secret, and are bound once they say yes.`,
    )
    expect(shown.fallback).toMatch(/Binds +1 report\n/u)
    await house.asks(ana, 'duplicate', press(shown, 'Merge').input, ELSEWHERE)
    expect(cardOf(await house.asks(ana, 'embargo', 'show')).fallback).toContain(
      'the team and 1 reporter. 1 reporter had an embargo that is over, and is not bound.',
    )
  })

  it('is refused while the later case alone is public, with the button that says so in the earlier one', async () => {
    const house = await two()
    await house.asks(ana, 'open', 'quillmark --public https://forum.example/1', ELSEWHERE)
    const opened = house.asked.at(-1)?.request
    if (opened?.verb !== 'open') throw new Error('nothing was opened')
    expect(house.state(opened.case).cs.public).toBe(house.now)
    const refused = cardOf(await house.asks(ana, 'triage.duplicate', `${opened.case} ${CASE}`, ELSEWHERE))
    expect(refused.fallback).toMatchInlineSnapshot(`
      "NEW-0000-0000 · not done
      Only a confirmed signal can be corrected, and a signal that is confirmed in a duplicate must be confirmed in the earlier case before the merge.
      It is confirmed in this case that the vulnerability is public, but nobody has said so in SEC-2026-0042.
      Any team member raises the signal in SEC-2026-0042 too, where a second person answers it: /cvd signal public
      [ Secrecy failed ]"
    `)
    expect(refused.actions).toMatchObject([{ verb: 'signal', input: { case: CASE, what: 'public' } }])
    expect(house.state().em.is).toBe('active')
  })

  it('leaves what brings the later case back to be done in the earlier one, also by the button', async () => {
    const house = await two()
    const shown = await house.asks(ana, 'triage.duplicate', `${LATER} ${CASE}`, ELSEWHERE)
    await house.asks(ana, 'duplicate', press(cardOf(shown), 'Merge').input, ELSEWHERE)
    const refused = cardOf(await house.asks(ana, 'reopen', `${LATER} another bug`, ELSEWHERE))
    expect(refused.fallback).toContain(`Split the report off from ${CASE}`)
    expect(refused.actions).toMatchObject([{ verb: 'open.report', input: { case: CASE } }])
  })

  it('merges the later case into the earlier one, whether it is named first or second', async () => {
    const house = await two()
    const shown = await house.asks(ana, 'triage.duplicate', LATER)
    expect(cardOf(shown).title).toBe(`${LATER} · merge it into ${CASE}?`)
  })

  it('takes the number typed in a case’s own channel for the other case', async () => {
    const house = await two()
    const reply = await house.asks(ana, 'triage', `duplicate ${LATER}`)
    expect(cardOf(reply).title).toBe(`${LATER} · merge it into ${CASE}?`)
    const none = await house.asks(ana, 'triage.duplicate', 'SEC-2026-0999')
    expect(cardOf(none).fallback).toContain('There is no such case')
  })

  it('is undone by a split', async () => {
    const house = await two()
    await house.asks(ana, 'merge', press(cardOf(await house.asks(ana, 'triage.duplicate', LATER)), 'Merge').input)
    const shown = cardOf(await house.asks(ben, 'open.report', 'r2 it has another cause'))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · split r2 off?
      Goes to        SEC-2026-0043
      Embargo ends   Sun 23 Aug, 09:00 UTC, as here
      It leaves SEC-2026-0042, which goes on without it.
      Its reporter is told the new number by mail, and mail cannot be called back. Nothing has happened yet.
      [ Split it off ]"
    `)
    expect(house.state(LATER).rm).toBe('closed')
    const reply = await house.asks(ben, 'split', press(shown, 'Split it off').input)
    expect(cardOf(reply).fallback).toContain(`The report is in ${LATER} again.`)
    expect(house.state(LATER).rm).toBe('valid')
  })
})

describe('another project', () => {
  const twoProjects = () => {
    const [quillmark] = policyOf().projects
    if (quillmark === undefined) throw new Error('no project')
    return { ...policyOf(), projects: [quillmark, { ...quillmark, id: 'inkwell', name: 'Inkwell' }] }
  }

  it('is named before a report goes there, with what goes along', async () => {
    const house = new SmallHouse({ policy: twoProjects() }).opens().wait(HOUR)
    await house.asks(ana, 'triage', 'valid high')
    const shown = cardOf(await house.asks(ana, 'open.report', 'r1 --project inkwell it is theirs'))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · split r1 off?
      Goes to        a new case of Inkwell, another project
      Embargo ends   Sun 23 Aug, 09:00 UTC, as here
      That project’s security team will see the new case. You and the coordinator of this case will be on it too.
      Its triage moves with it: valid, high.
      It is the only report of SEC-2026-0042, which closes.
      Its reporter is told the new number by mail, and mail cannot be called back. Nothing has happened yet.
      [ Split it off ]"
    `)
    expect(house.state().rm).toBe('valid')
    await house.asks(ana, 'split', press(shown, 'Split it off').input)
    expect(house.state().rm).toBe('closed')
  })

  it('is named before a case is merged into one of it', async () => {
    const house = new SmallHouse({ policy: twoProjects() }).opens().wait(HOUR)
    await house.asks(ana, 'open', 'inkwell found inside')
    const made = house.recorded.findLast(({ one }) => one.event.type === 'CaseOpened')?.one.stream
    const shown = cardOf(await house.asks(ana, 'triage.duplicate', `${CASE} ${made}`))
    expect(shown.fallback).toContain('The reports go from Inkwell to Quillmark, another project.')
  })

  it('is named before a report returns to it', async () => {
    const house = new SmallHouse({ policy: twoProjects() }).opens().wait(HOUR)
    house.comes({
      verb: 'open-case',
      case: LATER,
      project: 'inkwell',
      message: MessageId.parse('mail-of-inkwell'),
      receivedAt: house.now,
      reporter: ReporterId.parse('another-reporter'),
      identity: { address: 'sol@other.example' },
      trust: 'nothing-proven',
      automatic: false,
    })
    await house.asks(ana, 'merge', press(cardOf(await house.asks(ana, 'triage.duplicate', LATER)), 'Merge').input)
    const shown = cardOf(await house.asks(ana, 'open.report', 'r2 it is theirs'))
    expect(shown.fallback).toContain(`Goes to        ${LATER} of Inkwell, another project`)
  })

  it('takes a report that was merged where it is named, and not home', async () => {
    const house = new SmallHouse({ policy: twoProjects() }).opens().wait(HOUR)
    house.opens(LATER, { name: 'Sol', address: 'sol@other.example' })
    await house.asks(ana, 'merge', press(cardOf(await house.asks(ana, 'triage.duplicate', LATER)), 'Merge').input)
    const unknown = cardOf(await house.asks(ana, 'open.report', 'r2 --project inkpot it is theirs'))
    expect(unknown.fallback).toContain('The policy has no project "inkpot".')
    const shown = cardOf(await house.asks(ana, 'open.report', 'r2 --project inkwell it is theirs'))
    expect(shown.fallback).toContain('Goes to        a new case of Inkwell, another project')
    await house.asks(ana, 'split', press(shown, 'Split it off').input)
    const made = house.recorded.findLast(({ one }) => one.event.type === 'CaseOpened')?.one
    expect(made?.event).toMatchObject({ project: 'inkwell' })
    expect(house.state().moved).toMatchObject([{ to: made?.stream }])
    expect(house.state(LATER).rm).toBe('closed')
  })
})

describe('the advisory outside', () => {
  it('is opened and published by people, who say where: told in the channel, and shown in the status', async () => {
    const house = await acked()
    await house.asks(ana, 'triage', 'valid high')
    const count = (await house.cards()).length
    const draft = 'https://quillmark.example/advisories/7'
    expect(cardOf(await house.asks(ana, 'done', `advisory-opened ${draft}`)).fallback).toContain(
      'draft of the advisory is open',
    )
    expect(cardOf(await house.asks(ana, 'done', `advisory-opened ${draft}`)).fallback).toContain('recorded already')
    expect(cardOf(await house.asks(ana, 'status', '')).fallback).toContain(
      'a draft: hxxps://quillmark.example/advisories/7',
    )
    expect(cardOf(await house.asks(ana, 'done', `advisory-published ${draft}`)).fallback).toContain(
      'The embargo is in force until',
    )
    const lines = (await house.cards()).slice(count).filter(({ kind }) => kind === 'change')
    expect(lines.map(({ fallback }) => fallback)).toEqual([
      'Ana opened a draft of the advisory: hxxps://quillmark.example/advisories/7',
    ])
  })
})

describe('the course of a case', () => {
  it('is reported in the channel, with one line for each step', async () => {
    const house = await acked()
    await house.asks(ana, 'triage', 'valid high')
    const count = (await house.cards()).length
    await house.asks(ana, 'party.wait', 'the upstream')
    await house.asks(ana, 'party.done', '')
    await house.asks(ana, 'advisory.as', 'advisory it is a hosted service')
    await house.asks(ana, 'triage.not-now', 'after the summer')
    await house.asks(ben, 'reopen', 'summer is over')
    await house.asks(ana, 'reply', '--kind progress')
    const lines = (await house.cards()).slice(count).filter(({ kind }) => kind === 'change')
    expect(lines.map(({ fallback }) => fallback)).toMatchInlineSnapshot(`
      [
        "Ana: the case waits for the upstream.",
        "Ana: the case no longer waits for another party.",
        "Ana: it ends in an advisory, with nothing to release: it is a hosted service",
        "Ana deferred the case: after the summer",
        "Ana told the reporter how far the case is.",
        "Ben: work on the case resumes: summer is over",
        "Ana told the reporter how far the case is.",
      ]
    `)
  })

  it('is in the status, with the party it waits for', async () => {
    const house = await two()
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'reply', '--kind question Which version was it?', { confirmed: true })
    await house.asks(ana, 'party.wait', 'the upstream')
    await house.asks(ana, 'cve', 'request https://cna.example/requests/1')
    await house.asks(ana, 'triage.duplicate', { of: LATER, end: String(endOf(house)) })
    const status = cardOf(await house.asks(ana, 'status')).fallback
    expect(status).toContain('the reporter of r1: our question (asked')
    expect(status).toContain('the upstream (since')
    expect(status).toContain(`took over ${LATER}`)
    expect(status).toMatch(/CVE +asked for/)
    await house.asks(ana, 'cve', 'set cve-1900-0042')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/CVE +CVE-1900-0042/)
    expect(cardOf(await house.asks(ana, 'cve', 'published')).fallback).toContain('Give the link to the public record.')
  })

  it('says in a terminal, which has no channels, how to go on with a case that a person opens', async () => {
    const house = new SmallHouse()
    const { queries } = house.engine
    const [account = ana] = queries.accountsOf(ana, 'terminal')
    const opened = await house.router.handle({
      verb: 'open',
      input: 'quillmark',
      actor: queries.actorOf('terminal', account),
      place: { platform: 'terminal', private: true },
      deliveryId: 'open-1',
      at: house.now,
    })
    expect(cardOf(opened).fallback).toMatch(/(\S+) is open, .* See what is next: embargo \1$/u)
  })

  it('can begin with a case that a person opens', async () => {
    const house = new SmallHouse()
    const reply = await house.asks(ana, 'open', 'quillmark --public https://blog.example/hole', ELSEWHERE)
    expect(cardOf(reply).fallback).toContain('is open, and you coordinate it. Go on in its channel.')
    const wrong = await house.asks(ana, 'open', 'quillmark --public ftp://blog.example/', ELSEWHERE)
    expect(cardOf(wrong).fallback).toMatch(/^Not done\nLink, if it is already public: /u)
  })

  it('continues after a late answer only if a person says so', async () => {
    const house = await acked()
    await house.asks(ana, 'triage', 'invalid it is meant so')
    const refused = cardOf(await house.asks(ana, 'reply', '--kind question And now?', { confirmed: true })).fallback
    expect(refused).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not sent
      The case is closed.
      Any team member opens it again, with the reason: /cvd reopen <reason>
      [ Open the case again ]"
    `)
  })
})
