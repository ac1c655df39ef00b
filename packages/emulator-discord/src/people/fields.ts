import type { Json, JsonObject } from '@embargo/emulator-kit'
import type { Field, Modal } from '../check/modals.ts'
import { fieldsOf } from '../check/modals.ts'
import type { Guild } from '../guild.ts'
import { INPUT_VALUE_MAX } from '../limits.ts'
import { presentAttachment } from '../rest/present-message.ts'
import type { AttachedFile } from './options.ts'
import { attach } from './options.ts'
import { NotPossible } from './not-possible.ts'
import { resolvedUsers } from './payloads.ts'

/** What a person fills in: text, the values of a menu (by value or label), or files. */
export type FieldValue = string | readonly string[] | readonly AttachedFile[]

const choose = (field: Extract<Field, { type: 3 }>, labels: readonly string[]): readonly string[] =>
  labels.map((each) => {
    const option = field.options.find(({ value, label }) => value === each || label === each)
    if (option) return option.value
    throw new NotPossible(`There is no option ${each}; offered: ${field.options.map(({ label }) => label).join(', ')}.`)
  })

const textIn = (field: Extract<Field, { type: 4 }>, value: FieldValue | undefined): string => {
  const text = value === undefined ? (field.value ?? '') : value
  if (typeof text !== 'string') throw new NotPossible(`${field.custom_id} takes text.`)
  const isRequired = field.required ?? true
  if (isRequired && text === '') throw new NotPossible(`${field.custom_id} is required.`)
  const [min, max] = [field.min_length ?? 0, field.max_length ?? INPUT_VALUE_MAX]
  if (text !== '' && (text.length < min || text.length > max)) {
    throw new NotPossible(`${field.custom_id} takes ${min} to ${max} characters, not ${text.length}.`)
  }
  return text
}

type ResolvedObjects = { users: string[]; attachments: JsonObject }

const filesIn = (guild: Guild, value: FieldValue | undefined, resolved: ResolvedObjects): readonly string[] => {
  if (!Array.isArray(value)) return []
  return (value as readonly (string | AttachedFile)[]).map((each) => {
    if (typeof each === 'string') throw new NotPossible('This field takes files.')
    const file = attach(guild, each)
    resolved.attachments = { ...resolved.attachments, [file.id]: presentAttachment(guild, 'ephemeral', file) }
    return file.id
  })
}

const idsIn = (field: Field, value: FieldValue | undefined): readonly string[] => {
  const labels = value === undefined ? [] : typeof value === 'string' ? [value] : value.map(String)
  if (field.type !== 3) return labels
  const defaults = field.options.filter((each) => each.default === true).map((each) => each.value)
  return value === undefined ? defaults : choose(field, labels)
}

const inCount = (field: Exclude<Field, { type: 4 }>, values: readonly string[]): readonly string[] => {
  const isRequired = field.required ?? true
  const min = isRequired ? (field.min_values ?? 1) : 0
  if (values.length < min || values.length > (field.max_values ?? 1)) {
    throw new NotPossible(`${field.custom_id} takes ${min} to ${field.max_values ?? 1} values, not ${values.length}.`)
  }
  return values
}

const submitted = (
  guild: Guild,
  field: Field,
  value: FieldValue | undefined,
  resolved: ResolvedObjects,
): JsonObject => {
  const head = { type: field.type, custom_id: field.custom_id, id: 0 }
  if (field.type === 4) return { ...head, value: textIn(field, value) }
  const values = inCount(field, field.type === 19 ? filesIn(guild, value, resolved) : idsIn(field, value))
  if (field.type === 5 || field.type === 7) resolved.users.push(...values)
  return { ...head, values }
}

/**
 * The data of a modal submission:
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure.
 * The keys of `values` are labels or custom_ids. A field that is not in `values` keeps the value that the modal gave
 * it.
 */
export const modalData = (guild: Guild, modal: Modal, values: Readonly<Record<string, FieldValue>>): JsonObject => {
  const resolved: ResolvedObjects = { users: [], attachments: {} }
  const all = fieldsOf(modal)
  for (const name of Object.keys(values)) {
    if (all.some(({ label, field }) => label === name || field.custom_id === name)) continue
    throw new NotPossible(`The modal has no field ${name}; it has ${all.map(({ label }) => label).join(', ')}.`)
  }
  const filled = (label: string, field: Field): JsonObject =>
    submitted(guild, field, values[field.custom_id] ?? values[label], resolved)
  const components = modal.components.map((each): Json => {
    if (each.type === 18) return { type: 18, id: 0, component: filled(each.label, each.component) }
    if (each.type === 10) return { type: 10, id: 0 }
    return { type: 1, id: 0, components: each.components.map((input) => filled(input.label ?? '', input)) }
  })
  return {
    custom_id: modal.custom_id,
    components,
    resolved: { ...resolvedUsers(guild, resolved.users), attachments: resolved.attachments },
  }
}
