import type { Command } from '@embargo/core'
import type { Deps } from '../deps.ts'

/**
 * The command with a preview computed at this moment. Digest and text come back through a button or a command line: a
 * stale one would let something leave that nobody saw, and a forged text would show the second person something else.
 * If nothing can be rendered, nothing counts as shown.
 */
export async function withCurrentPreview({ preview }: Pick<Deps, 'preview'>, command: Command): Promise<Command> {
  const { request, at } = command
  if (!('shown' in request) || request.shown === undefined) return command
  const { shown, ...bare } = request
  const now = await preview(bare, at)
  if ('gate' in now) return { ...command, request: bare }
  const { blob, digest, mails } = now
  return { ...command, request: { ...request, shown: { digest: shown.digest, blob, now: digest, mails } } }
}
