import type { DocumentStep } from './step.ts'

export const fileTree: DocumentStep = {
  kind: 'document',
  id: 'file-tree',
  title: 'Advisory in the file tree',
  short: 'file tree',
  words: 'advisory in the file tree',
  target: 'files',
  cases: ({ cases }) => cases.map(({ id }) => id),
}
