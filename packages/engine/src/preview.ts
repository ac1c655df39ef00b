import { instant, proposedRelease, Sha256, waitingCommand } from '@embargo/core'
import type { CaseState, Instant, Refusal, Waiting, World } from '@embargo/core'
import { createHash } from 'node:crypto'
import { CannotPerform } from './dispatch/trouble.ts'
import type { Irreversible, Preview } from './engine.ts'
import { arrange } from './folding/world.ts'
import type { Inside } from './inside.ts'
import { plannedInstant, plannedMails } from './preview/mails.ts'
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
    const planned = plannedInstant(world, waiting)
    const still = await sections(inside, known, waiting, planned ?? instant(0))
    const shown = await sections(inside, known, waiting, at)
    const { blob } = await inside.blobs.put(theCase.id, new TextEncoder().encode(asText(shown)))
    return { digest: digestOf(waiting, still), blob, sections: shown }
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

async function sections(
  inside: Inside,
  world: World & { readonly case: CaseState },
  waiting: Waiting,
  now: Instant,
): Promise<readonly Section[]> {
  const releaseAt = plannedInstant(world, waiting)
  const rendered: Section[] = []
  for (const planned of plannedMails(inside.policy.policy, world, waiting)) {
    rendered.push(
      await renderSection(planned, {
        inside,
        world,
        now,
        publishedAt: now,
        ...(releaseAt !== undefined && { releaseAt }),
      }),
    )
  }
  return rendered.length > 0 ? rendered : [{ title: 'No mail', text: 'Nobody would be mailed.' }]
}

// A separator that no length of text can imitate: JSON quotes what it holds.
function digestOf(waiting: Waiting, still: readonly Section[]): Sha256 {
  return Sha256.parse(
    createHash('sha256')
      .update(JSON.stringify([waiting, still]))
      .digest('hex'),
  )
}

const asText = (shown: readonly Section[]): string =>
  shown.map(({ title, text }) => `=== ${title}\n${text}`).join('\n\n')

function refusal(gate: Refusal['gate'], because: string, how: string): Refusal {
  return { gate, because, facts: {}, liftedBy: [{ who: 'a team member', how }] }
}
