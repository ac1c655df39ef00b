import { z } from 'zod'
import { TimeZone } from '../time-zone.ts'
import { clockTime, Weekday } from './shapes.ts'

export const Calendar = z.strictObject({
  zone: TimeZone.optional().describe(
    'The time zone of the working hours and the release window, as an IANA name. The default is UTC.',
  ),
  workingDays: z.array(Weekday).min(1).describe('The days on which people work.'),
  workingHours: z
    .strictObject({ from: clockTime.describe('When work begins.'), to: clockTime.describe('When it ends.') })
    .default({ from: '09:00', to: '17:00' })
    .describe(
      'The hours in which reminders are sent, unless a case is critical or attacked. Escalations do not wait for working hours.',
    ),
  holidays: z.array(z.iso.date()).describe('Days on which nobody works and nothing is released.'),
})
export type Calendar = z.infer<typeof Calendar>

export const ReleaseWindow = z.strictObject({
  days: z.array(Weekday).min(1).describe('The days on which releases may come out.'),
  from: clockTime.describe('The window opens.'),
  to: clockTime.describe('The window closes.'),
})
export type ReleaseWindow = z.infer<typeof ReleaseWindow>
