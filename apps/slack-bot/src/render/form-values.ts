import { z } from 'zod'
import { FIELD_ACTION, FIELD_PREFIX, FormContext } from './form-parts.ts'

/** The fields that we use of https://docs.slack.dev/reference/objects/file-object */
const SentFile = z.object({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
})

/**
 * The state of each kind of field that we use:
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */
const FieldState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date_time: z.number().int().nullish(),
  files: z.array(SentFile).nullish(),
})
const Values = z.record(z.string(), z.record(z.string(), FieldState))

/** A file that somebody added, still to be downloaded from Slack. */
export type AddedFile = {
  readonly option: string
  readonly name: string
  readonly type: string
  /** The size in bytes that Slack reports. */
  readonly size: number
  readonly url: string
}

/** A submitted form: its verb, with its hidden and filled-in values together. */
export type SentForm = {
  readonly verb: string
  readonly input: Readonly<Record<string, string>>
  readonly files: readonly AddedFile[]
  readonly channel: string | undefined
  /** If a person went back to a form that they had submitted, this identifies the modal of their first submission. */
  readonly origin: string | undefined
}

/**
 * Reads a submitted view. Undefined if it is not one of our forms. Empty fields are left out; times are ISO 8601 in
 * UTC.
 */
export function readForm(view: { readonly private_metadata: string; readonly values: unknown }): SentForm | undefined {
  const context = contextOf(view.private_metadata)
  const values = Values.safeParse(view.values)
  if (context === undefined || !values.success) return undefined
  const fields = Object.entries(values.data).flatMap(([block, states]) => {
    const state = states[FIELD_ACTION]
    return block.startsWith(FIELD_PREFIX) && state !== undefined
      ? [{ name: block.slice(FIELD_PREFIX.length), state }]
      : []
  })
  const filled = fields.flatMap(({ name, state }) => {
    const value = valueOf(state)
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return {
    verb: context.verb,
    // Hidden values come last, so that a field cannot replace the case or item that the form is about.
    input: { ...Object.fromEntries(filled), ...context.hidden },
    files: fields.flatMap(({ name, state }) => (state.files ?? []).map((file) => addedFile(name, file))),
    channel: context.channel,
    origin: context.origin,
  }
}

function contextOf(metadata: string): FormContext | undefined {
  try {
    return FormContext.safeParse(JSON.parse(metadata)).data
  } catch {
    return undefined
  }
}

function valueOf(state: z.infer<typeof FieldState>): string | undefined {
  if (typeof state.selected_date_time === 'number') return new Date(state.selected_date_time * 1000).toISOString()
  if (state.selected_options) return state.selected_options.map((option) => option.value).join(' ')
  return state.selected_option?.value ?? state.value ?? undefined
}

const addedFile = (option: string, file: z.infer<typeof SentFile>): AddedFile => ({
  option,
  name: file.name ?? '',
  type: file.mimetype ?? 'application/octet-stream',
  size: file.size ?? 0,
  url: file.url_private_download ?? '',
})
