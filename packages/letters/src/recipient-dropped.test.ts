import { COLUMNS } from '@embargo/core'
import { expect, it } from 'vitest'
import { recipientDropped } from './recipient-dropped.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
  tlp: 'TLP:AMBER+STRICT',
  was: Date.parse('2026-07-14T14:00:00Z'),
  reason: 'The fix is wrong.',
} as const

it('mentions no embargo that has ended', () => {
  const mail = recipientDropped.words({ ...fields, secrecy: 'asked' }).text.replaceAll('\n', ' ')
  expect(mail).toContain(
    'The embargo on SEC-2026-0042 has ended, and as far as we know nothing is public. Even so, we ask you',
  )
  const over = recipientDropped.words({ ...fields, secrecy: 'over' })
  expect(over.subject).toBe('[SEC-2026-0042] this case is taken out of the release')
  expect(over.text.replaceAll('\n', ' ')).toContain('The embargo on SEC-2026-0042 is over, and that does not change.')
  expect(over.text).not.toMatch(/publish nothing|keep them/u)
})

it('tells a recipient that one case is not part of the release, and that its embargo continues', () => {
  const mail = recipientDropped.words({ ...fields, secrecy: 'bound' })
  expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT this case is taken out of the release')
  expect(mail.text).toMatchInlineSnapshot(`
    "Hello,

    The release of Quillmark that is planned for Tue 14 Jul 2026 will not
    include SEC-2026-0042. There is no new date for SEC-2026-0042 yet; we
    will tell you in the same way.

    The reason:

    The fix is wrong.

    The embargo on SEC-2026-0042 goes on. Please publish nothing about it,
    do not ship its patches with that release, and keep them where nobody
    else sees them. Everything else that we told you about that release is
    unchanged.

    Please reply that you have read this: a line is enough.

    -- 
    The Quillmark security team
    security@quillmark.example
    "
  `)
  expect(mail.text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
})
