/** How an argument is read. In a form-encoded body, an argument of the kind `json` is JSON text. */
export type ArgumentKind = 'string' | 'boolean' | 'integer' | 'json'

/** Slack's rate tiers; t5 is for methods with special limits. */
export type Tier = 't2' | 't3' | 't4' | 't5'

/** One Web API method, as the reference describes it and as far as the emulator supports it. */
export type Method = {
  readonly http: 'GET' | 'POST'
  /** Whether the method reads a JSON body, according to the reference. */
  readonly json: boolean
  readonly tier: Tier
  /** The kind of token that may call it. */
  readonly token: 'app' | 'bot' | 'any'
  /** Any one of these scopes is enough for the method; the kind of channel may then require a certain one. */
  readonly scopes: readonly string[]
  readonly required: readonly string[]
  readonly args: Readonly<Record<string, ArgumentKind>>
  /**
   * Arguments that Slack accepts but the emulator does not implement. A call with such an argument is refused, so no
   * test can rely on it.
   */
  readonly unsupported: readonly string[]
  /** The errors in the reference that the emulator can return. */
  readonly errors: readonly string[]
  /** The errors that Slack returns although the reference does not list them. */
  readonly undocumented: readonly string[]
}

/**
 * The errors that every method may return: https://docs.slack.dev/apis/web-api/ and the common errors of the method
 * pages.
 */
export const COMMON_ERRORS: readonly string[] = [
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'missing_scope',
  'invalid_arguments',
  'ratelimited',
  'internal_error',
]

/** A method, with defaults that fit most methods. */
export const method = (
  rest: Pick<Method, 'http' | 'tier' | 'args'> & Partial<Omit<Method, 'http' | 'tier' | 'args'>>,
): Method => ({
  json: rest.http === 'POST',
  token: 'bot',
  scopes: [],
  required: [],
  unsupported: [],
  errors: [],
  undocumented: [],
  ...rest,
})
