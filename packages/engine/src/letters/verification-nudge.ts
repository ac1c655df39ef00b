import { verificationNudge as write } from '@embargo/letters'
import { NotNeeded } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const verificationNudge: LetterRenderer = {
  letter: 'verification-nudge',
  render: (material) => write({ ...base(material), ...nudgedAbout(material) }),
}

/** The patch that still waits for its reporter. @throws NotNeeded when it does not any more */
export function nudgedAbout({ event, case: theCase }: LetterMaterial) {
  const name = event?.type === 'ReminderDue' ? event.clock.split('/').slice(1).join('/') : undefined
  const fix = theCase.branches.find((branch) => branch.name === name)?.fix
  if (name === undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter')
    throw new NotNeeded('The patch does not wait for its reporter any more.')
  const { askedAt, dueAt: answerBy } = fix.verification
  return { branch: name, sha256: fix.sha256, askedAt, answerBy }
}
