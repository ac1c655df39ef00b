import { expect, it } from 'vitest'
import { recipientRated } from './recipient-rated.ts'

it('tells a recipient of another severity, and that nothing else changed', () => {
  const mail = recipientRated({
    caseNumber: 'SEC-2026-0042',
    project: 'Quillmark',
    from: { kind: 'team', address: 'security@quillmark.example' },
    now: Date.parse('2026-07-10T14:00:00Z'),
    severity: 'critical',
    was: 'high',
  })
  expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER another severity')
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    'We told you that SEC-2026-0042 in Quillmark is rated high. It is rated critical now.',
  )
})
