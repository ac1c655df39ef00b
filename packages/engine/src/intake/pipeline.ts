import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { authenticateMail } from './authenticate.ts'
import { classifyMail } from './classify.ts'
import type { ClassifiedMail } from './classify.ts'
import type { Patience } from './patience.ts'
import { placeMail } from './place.ts'
import type { Placement } from './place.ts'
import { readSpooled } from './read.ts'
import { threadMail } from './thread.ts'

export type PlacedMail = ClassifiedMail & { readonly placement: Placement }

/**
 * Takes a stored mail through the steps read, authenticate, thread, classify and place. Undefined if the mail crashed
 * its parser and must be read again. `deaths`: how many parsers it has crashed before.
 */
export async function runPipeline(
  deps: Deps,
  mail: SpooledMail,
  { deaths, patience }: { readonly deaths: number; readonly patience: Patience },
): Promise<PlacedMail | undefined> {
  const reading = await readSpooled(deps, mail, deaths)
  if (reading.is === 'died') return undefined
  const authenticated = await authenticateMail(deps, mail, { reading, patience })
  const threaded = await threadMail(deps, authenticated)
  const classified = classifyMail(deps, threaded)
  return { ...classified, placement: await placeMail(deps, classified) }
}
