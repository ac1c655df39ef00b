import { z } from 'zod'
import { Instant } from '@embargo/core'
import type { Approval } from '@embargo/core'

/** An approval keeps the command that waits as JSON: the whole command, or its request. */
const Asked = z.union([
  z.object({ request: z.object({ verb: z.string(), at: Instant.optional() }) }).transform(({ request }) => request),
  z.object({ verb: z.string(), at: Instant.optional() }),
])

export type AskedCommand = { readonly verb: string; readonly at?: Instant | undefined }

/** What waits for the second yes; undefined when it was written by a newer program. */
export function askedCommand(approval: Pick<Approval, 'asked'>): AskedCommand | undefined {
  try {
    return Asked.parse(JSON.parse(approval.asked))
  } catch {
    return undefined
  }
}

const IN_WORDS: Readonly<Record<string, string>> = {
  prenotify: 'pre-notify the lists',
  disclose: 'publish',
}

export function askedInWords(approval: Pick<Approval, 'asked'>): string {
  const asked = askedCommand(approval)
  return asked === undefined ? 'do what is shown' : (IN_WORDS[asked.verb] ?? asked.verb)
}
