import type { PolicySource, ProfileName } from './schema.ts'

/** What a profile settles; projects, people, lists and platforms are the deployment's own. */
export type ProfileValues = Omit<PolicySource, 'projects' | 'people' | 'platforms'>

const team: ProfileValues = {
  profile: 'team',
  calendar: { workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [] },
  clocks: {
    acknowledge: { target: '24 hours', breach: '3 working days', fractions: [0.5, 0.8, 1] },
    fixReady: { critical: '7 days', high: '30 days', moderate: '60 days', low: '75 days' },
    reporterVerification: { critical: '1 day', high: '3 days', moderate: '7 days', low: '7 days' },
    embargoWarnings: ['14 days', '7 days', '1 day'],
    updateReporter: '14 days',
  },
  embargo: { standing: '90 days', agreedMost: '120 days' },
  prenotification: { lead: { critical: '3 days', high: '7 days', moderate: '7 days', low: '7 days' }, lists: [] },
  releaseWindow: { days: ['tue', 'wed', 'thu'], from: '14:00', to: '16:00' },
  approvals: { prenotify: 'second-person', disclose: 'second-person', secondLookAfter: '1 hour' },
  intake: { lists: 'open' },
  plaintextToReporter: 'send',
}

/** One maintainer in their free time: a week to acknowledge, and a second look where others need a second person. */
const solo: ProfileValues = {
  ...team,
  profile: 'solo',
  clocks: { ...team.clocks, acknowledge: { target: '7 days', breach: '10 working days', fractions: [0.5, 0.8, 1] } },
  approvals: { prenotify: 'second-look', disclose: 'second-look', secondLookAfter: '1 hour' },
}

const organisation: ProfileValues = { ...team, profile: 'organisation' }

/** Process, section 5: profiles set many values at once; a written policy overrides them one by one. */
export const PROFILES: Readonly<Record<ProfileName, ProfileValues>> = { solo, team, organisation }
