import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { forwardedReport, forwardedReportText } from './forwarded-report.ts'

const base = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
} as const
const report = {
  project: 'Quillmark',
  subject: 'the parser hangs',
  text: 'Hello,\n\na long line hangs it.\n',
  attachments: 0,
  attached: false,
  secrecy: 'bound' as const,
}

describe('a report that is forwarded', () => {
  it('says who we are, what was agreed, what we ask, and the report as it came', () => {
    const reporter = 'Robin Sample <robin@sample.example>'
    const text = forwardedReportText({ ...report, reporter, attachments: 2 })
    expect(forwardedReport.words({ ...base, text, files: [] }).text).toMatchInlineSnapshot(`
      "Hello,

      we are the security team of Quillmark. We received a report of a
      problem. As far as we can tell, its cause is in your software and not in
      ours. The person who wrote the report agreed that we pass it on to you.

      The report is from Robin Sample <robin@sample.example>, who agreed to be
      named to you. Your answer to this mail reaches us; you may also write to
      them.

      Please keep it between yourselves until you have agreed on a date with
      the reporter, and tell us when it has reached somebody who can act on
      it. We publish nothing about it.

      If you give it a number of your own, please tell us that number.

      2 files came with it, and are not attached. If you need any, ask us.

      The report, as it came, with the subject "the parser hangs":

      > Hello,
      >
      > a long line hangs it.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it.each([
    [1, 'One file came with it, and is attached as it came. We did not change it'],
    [2, '2 files came with it, and are attached as they came. We did not change them'],
  ])('says that what came with it goes too (%i)', (attachments, words) => {
    const file = { filename: 'poc.zip', contentType: 'application/zip', content: new Uint8Array([0x50, 0x4b, 0xff]) }
    const text = forwardedReportText({ ...report, attachments, attached: true })
    expect(text).toContain(words)
    expect(forwardedReport.words({ ...base, text, files: [file] }).attachments).toEqual([file])
  })

  it('asks the vendor for no secrecy if the problem is worked on in public', () => {
    const text = forwardedReportText({ ...report, secrecy: 'over' })
    expect(text).toContain('The problem is being worked on in public, so there is no secret to keep.')
    expect(text).not.toContain('keep it between yourselves')
  })

  it('says that it concerns both, and that nothing is published unannounced, if the vulnerability is ours too', () => {
    const text = forwardedReportText({ ...report, isOurs: true })
    expect(text).toContain('We found it to be a vulnerability of ours, and as far as we can tell, its cause is in')
    expect(text).toContain('We will tell you before we publish anything.')
    expect(text).not.toContain('We publish nothing about it.')
  })

  it('names nobody who does not want to be named', () => {
    const text = forwardedReportText({ ...report, ...{ name: 'PLANTED', address: 'PLANTED' } })
    expect(text).toContain('do not want to be named')
    expect(text).not.toMatch(/PLANTED|file/u)
  })

  it('is a letter of its own, within the columns', () => {
    const mail = forwardedReport.words({
      ...base,
      text: forwardedReportText({ ...report, text: 'word '.repeat(100) }),
      files: [],
    })
    expect(mail.subject).toBe('[SEC-2026-0042] A report about your software')
    expect(mail.automatic).toBe(false)
    expect(mail.text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
  })
})
