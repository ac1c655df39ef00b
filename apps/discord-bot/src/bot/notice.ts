import { EngineError } from '@embargo/engine'
import type { Card } from '@embargo/engine'

/** A plain card of the app's own. */
export const notice = (title: string, text: string): Card => ({
  kind: 'notice',
  title,
  lines: [[{ text }]],
  fields: [],
  attachments: [],
  actions: [],
  fallback: `${title}\n${text}`,
  notification: 'Embargo',
})

const unsure = notice(
  'That did not work',
  'Something broke on our side while this was handled. It may or may not have been done: look with “status” before you repeat it. The log says more.',
)

/** For the caller, when handling failed: what is certain, and what to do. */
export const failed = (error: unknown): Card =>
  error instanceof EngineError ? notice('That did not work', error.message) : unsure
