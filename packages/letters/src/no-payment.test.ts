import { describe, expect, it } from 'vitest'
import { noPayment } from './no-payment.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  embargo: { end: Date.parse('2026-09-01T00:00:00Z') },
} as const

describe('the answer to a demand for money', () => {
  it('declines once, and says what everybody gets and that nothing else changes', () => {
    expect(noPayment.words(fields)).toMatchInlineSnapshot(`
      "Hello,

      you ask for money for your report. Quillmark does not pay for reports, neither before we have looked at them nor afterwards, and we do not pay anybody to keep quiet. We tell everybody the same.

      We also do the same for everybody: we look at what your report says. If it is right, the problem is fixed and published, you hear from us on the way, and you are credited as you like.

      If there is more that you have not sent yet, please send it to this address; a reply is enough. If you would rather not, we go on with what we have.

      What we asked of you has not changed: please keep it between us until Tue 1 Sep 2026, 00:00 UTC, or until the fix is public.

      Whether you go on with us is up to you. We would be glad if you do."
    `)
  })

  it('names no date if nothing is under embargo', () => {
    expect(noPayment.words({ ...fields, embargo: 'none' })).not.toContain('2026')
  })

  it('says nothing about the report, whatever fields it gets', () => {
    expect(noPayment.words({ ...fields, ...{ title: 'PLANTED', severity: 'PLANTED' } })).not.toContain('PLANTED')
  })
})
