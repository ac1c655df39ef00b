/**
 * `contended`: other commands kept changing the same streams. `unknown-project`: the policy has no such project.
 * `runaway`: the command needs more streams than one command may load. `full`: the database has no room.
 * `repeated-otherwise`: a command id was used again with other content. `taken`: the stream that a command would open
 * has events already.
 */
export type EngineErrorCode = 'contended' | 'unknown-project' | 'runaway' | 'full' | 'repeated-otherwise' | 'taken'

/**
 * A failure of the engine itself, which is neither a refusal nor a failure of an external service. Either a later try
 * succeeds, or the failure is a bug.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}
