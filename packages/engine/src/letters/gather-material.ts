import { BlobId, policyFor } from '@embargo/core'
import type { Addressee, CaseState, Event, Instant, World } from '@embargo/core'
import { CannotPerform } from '../dispatch/trouble.ts'
import type { Inside } from '../inside.ts'
import type { LetterMaterial } from './material.ts'

export type Gathered = {
  readonly inside: Pick<Inside, 'policy' | 'blobText'>
  readonly world: World
  readonly to: Addressee
  readonly now: Instant
  readonly publishedAt: Instant
  readonly releaseAt?: Instant
  readonly event?: Event
}

/** Puts together what a letter is written from. @throws CannotPerform */
export function gatherMaterial({ inside, world, to, event, ...times }: Gathered): LetterMaterial {
  const { policy: whole } = inside.policy
  const theCase = world.case
  if (theCase === undefined) throw new CannotPerform('The case of this mail is not in the log.')
  const policy = policyFor(whole, theCase)
  const project = policy.projects.find(({ id }) => id === theCase.project)
  if (project === undefined) throw new CannotPerform(`The policy has no project "${theCase.project}" any more.`)
  const report = to.kind === 'report' ? everReported(theCase, to.report) : undefined
  const list = to.kind === 'recipient' ? whole.prenotification.lists.find(({ id }) => id === to.list) : undefined
  const recipient = to.kind === 'recipient' ? list?.recipients.find(({ id }) => id === to.recipient) : undefined
  return {
    policy,
    project,
    case: theCase,
    cases: casesOf(world, theCase),
    to,
    ...times,
    ...(world.release && { release: world.release }),
    ...(report && { report }),
    ...(list && { list }),
    ...(recipient && { recipient }),
    ...(event && { event }),
    async text(blob) {
      const id = BlobId.safeParse(blob)
      const text = id.success ? await inside.blobText(id.data) : undefined
      if (text === undefined) throw new CannotPerform('A stored text or patch of this case cannot be found.')
      return text
    },
  }
}

/** A mail that was under way when its report went to another case still has somebody to reach. */
const everReported = ({ reports, moved }: CaseState, wanted: string) =>
  [...reports, ...moved.map(({ report }) => report)].find(({ id }) => id === wanted)

function casesOf({ release, others }: World, theCase: CaseState): readonly CaseState[] {
  if (release === undefined || !release.cases.includes(theCase.id)) return [theCase]
  return release.cases.flatMap((id) => {
    const state = id === theCase.id ? theCase : others.get(id)
    return state?.kind === 'case' ? [state] : []
  })
}
