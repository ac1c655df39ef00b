import type { StaticCheck } from './finding.ts'

/** Finds projects that cannot publish anything, because they have no list to announce to. */
export const publications: StaticCheck = ({ projects }) =>
  projects
    .filter(({ announce, ossSecurity }) => announce === undefined && ossSecurity === undefined)
    .map(({ id }) => ({
      rule: 'nothing-published',
      what: `The project ${id} cannot publish anything.`,
      why: 'The project has no list to announce on, so a disclosure would reach nobody and is refused.',
      instead: 'Set announce or ossSecurity of the project. Until then, people publish by hand and record where.',
    }))
