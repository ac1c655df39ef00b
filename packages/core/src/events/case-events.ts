import { z } from 'zod'
import { advisoryLink } from './case/advisory-link.ts'
import { channels } from './case/channels.ts'
import { clocks } from './case/clocks.ts'
import { correction } from './case/correction.ts'
import { course } from './case/course.ts'
import { cve } from './case/cve.ts'
import { embargo } from './case/embargo.ts'
import { fix } from './case/fix.ts'
import { intake } from './case/intake.ts'
import { keys } from './case/keys.ts'
import { merging } from './case/merging.ts'
import { outside } from './case/outside.ts'
import { people } from './case/people.ts'
import { release } from './case/release.ts'
import { reportManagement } from './case/report-management.ts'
import { retro } from './case/retro.ts'
import { twoPeople } from './case/two-people.ts'
import { world } from './case/world.ts'
import { guardOf } from './fact.ts'

export const CaseEvent = z.discriminatedUnion('type', [
  ...intake,
  ...keys,
  ...reportManagement,
  ...course,
  ...merging,
  ...cve,
  ...advisoryLink,
  ...correction,
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

// Type guards for the groups of events. Each group has its own function that computes the next state.
export const isIntakeEvent = guardOf(intake)
export const isKeysEvent = guardOf(keys)
export const isReportManagementEvent = guardOf(reportManagement)
export const isCourseEvent = guardOf(course)
export const isRetroEvent = guardOf(retro)
export const isCveEvent = guardOf(cve)
export const isCorrectionEvent = guardOf(correction)
export const isAdvisoryLinkEvent = guardOf(advisoryLink)
export const isMergingEvent = guardOf(merging)
export const isCasePeopleEvent = guardOf(people)
export const isEmbargoEvent = guardOf(embargo)
export const isWorldEvent = guardOf(world)
export const isFixEvent = guardOf(fix)
export const isReleaseEvent = guardOf(release)
export const isTwoPeopleEvent = guardOf(twoPeople)
export const isClocksEvent = guardOf(clocks)
export const isChannelsEvent = guardOf(channels)
export const isOutsideEvent = guardOf(outside)
