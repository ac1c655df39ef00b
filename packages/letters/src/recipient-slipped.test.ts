import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { recipientSlipped } from './recipient-slipped.ts'
import type { RecipientSlippedFields } from './recipient-slipped.ts'

const fields: RecipientSlippedFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
  cases: ['SEC-2026-0042', 'SEC-2026-0043'],
  was: Date.parse('2026-07-14T14:00:00Z'),
  newDate: Date.parse('2026-07-21T14:00:00Z'),
  reason: 'The fix for 4.2 is late.',
  tlp: 'TLP:AMBER+STRICT',
  secrecy: { 'SEC-2026-0042': 'bound', 'SEC-2026-0043': 'bound' },
}

const said = (change: Partial<RecipientSlippedFields>): string =>
  recipientSlipped.words({ ...fields, ...change }).text.replaceAll(/\s+/gu, ' ')

describe('a date that moved after the embargo ended, to a recipient', () => {
  it('does not bind a recipient again whose embargo is over', () => {
    const secrecy = { 'SEC-2026-0042': 'over', 'SEC-2026-0043': 'over' } as const
    const mail = recipientSlipped.words({ ...fields, secrecy })
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] the release has another date')
    expect(said({ secrecy })).toContain(
      'The embargo on these issues is over, and that does not change: you may publish and deploy',
    )
    expect(said({ secrecy })).not.toMatch(/publish nothing|goes on/u)
  })

  it('asks, and demands nothing, if the embargo has reached its date', () => {
    const secrecy = { 'SEC-2026-0042': 'asked', 'SEC-2026-0043': 'asked' } as const
    expect(said({ secrecy })).toContain('has ended, and as far as we know nothing is public. Even so, we ask you:')
    expect(said({ secrecy })).not.toContain('goes on')
  })

  it('says what applies to each case if it differs', () => {
    const text = said({ secrecy: { 'SEC-2026-0042': 'bound', 'SEC-2026-0043': 'over' } })
    expect(text).toContain('The embargo on SEC-2026-0042 goes on until then')
    expect(text).toContain('The embargo on SEC-2026-0043 is over')
  })
})

describe('a date that moved, to a recipient', () => {
  it('names the old and the new date, why, what stays the same, and how to answer', () => {
    const mail = recipientSlipped.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] TLP:AMBER+STRICT the release has another date')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The release of Quillmark that was planned for Tue 14 Jul 2026 comes Tue
      21 Jul 2026, 14:00 UTC instead.

      The reason:

      The fix for 4.2 is late.

      The embargo on these issues goes on until then, with the same terms.
      Please publish nothing before.

      Please reply that you have read this: a line is enough. If the new date
      cannot work for you, say so, and a person answers.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
    expect(mail.text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
  })

  it('says that the release is cancelled, and that the vulnerability stays secret', () => {
    const { subject, text } = recipientSlipped.words({ ...fields, newDate: undefined })
    expect(subject).toContain('the release is cancelled')
    // The text names only the day: the recipient may know another hour, because nobody is mailed if only the hour
    // changes.
    expect(said({ newDate: undefined })).toContain('planned for Tue 14 Jul 2026 will not come on that day')
    expect(text).not.toContain('If the new date')
    expect(text.replaceAll('\n', ' ')).toContain('There is no new date yet')
    expect(text.replaceAll('\n', ' ')).toContain('Please publish nothing')
  })

  it.each([fields.newDate, undefined])('announces an advisory if nothing is released (new date %s)', (newDate) => {
    const { subject, text } = recipientSlipped.words({ ...fields, newDate, nothingToRelease: true })
    expect(subject).toContain('the advisory')
    expect(text).toContain('The advisory of Quillmark that was planned')
    expect(`${subject} ${text}`).not.toMatch(/release/)
  })
})
