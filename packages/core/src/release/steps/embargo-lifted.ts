import type { Step } from './step.ts'

export const embargoLifted: Step = {
  id: 'embargo-lifted',
  title: 'Embargo lifted, to the recipients',
  letter: 'embargo-lifted',
  isPublic: false,
  addressees: ({ release }) =>
    release.prenotified.map(({ list, recipient }) => ({ kind: 'recipient', list, recipient })),
}
