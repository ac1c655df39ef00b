/** Thrown when something that the play waits for does not happen, or happens differently. */
export class SceneFailed extends Error {
  override readonly name = 'SceneFailed'
  readonly code = 'scene-failed'
  constructor(scene: string, cause: unknown) {
    super(`The scene "${scene}" failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
