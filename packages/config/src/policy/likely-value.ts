import { isTree, PolicyFile, PROFILES } from '@embargo/core'
import { z } from 'zod'
import type { Path } from './policy-text.ts'
import { schemaAt } from './schema-at.ts'

/**
 * Guesses what a value of only digits means. Tries a duration, a time of day and a date, in this order, and returns the
 * first that the setting accepts.
 */
export function likelyValue(digits: string, path: Path): string | undefined {
  const schema = schemaAt(PolicyFile, path)
  if (schema === undefined) return undefined
  return waysOf(digits, path).find((way) => z.safeParse(schema, way).success)
}

function waysOf(digits: string, path: Path): readonly string[] {
  const [, hour, minute = '00'] = /^(\d{1,2})(?::(\d\d))?$/.exec(digits) ?? []
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(digits) ?? []
  const unit = unitBelow(path)
  return [
    ...(unit === undefined || !/^\d+$/.test(digits) ? [] : [`${digits} ${unit}${digits === '1' ? '' : 's'}`]),
    ...(hour === undefined ? [] : [`${hour.padStart(2, '0')}:${minute}`]),
    ...(year === undefined ? [] : [`${year}-${month}-${day}`]),
  ]
}

/** The unit that the setting's default duration has. Any other unit would be a guess. */
function unitBelow(path: Path): string | undefined {
  const usual = ofTheWhole(path).reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[0]
    return isTree(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined
  }, PROFILES.team)
  return typeof usual === 'string' ? /^\d+ (.+?)s?$/.exec(usual)?.[1] : undefined
}

/** Turns the path of a setting in a project's own policy into the path of the same setting in the whole policy. */
const ofTheWhole = (path: Path): Path => (path[0] === 'projects' && path[2] === 'policy' ? path.slice(3) : path)
