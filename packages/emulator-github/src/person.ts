import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AdvisoryBody } from './check/bodies.ts'
import { Update } from './check/bodies.ts'
import type { Caller } from './auth.ts'
import { Access } from './auth.ts'
import type { Platform } from './platform.ts'
import { change, createReport } from './rest/advisories.ts'

/** Thrown if a `Person` tries something that GitHub's web interface would not allow. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
}

/** A person in the web interface, who needs no token. */
export type Person = {
  /** Reports a vulnerability in private. Returns the id of the new advisory. */
  report(repository: string, report: { readonly summary: string; readonly description: string }): string
  /** Changes an advisory, as an administrator of its repository. */
  edit(ghsa: string, body: AdvisoryBody): void
  /** Tags a commit. */
  tag(repository: string, tag: string): void
  /** Makes a release for a tag. Unless the release is a draft, this also creates the tag. */
  release(repository: string, tag: string, options?: { readonly isDraft?: boolean }): void
}

export function personIn(platform: Platform, login: string): Person {
  platform.account(login)
  const caller: Caller = { kind: 'token', token: { token: '', login, scopes: ['repo'] } }
  const tag = (repository: string, name: string): void => {
    const sha = createHash('sha1').update(`${repository} ${name}`).digest('hex')
    platform.repository(repository).tags.set(name, sha)
    platform.changes.announce()
  }
  return {
    report(repository, body) {
      const [owner = '', repo = ''] = repository.split('/')
      const { status, body: text } = createReport({
        platform,
        access: new Access({ repositories: [] }, platform),
        caller,
        version: '2022-11-28',
        path: { owner, repo },
        query: new URLSearchParams(),
        body: { ...body },
      })
      if (status !== 201) throw new NotPossible(String(text))
      return z.object({ ghsa_id: z.string() }).parse(JSON.parse(String(text))).ghsa_id
    },
    edit(ghsa, body) {
      const { repository, advisory } = platform.home(ghsa)
      if (!repository.admins.has(login) && !advisory.collaborators.includes(login))
        throw new NotPossible(`${login} may not change this advisory.`)
      const mistake = change({ platform, caller }, advisory, Update.parse(body))
      if (mistake !== undefined) throw new NotPossible(mistake)
    },
    tag,
    release(repository, name, { isDraft = false } = {}) {
      const { releases } = platform.repository(repository)
      if (!isDraft) tag(repository, name)
      const at = platform.now()
      releases.push({ id: platform.nextId(), tag: name, name, isDraft, isPrerelease: false, at })
      platform.changes.announce()
    },
  }
}
