import type { Command } from '@embargo/core'
import type { Deps } from '../deps.ts'

/**
 * Replaces the preview in the command by one that is computed now. The digest and the text in the command came back
 * through a button or a command line, so they may be stale or forged. If no preview can be rendered now, the command
 * gets no preview.
 */
export async function withCurrentPreview({ preview }: Pick<Deps, 'preview'>, command: Command): Promise<Command> {
  const { request, at } = command
  if (!('shown' in request) || request.shown === undefined) return command
  const { shown, ...bare } = request
  const now = await preview(bare, at)
  if ('gate' in now) return { ...command, request: bare }
  const { blob, digest, mails, documents } = now
  return { ...command, request: { ...request, shown: { digest: shown.digest, blob, now: digest, mails, documents } } }
}
