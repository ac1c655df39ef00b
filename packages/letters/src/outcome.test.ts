import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { outcome } from './outcome.ts'
import type { Outcome, OutcomeFields } from './outcome.ts'

const open = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  zone: 'Europe/Berlin',
  embargo: { end: Date.parse('2026-08-30T14:00:00Z') },
  secrecy: 'bound',
  nextWordBy: Date.parse('2026-06-24T14:00:00Z'),
} as const
const closed = { ...open, embargo: 'none', secrecy: 'asked', nextWordBy: undefined } as const

const fields: Record<Outcome['disposition'], OutcomeFields> = {
  valid: {
    ...open,
    outcome: {
      disposition: 'valid',
      severity: 'high',
      reason: 'A document from a stranger is enough, and the reader only has to open it.\n\nIt needs no account.',
      vectors: ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'],
    },
  },
  'defense-in-depth': {
    ...open,
    outcome: { disposition: 'defense-in-depth', reason: 'Anyone who can write this file can already run programs.' },
  },
  'info-only': { ...closed, outcome: { disposition: 'info-only', reason: 'The version number is public anyway.' } },
  invalid: { ...closed, outcome: { disposition: 'invalid', reason: 'The example fails at the login, as it should.' } },
  'already-fixed': { ...closed, outcome: { disposition: 'already-fixed', fixedIn: 'Quillmark 4.2.3' } },
  'out-of-scope': {
    ...closed,
    outcome: {
      disposition: 'out-of-scope',
      reason: 'The demo site holds nothing that is worth protecting.',
      scopeUrl: 'https://quillmark.example/security#scope',
    },
  },
  'other-vendor': {
    ...closed,
    outcome: { disposition: 'other-vendor', vendor: 'Inkwell', contact: 'security@inkwell.example' },
  },
}

describe('outcome', () => {
  it('has the words for valid', () => {
    expect(outcome.words(fields.valid).text).toMatchInlineSnapshot(`
      "Hello,

      Your report is valid: Quillmark has the vulnerability that you describe.
      Thank you for finding it and for telling us. We rate it high, for this
      reason:

      A document from a stranger is enough, and the reader only has to open
      it.

      It needs no account.

      CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N

      The fix comes next. We will tell you who writes it, and ask you to check
      it before it is released.

      The embargo still ends Sun 30 Aug 2026, 14:00 UTC (16:00 your time).
      Until then, or until the fix is public, please keep this between us.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC (16:00 your time)
      at the latest.

      If you disagree about the severity, reply and say why. We will look
      again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has the words for defense-in-depth', () => {
    expect(outcome.words(fields['defense-in-depth']).text).toMatchInlineSnapshot(`
      "Hello,

      We looked into your report, and you are right about what you saw. On its
      own it does not let anybody do what they should not be able to do, so we
      do not treat it as a vulnerability and ask for no CVE. It is still worth
      changing, and we will. Our reason:

      Anyone who can write this file can already run programs.

      Thank you. Work like this makes the next attack harder.

      The embargo still ends Sun 30 Aug 2026, 14:00 UTC (16:00 your time).
      Until then, or until the fix is public, please keep this between us.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC (16:00 your time)
      at the latest.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has the words for info-only', () => {
    expect(outcome.words(fields['info-only']).text).toMatchInlineSnapshot(`
      "Hello,

      We looked into your report. What you describe is right and good to know,
      but there is nothing in it for us to fix. Our reason:

      The version number is public anyway.

      Thank you for taking the time to write it down.

      No embargo is in force: you may write about this as you like.

      With this mail the case is closed on our side. Any reply is still read.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has the words for invalid', () => {
    expect(outcome.words(fields.invalid).text).toMatchInlineSnapshot(`
      "Hello,

      We looked into your report and found that what it describes is not a
      vulnerability in Quillmark. Our reason:

      The example fails at the login, as it should.

      Thank you for looking, and for asking here first.

      No embargo is in force: you may write about this as you like.

      With this mail the case is closed on our side. Any reply is still read.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has the words for already-fixed', () => {
    expect(outcome.words(fields['already-fixed']).text).toMatchInlineSnapshot(`
      "Hello,

      What you describe was a real problem. It is already fixed, in Quillmark
      4.2.3.

      If you still see it there, tell us: then it is something new. Thank you
      for checking.

      No embargo is in force: you may write about this as you like.

      With this mail the case is closed on our side. Any reply is still read.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has the words for out-of-scope', () => {
    expect(outcome.words(fields['out-of-scope']).text).toMatchInlineSnapshot(`
      "Hello,

      We looked into your report. It is outside of what we treat as a security
      matter in Quillmark. Our reason:

      The demo site holds nothing that is worth protecting.

      What is in scope is listed at https://quillmark.example/security#scope

      That does not mean that you are wrong about it. Thank you for writing.

      No embargo is in force: you may write about this as you like.

      With this mail the case is closed on our side. Any reply is still read.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('has one full stop if the name of the vendor ends in one', () => {
    const base = fields['other-vendor']
    const { text } = outcome.words({
      ...base,
      outcome: { disposition: 'other-vendor', vendor: 'Inkwell Inc.', contact: 'security@inkwell.example' },
    })
    expect(text).toMatch(/in\s+Inkwell\s+Inc\.\n/u)
  })

  it.each([
    ['named', 'You already said that we may forward it and name you'],
    ['unnamed', 'You already said that we may forward it without your name'],
    ['no', 'You said that we must not forward it'],
  ] as const)('asks for no yes to forwarding where the answer is known: %s', (forwarding, expected) => {
    const base = fields['other-vendor']
    const { text } = outcome.words({
      ...base,
      outcome: { disposition: 'other-vendor', vendor: 'Inkwell', contact: 'security@inkwell.example', forwarding },
    })
    const words = text.replaceAll(/\s+/gu, ' ')
    expect(words).toContain(expected)
    expect(words).not.toContain('reply with a yes')
  })

  it('has the words for other-vendor', () => {
    expect(outcome.words(fields['other-vendor']).text).toMatchInlineSnapshot(`
      "Hello,

      We looked into your report. The cause is not in Quillmark but in
      Inkwell.

      They can be reached at security@inkwell.example

      If you would rather have us forward it, reply with a yes and tell us
      whether we may name you. Unless you agree, nothing is forwarded. Thank
      you for telling us.

      No embargo with us is in force. Please give Inkwell time to act before
      you write about it.

      With this mail the case is closed on our side. Any reply is still read.

      If you disagree, reply and tell us what we missed. A person will look at
      it again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })
  it.each(Object.values(fields))('$outcome.disposition: thanks, tells how to disagree, and has no title', (each) => {
    const mail = outcome.words(each)
    expect(mail.subject).toBe('[SEC-2026-0042] What we found')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatch(/thank\s+you/i)
    expect(mail.text).toMatch(/If you (disagree|disagree about the severity), reply/)
  })

  it('stays within the columns', () => {
    const lines = Object.values(fields).flatMap((each) => outcome.words(each).text.split('\n'))
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([])
  })
})
