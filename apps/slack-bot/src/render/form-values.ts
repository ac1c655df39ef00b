import { z } from 'zod'
import { FIELD_ACTION, FIELD_PREFIX, FormContext } from './form.ts'

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload: the state of each kind of field of ours. */
const FieldState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_date_time: z.number().int().nullish(),
})
const Values = z.record(z.string(), z.record(z.string(), FieldState))

/** A form that came back: its verb, and hidden and filled-in values together. */
export type SentForm = {
  readonly verb: string
  readonly input: Readonly<Record<string, string>>
  readonly channel: string | undefined
}

/** Reads a submitted view. Undefined when it is none of ours. Fields left empty are left out; times are ISO 8601 in UTC. */
export function readForm(view: { readonly private_metadata: string; readonly values: unknown }): SentForm | undefined {
  const context = contextOf(view.private_metadata)
  const values = Values.safeParse(view.values)
  if (context === undefined || !values.success) return undefined
  const filled = Object.entries(values.data).flatMap(([block, fields]) => {
    const state = fields[FIELD_ACTION]
    const said = state === undefined ? undefined : valueOf(state)
    return block.startsWith(FIELD_PREFIX) && said !== undefined && said !== ''
      ? [[block.slice(FIELD_PREFIX.length), said] as const]
      : []
  })
  // Hidden values come last: a field cannot take the place of what the form is about.
  return { verb: context.verb, input: { ...Object.fromEntries(filled), ...context.hidden }, channel: context.channel }
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
  return state.selected_option?.value ?? state.value ?? undefined
}
