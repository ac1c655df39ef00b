import { CveId, instant, MessageId } from '@embargo/core'
import type { CveSource } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { mailsLeave, untilPublishing } from '../fixtures/until-publishing.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const ID = CveId.parse('CVE-1900-1001')
const INSTANCE = { is: 'test', host: 'cve.example', organization: 'quillmark' } as const
const AT = instant(Date.UTC(2026, 5, 1, 12))

async function accepted(cve: CveSource): Promise<SmallHouse> {
  const policy = policyOf()
  const house = new SmallHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, cve })) } })
  await house.opens().asks(ana, 'ack', '')
  await house.asks(ana, 'triage', 'valid high')
  return house
}

const textOf = async (house: SmallHouse, typed: string): Promise<string> =>
  cardOf(await house.asks(ana, 'cve', typed)).fallback

const kinds = (house: SmallHouse): readonly string[] =>
  house.effectsOf(house.recorded.length - 1).map(({ kind }) => kind)

describe('cve request', () => {
  it('reserves an id if the project is its own CNA, and says at which instance', async () => {
    const house = await accepted('own')
    house.cves.ids = { instance: INSTANCE, ids: [] }
    expect(await textOf(house, 'request')).toContain(
      'An id is being reserved at the test instance of CVE Services (cve.example). It is recorded here when it comes.',
    )
    expect(kinds(house)).toContain('reserve-cve')
  })

  it('says what to set if there are no credentials, and reserves nothing', async () => {
    const house = await accepted('own')
    expect(await textOf(house, 'request')).toContain('EMBARGO_CVE_KEY')
    expect(kinds(house)).not.toContain('reserve-cve')
  })

  it.each(['github', 'other', 'form'] as const)('records what was done if ids come from %s', async (source) => {
    const house = await accepted(source)
    house.cves.ids = { instance: INSTANCE, ids: [] }
    expect(await textOf(house, 'request')).toContain('Recorded: a CVE id is requested.')
    expect(kinds(house)).not.toContain('reserve-cve')
  })
})

describe('cve request at GitHub', () => {
  const REPOSITORY = 'https://github.com/quillmark/quillmark'
  async function atGitHub(): Promise<SmallHouse> {
    const policy = policyOf()
    const product = { cve: 'github', repository: REPOSITORY, targets: { github: 'publish' } } as const
    const house = new SmallHouse({
      policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) },
    })
    await house.opens().asks(ana, 'ack', '')
    await house.asks(ana, 'triage', 'valid high')
    return house
  }

  it('asks GitHub for the advisory of the case', async () => {
    const house = await atGitHub()
    await house.asks(ana, 'done', `advisory-opened ${REPOSITORY}/security/advisories/GHSA-2222-3333-4444`)
    expect(await textOf(house, 'request')).toContain('GitHub is asked for an id. Its answer takes days or weeks')
    expect(kinds(house)).toContain('request-cve')
  })

  it('says what to do if the case has no advisory there', async () => {
    const house = await atGitHub()
    expect(await textOf(house, 'request')).toContain('done advisory-opened <link>')
    expect(kinds(house)).toContain('request-cve')
  })
})

describe('cve text', () => {
  it.each([
    ['form', /Paste it into the form of the CNA: https:\/\/cveform\.mitre\.org\//],
    ['other', /Mail it to your CNA, encrypted if you know a key of theirs\./],
  ] as const)('shows the text of the request, and where it goes: %s', async (source, where) => {
    const shown = await textOf(await accepted(source), 'text')
    expect(shown).toMatch(where)
    expect(shown).toContain('Please assign a CVE id.')
    expect(shown).toContain('cve request <link>')
  })
})

describe('a line that must not leave', () => {
  it.each(['form', 'other'] as const)('stops the text for the CNA, and says how to mend it: %s', async (source) => {
    const policy = policyOf()
    const cna = source === 'other' ? { cna: { address: 'cna@foundation.example' } } : {}
    const projects = policy.projects.map((one) => ({ ...one, cve: source, ...cna }))
    const house = new SmallHouse({ policy: { ...policy, projects } })
    await house.opens().asks(ana, 'ack', '')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'PoC: curl http://127.0.0.1/x | sh' })
    for (const typed of ['text', 'request']) {
      const fallback = await textOf(house, typed)
      expect(fallback).toContain('| sh", which shows how to attack.')
      expect(fallback).toContain('/cvd advisory')
      expect(fallback).not.toContain('Please assign a CVE id.')
    }
    expect(house.state().cve).toBeUndefined()
  })

  it('stops no record of a request that was made', async () => {
    const house = await accepted('form')
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'PoC: curl http://127.0.0.1/x | sh' })
    expect(await textOf(house, 'request https://cna.example/7')).toContain('Recorded: a CVE id is requested.')
  })
})

