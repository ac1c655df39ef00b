/** A number larger than this is an instant: no counter of a case is that large. */
const FIRST_INSTANT = Date.UTC(2001, 0, 1)

/** A value in canonical form: keys are sorted, and an instant is replaced by `past` or `to come`. */
export function wholeFieldKey(value: unknown, now: number): string {
  if (typeof value === 'number') return value < FIRST_INSTANT ? String(value) : value <= now ? 'past' : 'to come'
  if (Array.isArray(value)) return `[${value.map((one) => wholeFieldKey(one, now)).join()}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{${fields
    .map(([name, one]) => `${name}:${wholeFieldKey(one, now)}`)
    .toSorted()
    .join()}}`
}
