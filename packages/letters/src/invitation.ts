import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase, Secrecy } from './shared/letter.ts'

/**
 * What a person is told who is asked onto a case. They have not agreed to anything yet, and the mail is not encrypted: it
 * says what they would agree to, and there is no field for what the case is about.
 */
export type InvitationFields = LetterBase & {
  /** Who asks, by name. */
  by?: string | undefined
  /** The role that they would have: `maintainer`. */
  as: string
  embargo: EmbargoTerms
  secrecy: Secrecy
  /** How they say yes, wherever they can: `/cvd consent SEC-2026-0042 yes`, `in Slack`. */
  ways: readonly { readonly typed: string; readonly where: string }[]
}

export function invitation(fields: InvitationFields): Letter {
  const { caseNumber, project, by = 'The security team', as, ways } = fields
  return letter({
    base: fields,
    about: 'You are asked onto a case',
    automatic: true,
    blocks: [
      `${by} asks for your help with ${caseNumber} in ${project}, as ${as}. What it is about is told to you when you have agreed to the terms below.`,
      terms(fields),
      { steps: fields.secrecy === 'over' ? IN_PUBLIC : IN_SECRET },
      `To agree, run ${ways.map(({ typed, where }) => `"${typed}" ${where}`).join(', or ')}; to decline, the same with "no". An answer to this mail is read by people and changes nothing by itself.`,
      'If you do nothing, nothing happens: you are not on the case, and are bound to nothing.',
    ],
  })
}

const IN_SECRET = [
  'Tell nobody else, inside your own organisation either, but the people of the case.',
  'Keep patches and texts out of public places: no public branch, build, issue or chat.',
  'Use what you learn for this case and for nothing else.',
  'Say so at once if something got out, or if you have a conflict of interest. Nobody is blamed for saying it.',
]

/** The work is no secret then, and people are: who reported it, and what is said among those who work on it. */
const IN_PUBLIC = [
  'Who reported it, their mails and what is said in the channel stay with the people of the case.',
  'Use what you learn for this case and for nothing else.',
  'Say so at once if you have a conflict of interest. Nobody is blamed for saying it.',
]

function terms({ embargo, secrecy, ...base }: InvitationFields): string {
  if (secrecy === 'over') return 'No embargo is in force, and the work on it may be public. What we ask of you:'
  return embargo === 'none'
    ? 'No embargo is in force now. What you are shown is for the people of the case all the same:'
    : `An embargo is in force until ${date(embargo.end, base)}, or until the fix is public. Until then:`
}
