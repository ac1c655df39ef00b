import { USUAL_ROLES } from './roles.ts'
import { TEAM_CLOCKS } from './schema/clocks.ts'
import { NEW_CASES } from './schema/intake.ts'
import type { PolicySource, ProfileName } from './schema.ts'

/**
 * The values that a profile sets. Projects, people and platforms differ in each deployment, so no profile sets them.
 * The lists of recipients differ too, so they are empty in every profile.
 */
export type ProfileValues = Omit<PolicySource, 'projects' | 'people' | 'platforms'>

const team: ProfileValues = {
  profile: 'team',
  calendar: {
    workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    workingHours: { from: '09:00', to: '17:00' },
    holidays: [],
  },
  clocks: TEAM_CLOCKS,
  embargo: { standing: '90 days', agreedMost: '120 days' },
  prenotification: {
    lead: { critical: '3 days', high: '7 days', moderate: '7 days', low: '0 days', urgent: '24 hours' },
    headsUp: ['critical', 'high', 'moderate'],
    lists: [],
  },
  releaseWindow: { days: ['tue', 'wed', 'thu'], from: '14:00', to: '16:00' },
  approvals: { by: 'second-person', secondLookAfter: '1 hour' },
  waivers: {
    'reporter-check': 'team',
    fix: 'team',
    cve: 'team',
    notice: 'team',
    hours: 'team',
    'plain-text': 'team',
    credit: 'team',
    wording: 'team',
  },
  chat: { content: 'full', encrypted: 'metadata', archiveAfter: '30 days', transcript: 'not-kept' },
  plaintextToReporter: 'send',
  publicCommits: 'never',
  intake: { lists: 'open', newCases: NEW_CASES },
  roles: USUAL_ROLES,
}

/**
 * For one maintainer in their free time, who has a week to acknowledge a report and looks twice instead of asking a
 * second person. There is no public heads-up, so a case without recipients can be published as soon as it is ready.
 */
const solo: ProfileValues = {
  ...team,
  profile: 'solo',
  clocks: { ...team.clocks, acknowledge: { target: '7 days', breach: '10 working days' } },
  prenotification: { ...team.prenotification, headsUp: [] },
  approvals: { ...team.approvals, by: 'second-look' },
}

/**
 * For an organisation that has two admins and must follow the EU Cyber Resilience Act. Only an admin may ask for a
 * waiver. Whether a project is a CNA, and which lists are told, is set in `projects` and `lists`.
 */
const organisation: ProfileValues = {
  ...team,
  profile: 'organisation',
  clocks: { ...team.clocks, cra: true },
  waivers: { ...team.waivers, 'plain-text': 'admin', fix: 'admin', notice: 'admin' },
}

/** A profile sets many values at once. The policy file can override each of them. */
export const PROFILES: Readonly<Record<ProfileName, ProfileValues>> = { solo, team, organisation }