describe('cve request to another CNA by mail', () => {
  const CNA = 'cna@foundation.example'

  async function ofFoundation(): Promise<SmallHouse> {
    const policy = policyOf()
    const cna = { cve: 'other', cna: { address: CNA } } as const
    const house = new SmallHouse({
      policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...cna })) },
    })
    await house.opens().asks(ana, 'ack', '')
    await house.asks(ana, 'triage', 'valid high')
    return house
  }

  it('has a text that names the command by which it is mailed', async () => {
    expect(await textOf(await ofFoundation(), 'text')).toContain('Embargo mails it to your CNA: /cvd cve request')
  })

  it('shows the mail first, and records the request when the mail is sent', async () => {
    const house = await ofFoundation()
    const preview = cardOf(await house.asks(ana, 'cve', 'request'))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · ask the CNA for an id?
      To             the CNA cna@foundation.example, in plain text
      Nothing has been sent yet.
      Your mail:
      > Please assign a CVE id.
      >
      [ Send ] [ Change ]"
    `)
    expect(house.recorded.at(-1)?.one.event.type).not.toBe('CveRequested')
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.recorded.slice(-2).map(({ one }) => one.event)).toMatchObject([
      { type: 'CveRequested', from: 'other' },
      { type: 'CnaWritten', to: CNA },
    ])
    expect(kinds(house)).toContain('send-mail')
    expect((await house.lastCard('change')).fallback).toContain(`Ana writes to the CNA, ${CNA}.`)
  })

  it('shows the answer as that of the CNA, and sends a reply to the CNA', async () => {
    const house = await ofFoundation()
    await house.asks(ana, 'reply', press(cardOf(await house.asks(ana, 'cve', 'request')), 'Send').input)
    const of = { from: 'vendor', vendor: CNA, trust: 'nothing-proven', automatic: false } as const
    house.comes({ verb: 'take-in-message', case: CASE, message: MessageId.parse('mail-of-cna'), ...of })
    const mail = await house.lastCard('mail')
    expect(mail.title).toBe(`${CASE} · ${CNA}, the CNA, writes · mail 2`)
    const preview = cardOf(await house.asks(ana, 'reply', { ...press(mail, 'Reply').input, text: 'Thank you.' }))
    expect(preview.fallback).toContain('send this to the CNA?')
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.recorded.at(-1)?.one.event).toMatchObject({ type: 'CnaWritten', to: CNA })
  })

  it('links to the form that the policy names for a CNA', async () => {
    const policy = policyOf()
    const cna = { cve: 'form', cna: { form: 'https://cna.example/form' } } as const
    const house = new SmallHouse({
      policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...cna })) },
    })
    await house.opens().asks(ana, 'ack', '')
    await house.asks(ana, 'triage', 'valid high')
    expect(await textOf(house, 'text')).toContain('Paste it into the form of the CNA: https://cna.example/form')
  })
})

describe('cve unused without credentials', () => {
  it('says what an admin can set', async () => {
    const house = await accepted('form')
    expect(await house.asks(ana, 'cve', 'unused')).toMatchObject({
      reason: { because: expect.stringContaining('no credentials for CVE Services') },
    })
  })
})

describe('a reservation in doubt', () => {
  async function doubtful(): Promise<SmallHouse> {
    const house = await accepted('own')
    house.cves.ids = { instance: INSTANCE, ids: [{ id: ID, reservedAt: AT }] }
    await house.asks(ana, 'cve', 'request')
    const effect = house.effectsOf(house.recorded.length - 1).find(({ kind }) => kind === 'reserve-cve')
    if (effect === undefined) throw new Error('nothing is reserved')
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: effect.id,
      outcome: { is: 'parked', doubt: true, because: 'CVE Services did not answer.' },
    })
    return house
  }

  it('is not repeated, and the answer says who decides', async () => {
    const house = await doubtful()
    expect(await house.asks(ana, 'cve', 'request')).toMatchObject({
      reason: { because: expect.stringMatching(/^It is not known whether the last call reserved an id/) },
    })
  })

  it('shows the unused ids, and takes the one that a person chooses', async () => {
    const house = await doubtful()
    expect(await textOf(house, 'unused')).toMatchInlineSnapshot(`
      "SEC-2026-0042 · unused CVE ids
      Reserved for quillmark at the test instance of CVE Services (cve.example), and used by no case:
      CVE-1900-1001 · reserved Mon 1 Jun, 12:00 UTC
      [ Take CVE-1900-1001 ]"
    `)
    await house.asks(ana, 'cve', `set ${ID}`)
    expect(house.state()).toMatchObject({ cve: { id: ID }, parked: [] })
  })
})

describe('cve set', () => {
  it('refuses an id that another case has', async () => {
    const house = await accepted('form')
    house.cves.check = { ok: false, because: `Another case has ${ID}.` }
    expect(await house.asks(ana, 'cve', `set ${ID}`)).toMatchObject({ reason: { because: `Another case has ${ID}.` } })
    expect(house.state().cve?.id).toBeUndefined()
  })

  it('says that an id of a test instance appears in no text', async () => {
    const house = await accepted('own')
    house.cves.check = { ok: true, reserved: { test: true } }
    expect(await textOf(house, `set ${ID}`)).toContain(
      'The id is from a test instance, so nothing that is sent or published contains it.',
    )
    expect(house.state().cve).toMatchObject({ id: ID, test: true })
  })

  it('shows a late id first, and records it with one yes and without a mail to a list', async () => {
    const house = await untilPublishing()
    mailsLeave(house)
    house.cves.check = { ok: true, reserved: {} }
    const shown = cardOf(await house.asks(ana, 'cve', `set ${ID}`))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · is this its CVE id? CVE-1900-1001
      Shown          dddddddddddddddd names exactly what is shown here
      What is public stays public.
      No other case has it.
      CVE Services says that it is reserved for us.
      If you confirm, the id goes into every record of this case. No list gets a mail about it; the reporter is told.
      What will happen:
      > Mail to North Linux <security@north.example>
      > ────────────────────────────────────────────
      > TLP:AMBER
      > What correct.cve would send.
      [ Put it into the records ]"
    `)
    expect(house.state().cve?.id).toBeUndefined()
    const before = house.recorded.length
    expect(cardOf(await house.asks(ana, 'correct', press(shown, 'Put it into the records').input)).fallback).toContain(
      'Recorded. Every record of this case gets CVE-1900-1001 now.',
    )
    expect(house.state().cve).toMatchObject({ id: ID, reserved: true })
    const effects = house.recorded.slice(before).flatMap((_one, at) => house.effectsOf(before + at))
    expect(effects.flatMap((one) => (one.kind === 'send-mail' ? [one.letter] : []))).toEqual(['cve-id'])
  })
})

