/** Why a bot cannot start, and which switch to turn. Never holds a token. */
export class SetupError<Code extends string> extends Error {
  readonly code: Code
  /** Worth another try with the same configuration: somebody mends it on the platform, or it passes. */
  readonly isMendable: boolean

  constructor(
    code: Code,
    message: string,
    { mendable, cause }: { readonly mendable: ReadonlySet<Code>; readonly cause?: unknown },
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.isMendable = mendable.has(code)
  }
}
