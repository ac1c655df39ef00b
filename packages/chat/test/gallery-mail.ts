import type { ReadableMail } from '@embargo/engine'
import type { Outside } from './exhibits.ts'

/** What a reporter wrote, as the team reads it. */
export const mailOf = ({ name, address, subject, text, fileName, fileType }: Outside): ReadableMail => ({
  from: `${name} <${address}>`,
  subject,
  text,
  quoted: '',
  attachments: [{ name: fileName, type: fileType, bytes: 812, sha256: 'c'.repeat(64) }],
  parts: [{ path: '1', verdict: 'not signed' }],
})
