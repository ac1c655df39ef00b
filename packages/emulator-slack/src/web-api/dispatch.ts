import type { JsonObject } from '@embargo/emulator-kit'
import { textAt } from '@embargo/emulator-kit'
import type { Answer } from './answer.ts'
import { refused, refusedBecause } from './answer.ts'
import { Arguments, readArguments } from './arguments.ts'
import type { Platform } from './call.ts'
import { missingScope } from './call.ts'
import { HANDLERS } from './handlers.ts'
import type { Method } from './method.ts'
import { COMMON_ERRORS } from './method.ts'
import { METHODS } from './table.ts'

export type Tokens = { readonly app: string; readonly bot: string }

/** Thrown if a method returns an error that the table does not list for it. This is a fault of the emulator. */
export class UndeclaredError extends Error {
  readonly code = 'undeclared-error'
  constructor(method: string, error: string) {
    super(
      `The emulator answered ${method} with ${error}, but the table of methods does not list that error. Add it there, with its source.`,
    )
    this.name = 'UndeclaredError'
  }
}

const judgeToken = (method: Method, token: string | undefined, tokens: Tokens): Answer | undefined => {
  if (token === undefined || token === '') return refused('not_authed')
  if (token !== tokens.app && token !== tokens.bot) return refused('invalid_auth')
  if (method.token === 'any') return undefined
  return token === tokens[method.token] ? undefined : refused('not_allowed_token_type')
}

/**
 * Answers one Web API call. The checks are in Slack's order: token, scope, arguments, then the checks of the method.
 */
export const answerCall = (
  platform: Platform,
  request: { readonly name: string; readonly sent: JsonObject; readonly token: string | undefined },
  tokens: Tokens,
): Answer => {
  const method = METHODS[request.name]
  const handler = HANDLERS[request.name]
  if (!method || !handler) return refused('unknown_method', { req_method: request.name })
  const token = request.token ?? textAt(request.sent, 'token')
  const badToken = judgeToken(method, token, tokens)
  if (badToken) return badToken
  if (method.scopes.length > 0 && !method.scopes.some((scope) => platform.scopes.has(scope))) {
    return missingScope(method.scopes, platform.scopes)
  }
  const { args, problems } = readArguments(method, request.sent)
  if (problems.length > 0) return refusedBecause('invalid_arguments', problems)
  const answer = handler({ ...platform, args: new Arguments(args), methodScopes: method.scopes })
  if (!answer.ok && ![...COMMON_ERRORS, ...method.errors, ...method.undocumented].includes(answer.error)) {
    throw new UndeclaredError(request.name, answer.error)
  }
  return answer
}
