import type { PublicVersion, RepositoryRef } from '@embargo/engine'
import { z } from 'zod'
import type { Client } from './client.ts'

const Repository = z.object({ private: z.boolean(), html_url: z.url({ protocol: /^https?$/u }) })
const Release = z.object({
  tag_name: z.string(),
  html_url: z.url({ protocol: /^https?$/u }),
  draft: z.boolean(),
})
const Tag = z.object({ name: z.string() })
const Ref = z.object({ ref: z.string() })

const REPO = '/repos/{owner}/{repo}'

/**
 * The page of a repository that everybody can see. Undefined for a private repository, because its versions are not
 * public.
 */
async function publicPage(client: Client, repository: RepositoryRef): Promise<string | undefined> {
  const found = await client.find(Repository, { kind: 'read', repository, route: `GET ${REPO}` })
  return found === undefined || found.private ? undefined : found.html_url
}

const tagPage = (page: string, tag: string): string => `${page}/tree/${encodeURIComponent(tag)}`

/** The public releases and tags, newest first; a tag that has a release is listed once. */
export async function versionsOf(client: Client, repository: RepositoryRef): Promise<readonly PublicVersion[]> {
  const page = await publicPage(client, repository)
  if (page === undefined) return []
  const list = <T extends z.ZodType>(schema: T, what: string): Promise<readonly z.infer<T>[]> =>
    client.all(schema, { kind: 'read', repository, route: `GET ${REPO}/${what}` })
  const releases = (await list(Release, 'releases'))
    .filter(({ draft }) => !draft)
    .map(({ tag_name: tag, html_url: link }): PublicVersion => ({ kind: 'release', tag, link }))
  const released = new Set(releases.map(({ tag }) => tag))
  const tags = (await list(Tag, 'tags'))
    .filter(({ name }) => !released.has(name))
    .map(({ name }): PublicVersion => ({ kind: 'tag', tag: name, link: tagPage(page, name) }))
  return [...releases, ...tags]
}

/** The release or tag of a version, which is written with or without a `v`. */
export async function findVersion(
  client: Client,
  { repository, version }: { readonly repository: RepositoryRef; readonly version: string },
): Promise<PublicVersion | undefined> {
  const page = await publicPage(client, repository)
  if (page === undefined) return undefined
  const tags = [...new Set([`v${version.replace(/^v/u, '')}`, version])]
  for (const tag of tags) {
    const route = `GET ${REPO}/releases/tags/{tag}`
    const found = await client.find(Release, { kind: 'read', repository, route, parameters: { tag } })
    if (found !== undefined && !found.draft) return { kind: 'release', tag, link: found.html_url }
  }
  for (const tag of tags) {
    const parameters = { ref: `tags/${tag}` }
    const found = await client.find(Ref, { kind: 'read', repository, route: `GET ${REPO}/git/ref/{ref}`, parameters })
    if (found?.ref === `refs/tags/${tag}`) return { kind: 'tag', tag, link: tagPage(page, tag) }
  }
  return undefined
}
