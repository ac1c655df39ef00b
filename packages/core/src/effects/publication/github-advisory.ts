import type { DocumentStep } from './step.ts'

/** Publishes the advisory at GitHub. This is the first step that cannot be undone. */
export const githubAdvisory: DocumentStep = {
  kind: 'document',
  id: 'github-advisory',
  title: 'Advisory at GitHub',
  short: 'GitHub',
  words: 'advisory at GitHub',
  target: 'github',
  cases: ({ cases }) => cases.map(({ id }) => id),
}
