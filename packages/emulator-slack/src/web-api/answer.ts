import type { Json } from '@embargo/emulator-kit'

/** The result of a method, or the name of an error. */
export type Answer =
  | { readonly ok: true; readonly [key: string]: Json | undefined }
  | { readonly ok: false; readonly error: string; readonly [key: string]: Json | undefined }

/** `{ ok: true, … }` */
export const done = (found: Readonly<Record<string, Json | undefined>> = {}): Answer => ({ ...found, ok: true })

/** `{ ok: false, error }` */
export const refused = (error: string, more: Readonly<Record<string, Json | undefined>> = {}): Answer => ({
  ...more,
  ok: false,
  error,
})

/** An error with the messages that Slack adds: https://docs.slack.dev/apis/web-api/#responses */
export const refusedBecause = (error: string, messages: readonly string[]): Answer =>
  refused(error, {
    errors: [...messages],
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  })
