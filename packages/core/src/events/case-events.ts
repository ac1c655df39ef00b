import { z } from 'zod'
import { advisoryLink } from './case/advisory-link.ts'
import { channels } from './case/channels.ts'
import { clocks } from './case/clocks.ts'
import { course } from './case/course.ts'
import { cve } from './case/cve.ts'
import { embargo } from './case/embargo.ts'
import { fix } from './case/fix.ts'
import { intake } from './case/intake.ts'
import { merging } from './case/merging.ts'
import { outside } from './case/outside.ts'
import { people } from './case/people.ts'
import { release } from './case/release.ts'
import { reportManagement } from './case/report-management.ts'
import { retro } from './case/retro.ts'
import { twoPeople } from './case/two-people.ts'
import { world } from './case/world.ts'

export const CaseEvent = z.discriminatedUnion('type', [
  ...intake,
  ...reportManagement,
  ...course,
  ...merging,
  ...cve,
  ...advisoryLink,
  ...retro,
  ...people,
  ...embargo,
  ...world,
  ...fix,
  ...release,
  ...twoPeople,
  ...clocks,
  ...outside,
  ...channels,
])
export type CaseEvent = z.infer<typeof CaseEvent>
