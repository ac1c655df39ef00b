import type { StaticCheck } from './finding.ts'

/** Finds projects that cannot publish anything, because they have no list to announce to. */
export const publications: StaticCheck = ({ projects }) =>
  projects
    .filter(({ announce, ossSecurity }) => announce === undefined && ossSecurity === undefined)
    .map(({ id }) => ({
      rule: 'nothing-published',
      what: `The project ${id} cannot publish anything.`,
      why: 'It has no list to announce on, so a disclosure would reach nobody and is refused.',
      instead: 'Write its announce or its ossSecurity. Until then people publish by hand, and record where.',
    }))
