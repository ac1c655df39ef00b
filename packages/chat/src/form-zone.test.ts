import { describe, expect, it } from 'vitest'
import { withPickedZone, withZone } from './form-zone.ts'
import type { Form } from './types.ts'

const FORM: Form = {
  verb: 'prenotify',
  title: 'Pre-notify',
  submit: 'Show',
  hidden: {},
  fields: [
    { name: 'at', label: 'Release', kind: 'date-time', hint: '2026-07-14, in UTC', value: '2026-07-14T22:30:00.000Z' },
    { name: 'detail', label: 'End', kind: 'text', hint: 'until: 2026-09-15 why, in UTC' },
    { name: 'reason', label: 'Why', kind: 'long-text' },
  ],
}

describe('the zone of a form', () => {
  it('is named in its hints, and a time that is filled in is shown in that zone', () => {
    expect(withZone(FORM, 'Europe/Berlin').fields).toEqual([
      { ...FORM.fields[0], hint: '2026-07-14, in Europe/Berlin', value: '2026-07-15 00:30' },
      { ...FORM.fields[1], hint: 'until: 2026-09-15 why, in Europe/Berlin' },
      FORM.fields[2],
    ])
  })

  it('is that of its reader if the platform has a date picker', () => {
    expect(withPickedZone(FORM, 'Europe/Berlin').fields).toEqual([
      { ...FORM.fields[0], hint: '2026-07-14, in your own time' },
      { ...FORM.fields[1], hint: 'until: 2026-09-15 why, in Europe/Berlin' },
      FORM.fields[2],
    ])
  })

  it('keeps a time that could not be shown exactly', () => {
    const fields = [{ name: 'at', label: 'Release', kind: 'date-time' as const, value: '2026-07-14T22:30:05.000Z' }]
    expect(withZone({ ...FORM, fields }, 'Europe/Berlin').fields).toEqual(fields)
  })
})
