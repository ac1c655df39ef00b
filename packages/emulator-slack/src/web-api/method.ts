/** How an argument is read; `json` arrives as JSON text in a form. */
export type ArgumentKind = 'string' | 'boolean' | 'integer' | 'json'

/** Slack's rate tiers; t5 has limits of its own for each method. */
export type Tier = 't2' | 't3' | 't4' | 't5'

/** One Web API method, as the reference describes it and as far as the emulator plays it. */
export type Method = {
  readonly http: 'GET' | 'POST'
  /** The reference says that a JSON body is read. */
  readonly json: boolean
  readonly tier: Tier
  /** The kind of token that may call it. */
  readonly token: 'app' | 'bot' | 'any'
  /** Any one of these opens the method; the kind of channel may then ask for a certain one. */
  readonly scopes: readonly string[]
  readonly required: readonly string[]
  readonly args: Readonly<Record<string, ArgumentKind>>
  /** Arguments that Slack accepts but the emulator does not implement. Using one is refused, so that no test relies on it. */
  readonly notPlayed: readonly string[]
  /** The errors of the reference that the emulator answers. */
  readonly errors: readonly string[]
  /** Errors that Slack answers and the reference leaves out. */
  readonly undocumented: readonly string[]
}

/** What every method may answer: https://docs.slack.dev/apis/web-api/ and the common errors of the method pages. */
export const COMMON_ERRORS: readonly string[] = [
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'missing_scope',
  'invalid_arguments',
  'ratelimited',
  'internal_error',
]

/** A method with what most of them have. */
export const method = (
  rest: Pick<Method, 'http' | 'tier' | 'args'> & Partial<Omit<Method, 'http' | 'tier' | 'args'>>,
): Method => ({
  json: rest.http === 'POST',
  token: 'bot',
  scopes: [],
  required: [],
  notPlayed: [],
  errors: [],
  undocumented: [],
  ...rest,
})
