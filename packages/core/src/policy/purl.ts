import { ecosystemOf } from './ecosystems.ts'

/** What is wrong with the package URL of a package, in a sentence; undefined if it is right. */
export function purlMistake(
  purl: string,
  { ecosystem, name }: { ecosystem: string; name: string },
): string | undefined {
  if (!purl.startsWith('pkg:')) return 'a package URL begins with pkg:, as in pkg:npm/quillmark'
  if (/[?#\s]/u.test(purl))
    return 'a package URL here ends with the name: remove spaces, and any ? or # with everything after it'
  const [type = '', ...path] = purl.slice('pkg:'.length).split('/')
  if (!/^[a-z][a-z0-9.+-]*$/u.test(type))
    return 'after pkg: comes the type in small letters, then a slash, as in pkg:npm/quillmark'
  const last = path.at(-1) ?? ''
  if (path.some((part) => part === '')) return 'a package URL has a name after each slash, as in pkg:npm/quillmark'
  if (last === '') return `a package URL has a name after the type, as in pkg:${type}/quillmark`
  // The @ of an npm scope is written %40, so an @ here begins a version.
  if (last.includes('@')) return 'a package URL here has no version: each case says which versions are affected'
  const expected = ecosystemOf(ecosystem)?.purl
  if (expected !== undefined && type !== expected)
    return `the package URL of a package of ${ecosystem} begins with pkg:${expected}/, not pkg:${type}/`
  const decoded = decode(path.join('/'))
  if (decoded === undefined) return 'a % in a package URL is followed by two digits of a code, as in %40 for @'
  // The namespace in a package URL need not be part of the package's name. In the URL of a Debian package, for example,
  // it is the distribution.
  const own = plain(name)
  if (plain(decoded) !== own && !plain(decoded).endsWith(`/${own}`))
    return `the package URL names ${decoded}, but the package is ${name}`
  return undefined
}

/**
 * Names that differ only in case or in the separator count as one name. PyPI ignores such differences, and Maven writes
 * `group:artifact`.
 */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(':', '/')
    .replaceAll(/[-_.]+/gu, '-')

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
