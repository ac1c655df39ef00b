import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { remediation } from './remediation.ts'
import type { RemediationFields } from './remediation.ts'

const fields: RemediationFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  zone: 'Europe/Berlin',
  writer: 'reporter',
  branches: ['main', '4.2'],
  by: Date.parse('2026-06-24T14:00:00Z'),
  secrecy: 'bound',
}

describe('remediation', () => {
  it('tells the reporter who writes the patch how to send it', () => {
    const mail = remediation.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] You write the patch')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Thank you for offering to write the patch. Please write it for the
      branches main and 4.2.

      It would help to have it by Wed 24 Jun 2026, 14:00 UTC (16:00 your
      time). If that is too soon, tell us what suits you.

      How to send it:
      - as the output of "git format-patch", or of "git diff" with the commit
        it applies to;
      - attached to a reply to this mail, one file for each branch;
      - never in public: no public branch, pull request or paste, and no
        public build that runs it.

      Then somebody on our side reads and tests it. We tell you about anything
      that should change. Backports to other branches are our work. The commit
      carries the name that is in your patch, unless you asked not to be
      named.

      If you change your mind, one line is enough. We take over, and nothing
      is lost.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells the reporter if the team writes it', () => {
    const mail = remediation.words({ ...fields, writer: 'team', branches: ['main'] })
    expect(mail.subject).toBe('[SEC-2026-0042] We write the patch')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We write the patch, for the branch main. We plan to have it by Wed 24
      Jun 2026, 14:00 UTC (16:00 your time).

      When it is ready, we will mail it to you and ask one thing: does it fix
      what you reported? Until then, you need not do anything.

      If you have thoughts on how it should be fixed, a reply is welcome now.
      Please keep code and ideas for the fix out of public places as well: a
      fix shows where the hole is.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('stays within the columns', () => {
    const lines = (['reporter', 'another', 'team'] as const).flatMap((writer) =>
      remediation.words({ ...fields, writer }).text.split('\n'),
    )
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([])
  })

  it('names no colleague and no component, whatever fields it gets', () => {
    const wider = { ...fields, writer: 'team', remediator: 'PLANTED', component: 'PLANTED' } as const
    expect(JSON.stringify(remediation.words(wider))).not.toContain('PLANTED')
  })
})
