import { json, notFound } from '../errors.ts'
import { account, API, fullRepository, iso, SITE } from '../present/repository.ts'
import type { Release, Repository } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { allows, repositoryOf } from './call.ts'
import { numberedPage } from './pages.ts'

/** Whether the caller may see releases and tags. In a public repository, everybody may. */
const seesContents = (call: Call, repository: Repository): boolean =>
  !repository.isPrivate || allows(call, repository, 'contents', 'read')

function inContents(call: Call, answer: (repository: Repository) => ReturnType<Handler>): ReturnType<Handler> {
  const found = repositoryOf(call)
  if (!found.ok) return found.reply
  return seesContents(call, found.value) ? answer(found.value) : notFound()
}

export const getRepository: Handler = (call) => {
  const found = repositoryOf(call)
  return found.ok ? json(200, fullRepository(call.platform, found.value)) : found.reply
}

export const listReleases: Handler = (call) =>
  inContents(call, (repository) => {
    // Only people who may push see drafts.
    const seesDrafts = allows(call, repository, 'contents', 'write')
    const seen = repository.releases.filter(({ isDraft }) => seesDrafts || !isDraft).toReversed()
    const { items, headers } = numberedPage(call, seen)
    return json(
      200,
      items.map((one) => release(call, repository, one)),
      headers,
    )
  })

export const getReleaseByTag: Handler = (call) =>
  inContents(call, (repository) => {
    const found = repository.releases.find(({ tag, isDraft }) => tag === call.path['tag'] && !isDraft)
    return found === undefined ? notFound() : json(200, release(call, repository, found))
  })

export const listTags: Handler = (call) =>
  inContents(call, (repository) => {
    const { items, headers } = numberedPage(call, [...repository.tags].toReversed())
    const url = `${API}/repos/${repository.owner}/${repository.name}`
    return json(
      200,
      items.map(([name, sha]) => ({
        name,
        node_id: `REF_${name}`,
        commit: { sha, url: `${url}/commits/${sha}` },
        zipball_url: `${url}/zipball/${name}`,
        tarball_url: `${url}/tarball/${name}`,
      })),
      headers,
    )
  })

export const getRef: Handler = (call) =>
  inContents(call, (repository) => {
    const ref = call.path['ref'] ?? ''
    const sha = ref.startsWith('tags/') ? repository.tags.get(ref.slice('tags/'.length)) : undefined
    if (sha === undefined) return notFound()
    const url = `${API}/repos/${repository.owner}/${repository.name}/git`
    return json(200, {
      ref: `refs/${ref}`,
      node_id: `REF_${ref}`,
      url: `${url}/refs/${ref}`,
      object: { type: 'commit', sha, url: `${url}/commits/${sha}` },
    })
  })

function release({ platform }: Call, { owner, name }: Repository, one: Release): object {
  const url = `${API}/repos/${owner}/${name}/releases/${one.id}`
  return {
    id: one.id,
    node_id: `RE_${one.id}`,
    url,
    assets_url: `${url}/assets`,
    upload_url: `https://uploads.github.com/repos/${owner}/${name}/releases/${one.id}/assets{?name,label}`,
    tarball_url: `${API}/repos/${owner}/${name}/tarball/${one.tag}`,
    zipball_url: `${API}/repos/${owner}/${name}/zipball/${one.tag}`,
    html_url: `${SITE}/${owner}/${name}/releases/tag/${encodeURIComponent(one.tag)}`,
    tag_name: one.tag,
    target_commitish: 'main',
    name: one.name,
    draft: one.isDraft,
    prerelease: one.isPrerelease,
    created_at: iso(one.at),
    published_at: one.isDraft ? null : iso(one.at),
    author: account(platform.account('releaser')),
    assets: [],
  }
}