describe('correct cve --waive', () => {
  it('asks a second person, and gives the id to the case with their yes', async () => {
    const house = await untilPublishing()
    mailsLeave(house)
    const typed = `cve --id ${ID} --waive "The page names it."`
    const shown = cardOf(await house.asks(ana, 'correct', typed))
    expect(shown.fallback).toContain('Nothing has been changed yet.')
    await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
    expect(house.state().cve?.id).toBeUndefined()
    const question = cardOf(await house.asks(ben, 'approve', ''))
    expect(question.fallback).toContain('put the CVE id into the records although the wording check refused their text')
    await house.asks(ben, 'approve', question.actions[0]?.input ?? {})
    expect(house.state().cve?.id).toBe(ID)
  })
})

describe('cve update', () => {
  async function disclosed(source: CveSource, cna?: { readonly address: string }): Promise<SmallHouse> {
    const policy = policyOf()
    const own = { cve: source, ...(cna && { cna }) }
    const house = await untilReady(
      new SmallHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...own })) } }),
    )
    await house.asks(ana, 'cve', 'request https://cna.example/requests/1')
    await untilPublishing(house)
    mailsLeave(house)
    return house
  }
  const withId = async (house: SmallHouse): Promise<SmallHouse> => {
    const shown = cardOf(await house.asks(ana, 'cve', `set ${ID}`))
    await house.asks(ana, 'correct', press(shown, 'Put it into the records').input)
    mailsLeave(house)
    return house
  }

  it('mails another CNA after one look, encrypted if a key is known', async () => {
    const house = await withId(await disclosed('other', { address: 'cna@foundation.example' }))
    const preview = cardOf(await house.asks(ana, 'cve', 'update'))
    expect(preview.fallback).toContain('the CNA cna@foundation.example, in plain text')
    expect(preview.fallback).toContain(`Please update the record of ${ID}.`)
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.recorded.at(-1)?.one.event).toMatchObject({ type: 'CnaWritten', to: 'cna@foundation.example' })
  })

  it('shows the text for a form, and where it goes', async () => {
    const shown = await textOf(await withId(await disclosed('form')), 'update')
    expect(shown).toContain('https://cveform.mitre.org/')
    expect(shown).toContain(`Please update the record of ${ID}.`)
  })

  it('is the next action after a correction of a published record, until they are asked', async () => {
    const house = await withId(await disclosed('form'))
    await house.asks(ana, 'cve', `published https://www.cve.org/CVERecord?id=${ID}`)
    const shown = cardOf(await house.asks(ana, 'correct', 'A typo --impact "Reads files"'))
    await house.asks(ana, 'correct', press(shown, 'Ask the second person').input)
    await house.asks(ben, 'approve', cardOf(await house.asks(ben, 'approve', '')).actions[0]?.input ?? {})
    mailsLeave(house)
    const status = cardOf(await house.asks(ana, 'status', ''))
    expect(status.fallback).toContain('ask the CNA to update the CVE record')
    const form = cardOf(await house.asks(ana, 'cve', press(status, 'Ask the CNA').input))
    expect(form.fallback).toContain('https://cveform.mitre.org/')
    await house.asks(ana, 'cve', press(form, 'The CNA is asked').input)
    expect(house.recorded.at(-1)?.one.event).toEqual({ type: 'CveUpdateRequested' })
    expect(cardOf(await house.asks(ana, 'status', '')).fallback).not.toContain('ask the CNA')
  })

  it('is refused without an id, and where the project is its own CNA', async () => {
    expect(await textOf(await disclosed('form'), 'update')).toContain('The case has no CVE id')
    expect(await textOf(await accepted('own'), 'update')).toContain('You are the CNA of this project')
  })
})
