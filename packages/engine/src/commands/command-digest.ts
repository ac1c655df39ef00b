import { canonicalJson, Sha256 } from '@embargo/core'
import type { Command } from '@embargo/core'
import { createHash } from 'node:crypto'
import { streamOf } from './plan-command.ts'

/**
 * A digest that shows whether a command with a known id is the same command again: who requests what, in which stream.
 * `at` is not part of it, because a repeated delivery comes later.
 *
 * For the program's own commands, the digest covers only the actor. Their ids already identify what they are about: a
 * mail, an effect and its outcome, or a moment of a deadline. Their content is not compared, because the program
 * computes it again each time, and it may differ: a mail that is read again after a restart may be assigned to another
 * case, and two workers may get different answers from the relay.
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
