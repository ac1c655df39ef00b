import { cveGap } from '@embargo/core'
import type { StaticCheck } from './finding.ts'

/**
 * Finds two kinds of projects: those that cannot publish anything, because they have no list to announce to, and those
 * whose CVE records cannot be published.
 */
export const publications: StaticCheck = ({ projects }) => [
  ...projects
    .filter(({ announce, ossSecurity }) => announce === undefined && ossSecurity === undefined)
    .map(({ id }) => ({
      rule: 'nothing-published' as const,
      what: `The project ${id} cannot publish anything.`,
      why: 'The project has no list to announce on, so a disclosure would reach nobody and is refused.',
      instead: 'Set announce or ossSecurity of the project. Until then, people publish by hand and record where.',
    })),
  ...projects.flatMap((project) => {
    const gap = cveGap(project)
    if (gap === undefined) return []
    const what = `The project ${project.id} publishes no CVE records.`
    const why = `targets.cve is set to “publish”, but every record is left out, because ${gap.because}.`
    return [{ rule: 'no-cve-record' as const, what, why, instead: gap.instead }]
  }),
]
