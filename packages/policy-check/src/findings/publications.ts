import type { StaticCheck } from './finding.ts'

/** Projects that can publish nothing, because there is nobody to announce to. */
export const publications: StaticCheck = ({ projects }) =>
  projects
    .filter(({ announce, ossSecurity }) => announce === undefined && ossSecurity === undefined)
    .map(({ id }) => ({
      rule: 'nothing-published',
      what: `Nothing of the project ${id} can be published.`,
      why: 'It has no list to announce on, so a disclosure would reach nobody and is refused.',
      instead: 'Write its announce or its ossSecurity. Until then people publish by hand, and record where.',
    }))
