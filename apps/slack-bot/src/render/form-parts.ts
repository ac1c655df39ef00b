import { z } from 'zod'

/** The callback id of every form of ours. */
export const FORM_CALLBACK = 'embargo:form'
/** The prefix of a field's block id. The field's name follows. */
export const FIELD_PREFIX = 'field:'
/** The action id of every field. It is the same for all, because a block has one field. */
export const FIELD_ACTION = 'value'

/**
 * What a form carries but does not show: the command, hidden values, the channel for the answer, and `origin`, the form
 * in which the same values were first submitted.
 */
export const FormContext = z.strictObject({
  verb: z.string().min(1),
  hidden: z.record(z.string(), z.string()),
  channel: z.string().optional(),
  origin: z.string().optional(),
})
export type FormContext = z.infer<typeof FormContext>

/** A form that Slack could not show, because of a fault in the command that made the form. */
export class FormTooLarge extends Error {
  override readonly name = 'FormTooLarge'
  readonly code = 'form-too-large'
  constructor(verb: string, subject: string) {
    super(`The form of ${verb} does not fit into a Slack modal: ${subject}. Type the command with its options instead.`)
  }
}
