import type { Step } from './step.ts'

export const announceMail: Step = {
  id: 'announce-mail',
  title: 'Announcement',
  letter: 'announcement',
  isPublic: true,
  addressees: ({ project }) => (project.announce === undefined ? [] : [{ kind: 'public', list: 'announce' }]),
}
