import type { Json, JsonObject } from '@embargo/emulator-kit'

/**
 * The JSON error codes that the emulator sends, with their status and text:
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
 */
export const API_ERRORS = {
  general: { status: 404, code: 0, message: '404: Not Found' },
  unauthorized: { status: 401, code: 0, message: '401: Unauthorized' },
  unknownApplication: { status: 404, code: 10002, message: 'Unknown Application' },
  unknownChannel: { status: 404, code: 10003, message: 'Unknown Channel' },
  unknownGuild: { status: 404, code: 10004, message: 'Unknown Guild' },
  unknownMember: { status: 404, code: 10007, message: 'Unknown Member' },
  unknownMessage: { status: 404, code: 10008, message: 'Unknown Message' },
  unknownOverwrite: { status: 404, code: 10009, message: 'Unknown Overwrite' },
  unknownRole: { status: 404, code: 10011, message: 'Unknown Role' },
  unknownUser: { status: 404, code: 10013, message: 'Unknown User' },
  unknownWebhook: { status: 404, code: 10015, message: 'Unknown Webhook' },
  unknownInteraction: { status: 404, code: 10062, message: 'Unknown interaction' },
  unknownCommand: { status: 404, code: 10063, message: 'Unknown application command' },
  pinsFull: { status: 400, code: 30003, message: 'Maximum number of pins reached for the channel (250)' },
  channelsFull: { status: 400, code: 30013, message: 'Maximum number of guild channels reached (500)' },
  /**
   * The error for a message that has been edited too many times. Discord does not publish how many are too many, so the
   * emulator sends it only if a test asks for this fault.
   */
  oldEdits: {
    status: 429,
    code: 30046,
    message: 'Maximum number of edits to messages older than 1 hour reached. Try again later',
  },
  commandsFull: { status: 400, code: 30032, message: 'Maximum number of application commands reached (100)' },
  commandsDaily: {
    status: 400,
    code: 30034,
    message: 'Max number of daily application command creates has been reached (200)',
  },
  tooLarge: { status: 413, code: 40005, message: 'Request entity too large' },
  acknowledged: { status: 400, code: 40060, message: 'Interaction has already been acknowledged.' },
  missingAccess: { status: 403, code: 50001, message: 'Missing Access' },
  notYourMessage: { status: 403, code: 50005, message: 'Cannot edit a message authored by another user' },
  emptyMessage: { status: 400, code: 50006, message: 'Cannot send an empty message' },
  nonText: { status: 400, code: 50008, message: 'Cannot send messages in a non-text channel' },
  wrongChannelType: { status: 400, code: 50024, message: 'Cannot execute action on this channel type' },
  missingPermissions: { status: 403, code: 50013, message: 'Missing Permissions' },
  pinElsewhere: { status: 400, code: 50019, message: 'A message can only be pinned in the channel it was sent in' },
  systemMessage: { status: 403, code: 50021, message: 'Cannot execute action on a system message' },
  invalidToken: { status: 401, code: 50027, message: 'Invalid Webhook Token' },
  apiVersion: { status: 400, code: 50041, message: 'Invalid API version provided' },
  twoFactor: { status: 403, code: 60003, message: 'Two factor is required for this operation' },
  noHistory: { status: 400, code: 160002, message: 'Cannot reply without permission to read message history' },
  threadThere: { status: 400, code: 160004, message: 'A thread has already been created for this message' },
  invalidForm: { status: 400, code: 50035, message: 'Invalid Form Body' },
  invalidJson: {
    status: 400,
    code: 50109,
    message: 'The request body contains invalid JSON.',
  },
} as const satisfies Readonly<Record<string, { status: number; code: number; message: string }>>

export type ApiErrorName = keyof typeof API_ERRORS

/** Thrown for a request that Discord refuses. The routes turn it into a response. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: number
  readonly errors: JsonObject | undefined

  constructor(name: ApiErrorName, errors?: JsonObject) {
    const { status, code, message } = API_ERRORS[name]
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
  }

  /**
   * The body of the response, `{ code, message, errors }`: https://docs.discord.com/developers/reference#error-messages
   */
  get body(): JsonObject {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) }
  }
}

/**
 * Thrown for something that Discord supports and the emulator does not. The response is a 501, so a test that needs the
 * missing part fails.
 */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError'
  constructor(problem: string) {
    super(`The emulator does not support ${problem}.`)
  }
}

/** One fault in a request's body: its place, Discord's code for it, and its text. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string }

type Tree = { [key: string]: Json }

/**
 * The error for a refused body, with its faults as a tree of keys:
 * https://docs.discord.com/developers/reference#error-messages
 */
export const invalidForm = (problems: readonly Problem[]): ApiError => {
  const root: Tree = {}
  for (const { path, code, message } of problems) {
    let place = root
    for (const key of path.map(String)) place = branch(place, key)
    const known = place['_errors']
    place['_errors'] = [...(Array.isArray(known) ? known : []), { code, message }]
  }
  return new ApiError('invalidForm', root)
}

const branch = (tree: Tree, key: string): Tree => {
  const found: Json | undefined = tree[key]
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Tree
  const fresh: Tree = {}
  tree[key] = fresh
  return fresh
}
