import { expect, it } from 'vitest'
import { recipientRated } from './recipient-rated.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
  severity: 'critical',
  tlp: 'TLP:AMBER+STRICT',
  was: 'high',
} as const

it('tells a recipient of another severity, and that nothing else changed', () => {
  const mail = recipientRated.words({ ...fields, secrecy: 'bound' })
  expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT another severity')
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    'We told you that SEC-2026-0042 in Quillmark is rated high. It is now rated critical.',
  )
})

it('asks for secrecy if the embargo has run out, and for nothing if the vulnerability is public', () => {
  const mail = recipientRated.words({ ...fields, secrecy: 'asked' })
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    'The embargo has ended. Even so, we ask you: please publish nothing',
  )
  const over = recipientRated.words({ ...fields, secrecy: 'over' })
  expect(over.subject).toBe('[SEC-2026-0042] Another severity')
  expect(over.text).not.toMatch(/terms|please publish nothing/iu)
})
