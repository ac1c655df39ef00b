import type { Step } from './step.ts'

export const announceMail: Step = {
  id: 'announce-mail',
  title: 'Announcement',
  short: 'announcement',
  words: 'announcement',
  letter: 'announcement',
  isPublic: true,
  addressees: ({ project }) => (project.announce === undefined ? [] : [{ kind: 'public', list: 'announce' }]),
}
