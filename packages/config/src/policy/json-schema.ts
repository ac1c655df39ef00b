import { changesOf, isTree, PolicyFile, PROFILES } from '@embargo/core'
import { z } from 'zod'

export type JsonSchema = { readonly [key: string]: unknown }

/**
 * The JSON Schema (2020-12) of a policy file. Editors use it to complete and check the file. Keys outside of list
 * entries are optional, because the profile has values for most settings. The defaults in the schema are those of the
 * profile `team`.
 */
export function policyJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(changesOf(PolicyFile), { io: 'input' })
  const { $schema, ...rest } = withDefaults(schema, PROFILES.team)
  return { $schema, title: 'The policy of Embargo', ...rest }
}

/** The same schema with the profile's values as defaults. A setting without a value in the profile gets no default. */
function withDefaults(schema: unknown, values: unknown): JsonSchema {
  if (!isTree(schema)) return {}
  const { properties } = schema
  if (!isTree(properties) || !isTree(values)) return values === undefined ? schema : { ...schema, default: values }
  const own = (key: string): unknown => (Object.hasOwn(values, key) ? values[key] : undefined)
  const filled = Object.entries(properties).map(([key, each]) => [key, withDefaults(each, own(key))] as const)
  return { ...schema, properties: Object.fromEntries(filled) }
}
