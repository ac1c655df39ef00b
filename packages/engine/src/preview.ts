import { plannedInstant, plannedMails, proposedRelease, Sha256, waitingCommand } from '@embargo/core'
import type { ApprovedMail, CaseState, Instant, Refusal, Waiting, World } from '@embargo/core'
import { createHash } from 'node:crypto'
import { CannotPerform } from './dispatch/trouble.ts'
import type { Irreversible, Preview } from './engine.ts'
import { arrange } from './folding/world.ts'
import type { Inside } from './inside.ts'
import { knownAgain } from './letters/known-again.ts'
import { renderSection } from './preview/render-section.ts'
import type { Section } from './preview/render-section.ts'

/**
 * Renders every mail of an irreversible command, to each addressee, without sending any. The digest names what people
 * decide about: it is taken with the time standing still, because "in 7 days" changes by itself and nothing else may.
 */
export async function preview(inside: Inside, asked: Irreversible, at: Instant): Promise<Preview | Refusal> {
  const world = arrange(await inside.loadWorld(asked.case), asked.case)
  const { case: theCase } = world
  if (theCase === undefined)
    return refusal('makes-sense', `There is no case ${asked.case}.`, 'names a case that exists')
  const waiting = waitingIn(inside, theCase, asked, at)
  if ('gate' in waiting) return waiting
  const known = { ...world, case: theCase }
  try {
    const { mails, sections } = await rendered(inside, known, waiting, at)
    const { blob } = await inside.blobs.put(theCase.id, new TextEncoder().encode(asText(sections)))
    return { digest: digestOf(waiting, sections, mails), blob, sections, mails }
  } catch (error) {
    if (error instanceof CannotPerform) return refusal('texts-complete', error.message, 'completes the case')
    throw error
  }
}

function waitingIn({ policy }: Inside, theCase: CaseState, asked: Irreversible, at: Instant): Waiting | Refusal {
  switch (asked.verb) {
    case 'disclose':
      return { verb: 'disclose', case: asked.case }
    case 'prenotify': {
      const date = asked.at ?? proposedRelease(policy.policy, theCase, at)
      if (date === undefined)
        return refusal(
          'release-date',
          'The release window never opens, so no date can be proposed.',
          'names a date, or corrects the window in the policy',
        )
      return { verb: 'prenotify', case: asked.case, at: date }
    }
    case 'approve': {
      const open = theCase.approvals.filter(
        ({ id, status }) => status === 'open' && (asked.approval === undefined || id === asked.approval),
      )
      const [only] = open
      if (only === undefined || open.length > 1)
        return refusal(
          'second-person',
          'Nothing, or more than one thing, waits for approval here.',
          'names the approval',
        )
      return waitingCommand(only)
    }
  }
}

type Rendered = { readonly mails: readonly ApprovedMail[]; readonly sections: readonly Section[] }

async function rendered(
  inside: Inside,
  world: World & { readonly case: CaseState },
  waiting: Waiting,
  now: Instant,
): Promise<Rendered> {
  const releaseAt = plannedInstant(world, waiting)
  const gathered = { inside, world, ...(releaseAt !== undefined && { releaseAt }) }
  const mails: ApprovedMail[] = []
  const sections: Section[] = []
  for (const planned of plannedMails(inside.policy.policy, world, waiting)) {
    mails.push(await knownAgain(planned, gathered))
    sections.push(await renderSection(planned, { ...gathered, now, publishedAt: now }))
  }
  return { mails, sections: sections.length > 0 ? sections : [NO_MAIL] }
}

const NO_MAIL: Section = { title: 'No mail', text: 'Nobody would be mailed.' }

// A separator that no length of text can imitate: JSON quotes what it holds.
function digestOf(waiting: Waiting, sections: readonly Section[], mails: readonly ApprovedMail[]): Sha256 {
  const titles = sections.map(({ title }) => title)
  return Sha256.parse(
    createHash('sha256')
      .update(JSON.stringify([waiting, titles, mails]))
      .digest('hex'),
  )
}

const asText = (shown: readonly Section[]): string =>
  shown.map(({ title, text }) => `=== ${title}\n${text}`).join('\n\n')

function refusal(gate: Refusal['gate'], because: string, how: string): Refusal {
  return { gate, because, facts: {}, liftedBy: [{ who: 'a team member', how }] }
}
