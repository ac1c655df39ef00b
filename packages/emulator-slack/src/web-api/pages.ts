import type { Answer } from './answer.ts'
import { refused } from './answer.ts'
import type { Arguments } from './arguments.ts'

/** One page of a list, and the cursor of the next page, which is empty on the last. */
export type Page<T> = { readonly ok: true; readonly items: readonly T[]; readonly cursor: string } | PageRefusal
type PageRefusal = { readonly ok: false; readonly answer: Answer }

const encode = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url')

const decode = (cursor: string): number | undefined => {
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())
  return match?.[1] === undefined ? undefined : Number(match[1])
}

/** https://docs.slack.dev/apis/web-api/pagination */
export const pageOf = <T>(
  all: readonly T[],
  args: Arguments,
  limits: { readonly standard: number; readonly max: number },
): Page<T> => {
  const limit = args.number('limit') ?? limits.standard
  if (limit < 1 || limit > limits.max) return { ok: false, answer: refused('invalid_limit') }
  const cursor = args.text('cursor')
  const start = cursor === undefined || cursor === '' ? 0 : decode(cursor)
  if (start === undefined || start > all.length) return { ok: false, answer: refused('invalid_cursor') }
  const end = start + limit
  return { ok: true, items: all.slice(start, end), cursor: end < all.length ? encode(end) : '' }
}
