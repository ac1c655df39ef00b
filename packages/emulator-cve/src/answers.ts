import type { Json, Reply } from '@embargo/emulator-kit'

/** An answer with JSON in its body, as the service sends it: never cached. */
export const answer = (status: number, body: Json): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
})

/** An error as the service words it: a name for programs, and a sentence. */
export const refusal = (status: number, error: string, message: string, details?: Json): Reply =>
  answer(status, { error, message, ...(details === undefined ? {} : { details }) })

/** The refusal of a parameter that does not fit the API's description. */
export const badInput = (param: string, location: 'query' | 'body' | 'path', msg: string): Reply =>
  refusal(400, 'BAD_INPUT', 'Parameters were invalid', [{ msg, param, location }])
