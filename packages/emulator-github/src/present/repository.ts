import type { Platform } from '../platform.ts'
import type { Account, Repository } from '../state.ts'

export const API = 'https://api.github.com'
export const SITE = 'https://github.com'

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** https://docs.github.com/rest/users: `simple-user`. */
export function account({ login, id, type }: Account): object {
  const url = `${API}/users/${login}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${SITE}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  }
}

const LINKS: readonly string[] = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git_commits',
  'git_refs',
  'git_tags',
  'hooks',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
]

type RepositoryNames = {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly isPrivate: boolean
}

/** A repository in the form of the schema `simple-repository` in GitHub's API description. */
export function simpleRepository(platform: Platform, { id, owner, name, isPrivate }: RepositoryNames): object {
  const url = `${API}/repos/${owner}/${name}`
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: `${owner}/${name}`,
    owner: account(platform.account(owner)),
    private: isPrivate,
    html_url: `${SITE}/${owner}/${name}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(LINKS.map((link) => [`${link}_url`, `${url}/${link}`])),
  }
}

/** A repository in the form of the schema `full-repository` in GitHub's API description. */
export function fullRepository(platform: Platform, repository: RepositoryNames): object {
  const { owner, name } = repository
  const at = iso(platform.now())
  return {
    ...simpleRepository(platform, repository),
    clone_url: `${SITE}/${owner}/${name}.git`,
    git_url: `git://github.com/${owner}/${name}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    svn_url: `${SITE}/${owner}/${name}`,
    mirror_url: null,
    default_branch: 'main',
    forks: 0,
    forks_count: 0,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    homepage: null,
    language: null,
    archived: false,
    disabled: false,
    open_issues: 0,
    open_issues_count: 0,
    license: null,
    size: 1,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    pushed_at: at,
    created_at: at,
    updated_at: at,
  }
}

/** The private fork of an advisory, as a repository. */
export const forkOf = (repository: Repository, name: string): RepositoryNames => ({
  id: repository.id,
  owner: repository.owner,
  name,
  isPrivate: true,
})
