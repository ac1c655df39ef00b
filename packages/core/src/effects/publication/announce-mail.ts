import type { MailStep } from './step.ts'

export const announceMail: MailStep = {
  kind: 'mail',
  id: 'announce-mail',
  title: 'Announcement',
  short: 'announcement',
  words: 'announcement',
  letter: 'announcement',
  isPublic: true,
  addressees: ({ project }) => (project.announce === undefined ? [] : [{ kind: 'public', list: 'announce' }]),
}
