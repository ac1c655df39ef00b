import { z } from 'zod'
import { TimeZone } from '../time-zone.ts'
import { clockTime, Weekday } from './shapes.ts'

export const Calendar = z.strictObject({
  zone: TimeZone.optional().describe(
    'The project’s own time: working days and hours are counted in it. An IANA name; UTC by default.',
  ),
  workingDays: z.array(Weekday).min(1).describe('The days on which people work.'),
  workingHours: z
    .strictObject({ from: clockTime, to: clockTime })
    .default({ from: '09:00', to: '17:00' })
    .describe('Reminders wait for these, unless the case is critical or attacked. Escalations do not wait.'),
  holidays: z.array(z.iso.date()).describe('Days that are no working days, and on which nothing is released.'),
})
export type Calendar = z.infer<typeof Calendar>

export const ReleaseWindow = z.strictObject({
  days: z.array(Weekday).min(1).describe('The days on which releases come.'),
  from: clockTime.describe('The window opens.'),
  to: clockTime.describe('The window closes.'),
})
export type ReleaseWindow = z.infer<typeof ReleaseWindow>
