import type { MailStep } from './step.ts'

export const ossSecurityMail: MailStep = {
  kind: 'mail',
  id: 'oss-security-mail',
  title: 'oss-security',
  short: 'oss-security',
  words: 'oss-security',
  letter: 'oss-security',
  isPublic: true,
  addressees: ({ project }) => (project.ossSecurity === undefined ? [] : [{ kind: 'public', list: 'oss-security' }]),
}
