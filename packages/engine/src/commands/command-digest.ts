import { canonicalJson, Sha256 } from '@embargo/core'
import type { Command } from '@embargo/core'
import { createHash } from 'node:crypto'
import { streamOf } from './plan-command.ts'

/**
 * A digest of who requests what, in which stream. If a command has the id of an earlier one, the digest shows whether
 * it is the same command. The time is not part of it, because a repeated delivery comes later.
 *
 * For a command of the program itself, the digest covers only the actor, because the id of such a command already says
 * what the command is about. The content may differ when the command is repeated: for example, a mail that is read
 * again after a restart may by then belong to another case.
 */
export function commandDigest(command: Command): Sha256 {
  const { actor, request, typed } = command
  const input =
    actor.kind === 'system'
      ? { actor }
      : { actor: accountOf(actor), verb: request.verb, stream: streamOf(request), said: typed ?? request }
  return Sha256.parse(createHash('sha256').update(canonicalJson(input)).digest('hex'))
}

// The digest covers the account, not the person, because the policy may give the account to another person before the
// command is repeated.
const accountOf = (actor: Exclude<Command['actor'], { kind: 'system' }>): object =>
  actor.kind === 'person' ? { platform: actor.platform, account: actor.account } : actor
