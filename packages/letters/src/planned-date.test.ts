import { expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { plannedDate } from './planned-date.ts'

const fields = {
  ...base,
  releaseAt: Date.parse('2026-06-16T14:00:00Z'),
  versions: ['2.4.1'],
  secrecy: 'bound',
} as const

it('tells the reporter the date, where the fix will be, what is asked, and how to object', () => {
  const mail = plannedDate.words(fields)
  expect(mail.subject).toBe('[SEC-2026-0042] The planned date')
  expect(mail.text).toMatchInlineSnapshot(`
    "Hello,

    We plan to publish the fix for what you reported on Tue 16 Jun 2026,
    14:00 UTC (16:00 your time), in Quillmark 2.4.1.

    Please keep it between us until then.

    If the date changes, we will tell you. If it does not suit you, a reply
    is enough, and we will talk about it.

    -- 
    Ana, for the Quillmark security team
    security@quillmark.example
    "
  `)
  expect(wideLines(mail)).toEqual([])
})

it('names no version that nobody knows, and asks for nothing of what is public', () => {
  const { text } = plannedDate.words({ ...fields, versions: [], secrecy: 'over', nothingToRelease: true })
  expect(text.replaceAll('\n', ' ')).toContain(
    'We plan to publish the advisory about what you reported on Tue 16 Jun 2026',
  )
  expect(text).not.toMatch(/keep it between us|in Quillmark/u)
})

it('says nothing of what it has no field for', () => {
  expect(JSON.stringify(plannedDate.words({ ...fields, ...PLANTED }))).not.toContain('PLANTED')
})
