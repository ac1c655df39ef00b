import { after, DAY, earliest, embargoInForce, FIX_BEFORE_EMBARGO_END, later, latest } from '@embargo/core'
import type { Addressee, Block, Instant, Remediator } from '@embargo/core'
import { base, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter, listed } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf, time } from './shared/template-values.ts'

/** The letter about who writes the patch. There is no field for a team member's name. */
export type RemediationFields = LetterBase & {
  /** `another`: another reporter. */
  writer: 'reporter' | 'another' | 'team'
  /** The branches that the writer takes on, at least one. */
  branches: readonly string[]
  /**
   * If the reporter writes the patch, the time by which we would like to have it. If somebody else writes the patch,
   * the time by which we plan to have it.
   */
  by: number
  /**
   * Which commits of the fix may be public before the release: none (`never`), only commits that do not say what they
   * fix (`unmarked`), or all (`open`).
   */
  publicCommits?: 'never' | 'unmarked' | 'open' | undefined
  secrecy: Secrecy
}

/**
 * Says “you write the patch” or “we write it”: for which branches, by when, how to send the patch, and what happens
 * then.
 */
export const remediation = defineLetter({
  name: 'remediation',
  label: 'letter about who writes the patch',
  obsoleteAfter: ['publication', 'last-word'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    branches: (eventOf(material, 'PatchAssigned')?.branches ?? []).join(', '),
    fixBy: time(fixBy(material)),
    ...embargoEnd(material),
  }),
})

/** The least time that a writer is given, even if the embargo ends sooner. */
const LEAST = 3 * DAY

function facts(material: LetterMaterial): RemediationFields {
  const { event } = material
  if (event?.type !== 'PatchAssigned') throw new CannotWrite('Nobody was asked to write a patch.')
  return {
    ...base(material),
    writer: writerFor(event.remediator, material.to),
    branches: event.branches,
    by: fixBy(material),
    publicCommits: material.policy.publicCommits,
    secrecy: secrecyOf(material),
  }
}

function writerFor(remediator: Remediator, to: Addressee): 'reporter' | 'another' | 'team' {
  if (remediator.kind !== 'reporter') return 'team'
  return to.kind === 'report' && to.report === remediator.report ? 'reporter' : 'another'
}

function fixBy({ case: { em, severity }, now, policy }: LetterMaterial): Instant {
  const { calendar, clocks } = policy
  const usual = after(calendar, now, clocks.fixReady[severity ?? 'high'])
  if (!embargoInForce(em)) return usual
  return latest(later(now, LEAST), earliest(usual, later(em.end, -FIX_BEFORE_EMBARGO_END)))
}

function words(fields: RemediationFields): Letter {
  return fields.writer === 'reporter' ? youWrite(fields) : othersWrite(fields, fields.writer)
}

function youWrite(fields: RemediationFields): Letter {
  return letter({
    base: fields,
    about: 'You write the patch',
    automatic: false,
    blocks: [
      `Thank you for offering to write the patch. Please write it for ${branches(fields)}.`,
      `It would help to have it by ${date(fields.by, fields)}. If that is too soon, tell us what suits you.`,
      ...sendingNotes(fields),
      'Then somebody on our side reads and tests it. We tell you about anything that should change. Backports to other branches are our work. The commit carries the name that is in your patch, unless you asked not to be named.',
      'If you change your mind, one line is enough. We take over, and nothing is lost.',
    ],
  })
}

const sendingNotes = ({ publicCommits = 'never', secrecy }: RemediationFields): Block[] => [
  'How to send it:',
  {
    items: [
      'as the output of "git format-patch", or of "git diff" with the commit it applies to;',
      'attached to a reply to this mail, one file for each branch;',
      WORK_IN_PUBLIC[secrecy === 'over' ? 'open' : publicCommits],
    ],
  },
]

const WORK_IN_PUBLIC = {
  never: 'never in public: no public branch, pull request or paste, and no public build that runs it.',
  unmarked:
    'in public only if nothing there says what the patch fixes: no mention of security in names, messages or tests.',
  open: 'in public too, if you like: this fix is worked on in the open.',
} as const

function othersWrite(fields: RemediationFields, writer: 'another' | 'team'): Letter {
  const [about, who] =
    writer === 'team'
      ? ['We write the patch', 'We write the patch']
      : ['Who writes the patch', 'Another person who reported the problem writes the patch']
  return letter({
    base: fields,
    about,
    automatic: false,
    blocks: [
      `${who}, for ${branches(fields)}. We plan to have it by ${date(fields.by, fields)}.`,
      'When it is ready, we will mail it to you and ask one thing: does it fix what you reported? Until then, you need not do anything.',
      `If you have thoughts on how it should be fixed, a reply is welcome now.${silenceNote(fields)}`,
    ],
  })
}

const silenceNote = ({ secrecy }: RemediationFields): string =>
  secrecy === 'over'
    ? ''
    : ' Please keep code and ideas for the fix out of public places as well: a fix shows where the hole is.'

function branches(fields: RemediationFields): string {
  return fields.branches.length === 1
    ? `the branch ${listed(fields.branches)}`
    : `the branches ${listed(fields.branches)}`
}
