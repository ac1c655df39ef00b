import { expect, it } from 'vitest'
import { base, wideLines } from '../test/sample-base.ts'
import { recipientCve } from './recipient-cve.ts'

const fields = { ...base, cve: 'CVE-1900-0042', isUsed: true, secrecy: 'bound', tlp: 'TLP:AMBER+STRICT' } as const

it('tells a recipient the id under which they can prepare, without naming it in the subject', () => {
  const mail = recipientCve.words(fields)
  expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT the CVE id')
  expect(mail.text).toMatchInlineSnapshot(`
    "Hello,

    SEC-2026-0042 in Quillmark has the CVE id CVE-1900-0042.

    The id is under the same terms as the rest. Date, patches and terms stay
    as they are.

    There is nothing that you need to answer.

    -- 
    Ana, for the Quillmark security team
    security@quillmark.example
    "
  `)
  expect(wideLines(mail)).toEqual([])
})

it('takes an id back', () => {
  const mail = recipientCve.words({ ...fields, isUsed: false })
  expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT a CVE id is not used')
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    'SEC-2026-0042 in Quillmark no longer has the CVE id CVE-1900-0042.',
  )
})
