import { PAGE_DEFAULT, PAGE_MAX } from '../limits.ts'
import { API } from '../present/repository.ts'
import type { Call } from './call.ts'

type Page<T> = { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> }

const sizeOf = ({ query }: Call): number => {
  const size = Number(query.get('per_page') ?? PAGE_DEFAULT)
  return Number.isInteger(size) && size >= 1 ? Math.min(size, PAGE_MAX) : PAGE_DEFAULT
}

/** A page after a cursor. Only the Link header of the previous page gives the cursor. */
export function cursorPage<T>(call: Call, all: readonly T[]): Page<T> {
  const after = call.query.get('after')
  const from = after === null ? 0 : Number(Buffer.from(after, 'base64url').toString().replace('cursor:', ''))
  const to = from + sizeOf(call)
  const next = Buffer.from(`cursor:${to}`).toString('base64url')
  return { items: all.slice(from, to), headers: to < all.length ? link(call, { after: next }) : {} }
}

/** A page by its number. */
export function numberedPage<T>(call: Call, all: readonly T[]): Page<T> {
  const page = Math.max(1, Number(call.query.get('page') ?? 1))
  const size = sizeOf(call)
  const to = page * size
  return { items: all.slice(to - size, to), headers: to < all.length ? link(call, { page: String(page + 1) }) : {} }
}

function link(call: Call, more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const query = new URLSearchParams({ ...Object.fromEntries(call.query), ...more })
  const url = `${API}/repositories/${call.platform.find(`${call.path['owner']}/${call.path['repo']}`)?.id ?? 0}`
  return { link: `<${url}?${query.toString()}>; rel="next"` }
}
