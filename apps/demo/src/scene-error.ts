/** Thrown when something that the play waits for does not happen, or happens differently. */
export class SceneError extends Error {
  override readonly name = 'SceneError'
  readonly code = 'scene-error'
  constructor(scene: string, cause: unknown) {
    super(`The scene "${scene}" failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
