/** Why a bot cannot start, and which setting to change. Never contains a token. */
export class SetupError<Code extends string> extends Error {
  readonly code: Code
  /**
   * Whether a retry with the same configuration can succeed. It can if the cause can pass without any action, or if
   * somebody can fix the cause on the platform.
   */
  readonly isFixable: boolean

  constructor(
    code: Code,
    message: string,
    { fixable, cause }: { readonly fixable: ReadonlySet<Code>; readonly cause?: unknown },
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.isFixable = fixable.has(code)
  }
}
