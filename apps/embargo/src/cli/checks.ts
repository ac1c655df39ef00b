/**
 * The result of one check of `embargo doctor`. `todo` tells the reader what to do. A `warning` does not keep the
 * program from working.
 */
export type Check = { readonly what: string } & (
  | { readonly ok: true; readonly note?: string }
  | { readonly ok: false; readonly todo: string; readonly warning?: true }
)

/** A check as `--json` prints it. */
export const factsOf = (check: Check) => ({
  what: check.what,
  state: check.ok ? 'ok' : check.warning === undefined ? 'wrong' : 'warning',
  note: check.ok ? (check.note ?? null) : null,
  todo: check.ok ? null : check.todo,
})

/** A check as a person reads it. */
export function lineOf(check: Check): string {
  if (check.ok) return `ok       ${check.what}${check.note === undefined ? '' : ` (${check.note})`}`
  return `${check.warning === undefined ? 'wrong  ' : 'warning'}  ${check.what}\n         ${check.todo}`
}

/** Warnings alone do not count as a failure. */
export const exitCodeOf = (checks: readonly Check[]): number =>
  checks.some((check) => !check.ok && check.warning === undefined) ? 1 : 0
