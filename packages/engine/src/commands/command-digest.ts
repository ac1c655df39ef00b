import { canonicalJson, Sha256 } from '@embargo/core'
import type { Command } from '@embargo/core'
import { createHash } from 'node:crypto'
import { streamOf } from './plan-command.ts'

/**
 * What a repetition of a command has in common with the first time: who asks for what, about which stream. Never `at`:
 * a delivery that comes again comes later.
 *
 * The program's own commands are named after what they are about (a mail, an effect and how it ended, a moment of a
 * clock), and their content is what the program makes of that at the time: a mail that comes up again after a restart
 * may find another place, and two workers may have two answers of one relay. So only their part is covered.
 */
export function commandDigest(command: Command): Sha256 {
  const { actor, request, typed } = command
  const said =
    actor.kind === 'system'
      ? { actor }
      : { actor: accountOf(actor), verb: request.verb, stream: streamOf(request), said: typed ?? request }
  return Sha256.parse(createHash('sha256').update(canonicalJson(said)).digest('hex'))
}

// The account and not its person, whom a change of the policy may name meanwhile.
const accountOf = (actor: Exclude<Command['actor'], { kind: 'system' }>): object =>
  actor.kind === 'person' ? { platform: actor.platform, account: actor.account } : actor
