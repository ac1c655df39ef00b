/** Frames of a stack that a log line names. */
const MOST_FRAMES = 3

/**
 * What a log may say of an exception: its name and where it was thrown. Its words stay out, because they may hold
 * report text or an address.
 */
export function safeError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return {
    error: error.name,
    ...code,
    at: frames
      .slice(0, MOST_FRAMES)
      .map((line) => line.trim())
      .join(' '),
  }
}
